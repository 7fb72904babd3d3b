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
import { followView } from "./share/view.ts";
import { followFragment, openFirst } from "./share/opening.ts";
import { App } from "./shell/app.tsx";
import { completeEngine, startSession } from "./worker/session.ts";

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
render(<App />, document.getElementById("app")!);
