// Where on the time line the page stands, and what the other panes show because of it.
import { computed, effect, signal, untracked } from "@preact/signals";
import { pointAt, selected } from "../links.ts";
import { during } from "../shell/busy.ts";
import { shownRun } from "../worker/session.ts";
import { type Moment, momentsOf, stageAt, subjectsOf } from "./moments.ts";

export const moments = computed<Moment[]>(() => (shownRun.value ? momentsOf(shownRun.value.trace) : []));

const wanted = signal<number | null>(null);

/** The moment that is shown; null: the whole run. */
export const position = computed(() => (wanted.value === null || wanted.value >= moments.value.length ? null : wanted.value));
export const moment = computed(() => (position.value === null ? null : (moments.value[position.value] ?? null)));
/** Loaded with the first step. */
const memory = signal<typeof import("./memory.ts") | null>(null);

export const stage = computed(() => {
  if (position.value === null) return null;
  const { trace } = shownRun.value!;
  return stageAt(trace, moments.value, position.value, memory.value && new memory.value.Memories(trace.graph));
});

effect(() => {
  if (position.value !== null && !memory.peek()) during(import("./memory.ts")).then((module) => (memory.value = module), () => {});
});

export const playing = signal(false);

export function goTo(index: number | null): void {
  wanted.value = index === null || index >= moments.peek().length ? null : Math.max(0, index);
  if (index !== null) selected.value = null;
  if (position.peek() === null) playing.value = false;
}

/** One further; from the whole run, to its beginning. */
export function next(): void {
  goTo(position.peek() === null ? 0 : position.peek()! + 1);
}

export function back(): void {
  goTo((position.peek() ?? moments.peek().length) - 1);
}

/** While stepping, a click on a tensor goes to where it was made. */
export function goToTensor(id: number): void {
  const at = moments.peek().findIndex((moment) => moment.kind === "forward" && moment.operation.outputs.includes(id));
  if (at >= 0) goTo(at);
}

effect(() => {
  const now = moment.value;
  untracked(() => pointAt(now && { tensors: subjectsOf(now), span: now.kind === "backward" && !now.operation ? now.pass.span : now.span }));
});

/** The whole line takes no longer than this to play, and a step no less and no more than these. */
const WHOLE_MS = 30_000;
const STEP_MS = [120, 900] as const;

effect(() => {
  if (!playing.value) return;
  const pause = Math.min(STEP_MS[1], Math.max(STEP_MS[0], WHOLE_MS / moments.value.length));
  const timer = setInterval(next, pause);
  return () => clearInterval(timer);
});
