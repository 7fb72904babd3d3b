// Runs the open document in the worker after every edit, and holds what came back: the trace that the panes draw, and how the run
// stands. Outputs and marks belong to cells by id, so they stay with their cell when cells move.
import { computed, effect, signal } from "@preact/signals";
import { EngineClient, type RunReport } from "../../../wasm/src/client.ts";
import type { CellTrace, Span, Trace } from "../../../wasm/src/trace.ts";
import { type CellItem, cells, documentNow, open } from "../document/store.ts";
import { markRunning, wasRunning } from "../document/storage.ts";
import { startWorker } from "./start.ts";

export type RunState =
  | "loading"
  | "running"
  | "done"
  | "error"
  | "stopped"
  /** The engine broke down; the next edit starts it anew. */
  | "broken"
  /** Not run by itself, because it took the page down the last time. */
  | "held";

/** A trace, with the cells that it is the trace of. */
export interface Run {
  trace: Trace;
  cellIds: string[];
  /** What those cells held. */
  cells: readonly CellItem[];
  milliseconds: number;
}

export const runState = signal<RunState>("loading");
export const run = signal<Run | null>(null);
/** The last run that reached its end. */
export const goodRun = signal<Run | null>(null);
/** Why the engine broke down. */
export const failure = signal("");
/** True once a run has gone on for long enough to be worth stopping. */
export const runningLong = signal(false);
/** Show a run that failed, as far as it came, instead of the last good one. */
export const showFailed = signal(false);

const failed = computed(() => run.value?.trace.status === "error");

/** The run whose graph and values are shown. */
export const shownRun = computed(() => (failed.value && goodRun.value && !showFailed.value ? goodRun.value : run.value));

/** True while what is shown is older than what is written. */
export const isStale = computed(() => failed.value && shownRun.value === goodRun.value && goodRun.value !== null);

export function cellTrace(id: string): CellTrace | null {
  const at = run.value?.cellIds.indexOf(id) ?? -1;
  return at < 0 ? null : (run.value?.trace.cells[at] ?? null);
}

/** The id of the cell that a span of the shown run lies in. */
export function cellOfSpan(span: Span): string | undefined {
  return shownRun.value?.cellIds[span.cell];
}

/** Quiet time after an edit before it is run: shorter than the gap between two keys of a quick typist. */
const SETTLE_MS = 60;
const LONG_MS = 400;

let client: EngineClient | null = null;
let sent: { cells: readonly CellItem[]; cellIds: string[] } = { cells: [], cellIds: [] };
let sentKey = "";
let settle: ReturnType<typeof setTimeout> | undefined;
let long: ReturnType<typeof setTimeout> | undefined;

function receive({ trace, final, stopped, milliseconds }: RunReport): void {
  const report: Run = { trace, ...sent, milliseconds };
  run.value = report;
  if (!final) {
    runState.value = "running";
    return;
  }
  settled(stopped ? "stopped" : trace.status);
  if (trace.status === "error") return;
  goodRun.value = report;
  showFailed.value = false;
}

function settled(state: RunState): void {
  clearTimeout(long);
  runningLong.value = false;
  markRunning(null);
  runState.value = state;
}

function send(list: CellItem[]): void {
  clearTimeout(settle);
  if (!client) return;
  sent = { cells: list, cellIds: list.map((cell) => cell.id) };
  markRunning(open.peek().id);
  clearTimeout(long);
  long = setTimeout(() => {
    runningLong.value = true;
    if (runState.value !== "loading") runState.value = "running";
  }, LONG_MS);
  client.run(documentNow.peek());
}

/** Runs the document now, also if nothing changed. */
export function runNow(): void {
  if (runState.peek() === "held" || runState.peek() === "broken") runState.value = "loading";
  send(cells.peek());
}

export function stop(): void {
  client?.stop();
}

export function resume(): void {
  runState.value = "running";
  runningLong.value = true;
  client?.resume();
}

/** Loads all of the engine, before something is written that needs it. */
export function completeEngine(): void {
  client?.complete();
}

/** Starts the engine, and from then on runs the document whenever its code changes. */
export function startSession(): void {
  client = new EngineClient(startWorker, {
    onReport: receive,
    onFailure(message) {
      failure.value = message;
      settled("broken");
    },
  });
  if (wasRunning(open.peek().id)) {
    runState.value = "held";
    sentKey = keyOf(cells.peek());
  }
  // A page that is left in good order was not taken down by its document.
  addEventListener("pagehide", () => markRunning(null));

  let documentId = "";
  effect(() => {
    const list = cells.value;
    const key = keyOf(list);
    const replaced = open.value.id !== documentId;
    documentId = open.value.id;
    if (key === sentKey) return;
    sentKey = key;
    if (replaced) {
      goodRun.value = null;
      run.value = null;
    }
    clearTimeout(settle);
    if (replaced) send(list);
    else settle = setTimeout(() => send(cells.peek()), SETTLE_MS);
  });
}

/** What a run depends on: the code, and which cell it stands in. */
function keyOf(list: CellItem[]): string {
  return JSON.stringify(list.map((cell) => (cell.kind === "code" ? [cell.id, cell.source] : cell.id)));
}
