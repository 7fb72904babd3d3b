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
import "./styles/print.css";
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
const up = comeUp();
effect(() => {
  document.title = `${title.value} · nabla`;
});
loadEditorWhenNeeded();
effect(() => {
  if (editorModule.value !== null) completeEngine();
});
// Once all that the page needs first is there.
const KEEP_AFTER_MS = 6_000;
if (import.meta.env.PROD && "serviceWorker" in navigator && !isEmbedded) {
  // Not before that either: for the question alone, Chromium reads all of this script once more.
  const ready = up.then(() => navigator.serviceWorker.getRegistration()).then((one) => one?.waiting ?? null, () => null);
  setTimeout(() => void Promise.all([import("./offline/register.ts"), Promise.race([ready, null])]).then(([{ keepOffline }, waiting]) => keepOffline(waiting)), KEEP_AFTER_MS);
}
render(<App />, document.getElementById("app")!);
started();
