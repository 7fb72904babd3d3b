// Starts the engine's worker, so that the engine loads while the page's code does. The build writes this script into the page's head
// (web/first-plugin.ts), with the worker's address; src/worker/start.ts takes the worker over, and what it has said until then.
{
  const worker = new Worker("__WORKER__", { type: "module", name: "nabla" });
  const missed = [];
  const keep = (event) => missed.push(event);
  worker.addEventListener("message", keep);
  worker.addEventListener("error", keep);
  globalThis.nablaEarly = { worker, missed, keep };
}
