// The order in which the page comes up: the document, what the first run found, then the graph and all that lies below the window.
import { effect, signal } from "@preact/signals";
import { shownRun } from "../worker/session.ts";
import { hold } from "./busy.ts";

/** The first results have been seen: what was held back for their sake may come. */
export const isUp = signal(false);

/** Comes when they have; never, if there are none. */
export function comeUp(): Promise<void> {
  return new Promise((resolve) => {
    const stop = effect(() => {
      if (!shownRun.value) return;
      queueMicrotask(() => stop());
      // After the frame that shows them; a page that is hidden draws none.
      const release = hold();
      const now = () => {
        isUp.value = true;
        resolve();
        release();
      };
      if (document.visibilityState === "hidden") now();
      else requestAnimationFrame(() => setTimeout(now));
    });
  });
}
