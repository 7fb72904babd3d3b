// The worker and its client, in node's worker threads: the same code as in the page.
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { EngineClient } from "../../build/package/client.js";
import { startWorkerThread } from "../../build/package/node-worker.js";

const script = (source) => ({ kind: "script", name: "a.py", cells: [{ kind: "code", source }] });
const ENDLESS = script("i = 0\nwhile True:\n    i = i + 1\n");
const FOREVER = { limits: { steps: 1e15 } };
const WITHIN = { timeout: 30_000 };

let client;
afterEach(() => client.close());

/** A client, and `next(wanted)`: the first report from now on that `wanted` is true of. */
function connect() {
  const reports = [];
  const failures = [];
  const waiting = [];
  client = new EngineClient(startWorkerThread, {
    onReport(report) {
      reports.push(report);
      for (const one of waiting.splice(0)) one.wanted(report) ? one.resolve(report) : waiting.push(one);
    },
    onFailure: (message) => failures.push(message),
  });
  const next = (wanted) => new Promise((resolve) => waiting.push({ wanted, resolve }));
  return { reports, failures, next };
}

const stdout = (trace) => trace.cells[0].outputs.filter(({ kind }) => kind === "stdout").map(({ text }) => text).join("");

test("a run ends with one final trace", WITHIN, async () => {
  const { reports, next } = connect();
  const id = client.run(script("print(1 + 1)\n"));
  const report = await next(({ final }) => final);
  assert.equal(report.id, id);
  assert.equal(report.stopped, false);
  assert.equal(report.trace.status, "done");
  assert.equal(stdout(report.trace), "2\n");
  assert.equal(reports.length, 1);
});

test("the newest document wins over one that runs, and over those that wait", WITHIN, async () => {
  const { reports, next } = connect();
  client.run(ENDLESS, FOREVER);
  await next(({ final }) => !final);
  client.run(script("print('skipped')\n"));
  const last = client.run(script("print('newest')\n"));
  const report = await next(({ final }) => final);
  assert.equal(report.id, last);
  assert.equal(stdout(report.trace), "newest\n");
  assert.deepEqual(reports.filter(({ final }) => final).length, 1);
});

test("a long run reports on its way; stop holds it with its state, resume goes on", WITHIN, async () => {
  const { next } = connect();
  client.run(ENDLESS, FOREVER);
  const first = await next(({ final }) => !final);
  assert.equal(first.trace.status, "running");
  assert.ok(first.trace.steps > 0);

  client.stop();
  const held = await next(({ final }) => final);
  assert.equal(held.stopped, true);
  assert.equal(held.trace.status, "running");
  assert.ok(held.trace.steps >= first.trace.steps);

  client.resume();
  const later = await next(({ final }) => !final);
  assert.ok(later.trace.steps > held.trace.steps);
  const counter = later.trace.variables.find(({ name }) => name === "i");
  assert.ok(Number(counter.repr) > 0);
});

test("an endless loop ends by its limit, and the next run is as good as ever", WITHIN, async () => {
  const { next } = connect();
  client.run(ENDLESS, { limits: { steps: 1_000_000 } });
  const ended = await next(({ final }) => final);
  assert.equal(ended.trace.error.kind, "StepLimitError");
  client.run(script("print('alive')\n"));
  assert.equal(stdout((await next(({ final }) => final)).trace), "alive\n");
});

test("a worker that is stuck is replaced, and the document that waited runs", WITHIN, async () => {
  const { failures, next } = connect();
  client.run(script("print('ready')\n"));
  await next(({ final }) => final);
  // One operator that takes far longer than the client's patience.
  client.run(script("import torch\nx = torch.ones(4500, 4500)\ny = x @ x\n"), FOREVER);
  await new Promise((resolve) => setTimeout(resolve, 200));
  client.run(script("print('out')\n"));
  const report = await next(({ trace }) => stdout(trace) === "out\n");
  assert.equal(report.final, true);
  assert.deepEqual(failures, []);
});
