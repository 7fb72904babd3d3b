// Starts the page: the document first, then the engine, then everything that draws.
import "./styles/tokens.css";
import "./styles/base.css";
import "./shell/shell.css";
import "./shell/overlays.css";
import "./document/document.css";
import "./document/prose.css";
import "./tensor/tensor.css";
import "./graph/graph.css";
import "./graph/details.css";
import "./step/step.css";
import "./readout/readout.css";
import "./shell/narrow.css";
import "./shell/embed.css";
import { effect } from "@preact/signals";
import { render } from "preact";
import { editorModule, loadEditorWhenNeeded } from "./document/editor-loader.ts";
import { followOtherTabs, title } from "./document/store.ts";
import { isEmbedded } from "./share/embed.ts";
import { followView } from "./share/view.ts";
import { followFragment, openFirst } from "./share/opening.ts";
import { App } from "./shell/app.tsx";
import { hold } from "./shell/busy.ts";
import { comeUp } from "./shell/up.ts";
import { completeEngine, startSession } from "./worker/session.ts";

const started = hold();
await openFirst();
followFragment();
followOtherTabs();
followView();
startSession();
effect(() => {
  document.title = `${title.value} · nabla`;
});
loadEditorWhenNeeded();
effect(() => {
  if (editorModule.value !== null) completeEngine();
});
// Drawn apart, and put in with the task after this one: where results have come meanwhile, they are drawn first, and all is laid out once.
const app = document.getElementById("app")!;
app.remove();
render(<App />, app);
setTimeout(() => {
  document.body.prepend(app);
  keepOffline(comeUp());
  started();
});

/** Once all that the page needs first is there. */
function keepOffline(up: Promise<void>): void {
  const AFTER_MS = 6_000;
  if (!import.meta.env.PROD || !("serviceWorker" in navigator) || isEmbedded) return;
  // Not before that either: for the question alone, Chromium reads all of this script once more.
  const ready = up.then(() => navigator.serviceWorker.getRegistration()).then((one) => one?.waiting ?? null, () => null);
  setTimeout(() => void Promise.all([import("./offline/register.ts"), Promise.race([ready, null])]).then(([register, waiting]) => register.keepOffline(waiting)), AFTER_MS);
}
