// The order in which the page comes up: what of the document lies in the window, what the first run found, then the graph and all the rest.
import { effect, signal } from "@preact/signals";
import { shownRun } from "../worker/session.ts";
import { hold } from "./busy.ts";

/** The first results have been seen: what was held back for their sake may come. */
export const isUp = signal(false);

/** What nobody sees at first may be drawn: the first results have been seen, or they keep the page waiting. */
export const hasTime = signal(false);

/** Results that come while it is drawn have to wait, so it begins only where there is nothing else to do, but no later than this. */
const WAIT_MS = 1_000;
const whenIdle = (act: () => void) => ("requestIdleCallback" in window ? requestIdleCallback(act, { timeout: WAIT_MS }) : setTimeout(act, WAIT_MS / 10));

/** Comes when the first results have been seen; never, if there are none. */
export function comeUp(): Promise<void> {
  const release = hold();
  const takeTime = () => {
    hasTime.value = true;
    release();
  };
  requestAnimationFrame(() => whenIdle(takeTime));
  return new Promise((resolve) => {
    const stop = effect(() => {
      if (!shownRun.value) return;
      queueMicrotask(() => stop());
      // After the frame that shows them; a page that is hidden draws none.
      const release = hold();
      const now = () => {
        isUp.value = true;
        takeTime();
        resolve();
        release();
      };
      if (document.visibilityState === "hidden") now();
      else requestAnimationFrame(() => setTimeout(now));
    });
  });
}
