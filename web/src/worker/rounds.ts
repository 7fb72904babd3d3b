// The end of a round of a loop, looked at: the document is run again up to there and held, so every round is there as a whole, with its
// gradients and steps, and nothing has to be kept for it. Programs are deterministic; one that runs on is only let go further.
import { computed, signal } from "@preact/signals";
import type { RoundOf } from "../../../wasm/src/engine.ts";
import { hold } from "../shell/busy.ts";
import type { Run } from "./session.ts";

/** What is looked at; null: the whole run. */
export const picked = signal<RoundOf | null>(null);
/** The run, held there. Of the round before, until the newest has come. */
export const pickedRun = signal<Run | null>(null);

export const isPicked = computed(() => picked.value !== null && pickedRun.value !== null);

/** How rounds are fetched; set by the session. */
interface Fetch {
  anew(until: RoundOf): void;
  further(until: RoundOf): void;
}
let fetch: Fetch | null = null;
/** Where the run in the worker is held. */
let heldAt: RoundOf | null = null;
let underWay: RoundOf | null = null;
/** Lets the page be at rest again, once the round has come. */
let release = () => {};

export function fetchRoundsWith(way: Fetch): void {
  fetch = way;
}

export function pick(until: RoundOf): void {
  picked.value = until;
  if (!underWay) next();
}

function next(): void {
  const until = picked.peek();
  if (!until || !fetch) return;
  underWay = until;
  release();
  release = hold();
  const isFurther = heldAt?.loop === until.loop && heldAt.rounds < until.rounds;
  if (isFurther) fetch.further(until);
  else fetch.anew(until);
}

/** A round has come. `isHeld`: the run waits there, else it came to its end. */
export function roundCame(run: Run, isHeld: boolean): void {
  heldAt = isHeld ? underWay : null;
  const came = underWay;
  underWay = null;
  if (picked.peek() !== null) {
    pickedRun.value = run;
    if (picked.peek() !== came) return next();
  }
  release();
}

/** Back to the whole run. */
export function letGo(): void {
  picked.value = null;
  pickedRun.value = null;
}

/** Another run has taken the worker. */
export function roundsAreGone(): void {
  letGo();
  heldAt = underWay = null;
  release();
}
