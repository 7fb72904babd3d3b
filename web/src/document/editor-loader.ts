// The editor is most of the page's code, and nobody edits before they move a pointer or press a key: it is loaded then, or at once for
// code that was not coloured when the page was built.
import { signal } from "@preact/signals";
import { during } from "../shell/busy.ts";
import { notify } from "../shell/notice.ts";

export type EditorModule = typeof import("./editor.ts");

export const editorModule = signal<EditorModule | null>(null);

let loading: Promise<void> | undefined;

export function loadEditor(): void {
  loading ??= during(import("./editor.ts")).then(
    (module) => void (editorModule.value = module),
    () => {
      loading = undefined;
      notify("The editor could not be loaded. Is there a network?");
    },
  );
}

const signs = ["pointermove", "pointerdown", "touchstart", "wheel", "keydown", "focusin"];

/** Loads the editor with the first sign of someone there. */
export function loadEditorWhenNeeded(): void {
  const load = () => {
    for (const sign of signs) removeEventListener(sign, load);
    loadEditor();
  };
  for (const sign of signs) addEventListener(sign, load, { passive: true });
}
