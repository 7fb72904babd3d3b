// Runs the open document in the worker after every edit, and holds what came back: the trace that the panes draw, and how the run
// stands. Outputs and marks belong to cells by id, so they stay with their cell when cells move.
import { batch, computed, effect, signal } from "@preact/signals";
import { EngineClient, type RunReport } from "../../../wasm/src/client.ts";
import type { Description } from "../../../wasm/src/description.ts";
import type { CellTrace, Span, Trace } from "../../../wasm/src/trace.ts";
import { type CellItem, cells, documentNow, open } from "../document/store.ts";
import { hold } from "../shell/busy.ts";
import { markRunning, wasRunning } from "../document/storage.ts";
import { continued, type Old } from "./merge.ts";
import { fetchRoundsWith, isPicked, letGo, pickedRun, roundCame, roundsAreGone } from "./rounds.ts";
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
  /** What it has from the last good run, below the place where it broke off. */
  old?: Old;
}

export const runState = signal<RunState>("loading");
export const run = signal<Run | null>(null);
/** The last run that reached its end. */
export const goodRun = signal<Run | null>(null);
/** Why the engine broke down. */
export const failure = signal("");
/** True once a run has gone on for long enough to be worth stopping. */
export const runningLong = signal(false);
/**
 * The run whose graph and values are shown: a picked round, else the newest. Of one that broke off, as far as it came, with the rest of
 * the last good one behind it; and only that one if nothing came of it at all.
 */
export const shownRun = computed(() => {
  if (isPicked.value) return pickedRun.value;
  const [now, good] = [run.value, goodRun.value];
  if (now?.trace.status !== "error" || !good) return now;
  return now.trace.graph.tensors.length ? (continued(now, good) ?? now) : good;
});

/** True while what is shown is older than what is written. */
export const isStale = computed(() => run.value?.trace.status === "error" && shownRun.value === goodRun.value);

/** The lines that were typed for input(), in order. */
export const inputLines = signal<string[]>([]);

/** The cell that ended because input() had no line to read. */
export const wantsInput = computed(() => {
  const error = run.value?.trace.error;
  if (error?.kind !== "EOFError" || error.message !== "EOF when reading a line" || !error.span) return null;
  return run.value!.cellIds[error.span.cell] ?? null;
});

export function cellTrace(id: string): CellTrace | null {
  const at = run.value?.cellIds.indexOf(id) ?? -1;
  return at < 0 ? null : (run.value?.trace.cells[at] ?? null);
}

/** The id of the cell that a span of the shown run lies in. */
export function cellOfSpan(span: Span): string | undefined {
  return shownRun.value?.cellIds[span.cell];
}

/** An edit is run at once; while a run is under way the next waits for it, but no longer than this: then the newest takes its place. */
const PATIENCE_MS = 150;
const LONG_MS = 400;

let client: EngineClient | null = null;
let sent: { cells: readonly CellItem[]; cellIds: string[] } = { cells: [], cellIds: [] };
let sentKey = "";
let sentAt = 0;
let isUnderWay = false;
/** Lets the page be at rest again, once the run has ended. */
let release = () => {};
/** An edit waits for the run that is under way. */
let waiting: ReturnType<typeof setTimeout> | undefined;
let isWaiting = false;
let long: ReturnType<typeof setTimeout> | undefined;

/** The id of the last run that was asked for a round only. */
let roundId = 0;

/** A name that went on to another tensor no longer says what the first is called: it comes before the names that are its own still. */
function putOwnNamesLast({ variables, graph }: Trace): void {
  const bound = new Map(variables.map(({ name, tensor }) => [name, tensor]));
  for (const tensor of graph.tensors) {
    const isLost = (name: string) => bound.has(name) && bound.get(name) !== tensor.id;
    if (tensor.names.length > 1) tensor.names = [...tensor.names.filter(isLost), ...tensor.names.filter((name) => !isLost(name))];
  }
}

function receive({ id, trace, final, stopped, milliseconds }: RunReport): void {
  putOwnNamesLast(trace);
  const report: Run = { trace, ...sent, milliseconds };
  if (id === roundId) {
    if (final) roundCame(report, stopped);
    return;
  }
  run.value = report;
  if (!final) {
    runState.value = "running";
    return;
  }
  settled(stopped ? "stopped" : trace.status);
  if (trace.status !== "error") goodRun.value = report;
  if (isWaiting) send(cells.peek());
}

/** A run is under way, in place of the one before. */
function beUnderWay(): void {
  const before = release;
  release = hold();
  before();
}

function settled(state: RunState): void {
  clearTimeout(long);
  runningLong.value = false;
  isUnderWay = false;
  markRunning(null);
  runState.value = state;
  release();
}

/** Runs the document as soon as that serves: at once, or when the run that is under way has ended. */
function sendSoon(): void {
  if (!isUnderWay) return send(cells.peek());
  if (isWaiting) return;
  isWaiting = true;
  waiting = setTimeout(() => send(cells.peek()), Math.max(0, sentAt + PATIENCE_MS - performance.now()));
}

function send(list: CellItem[]): void {
  clearTimeout(waiting);
  isWaiting = false;
  if (!client) return;
  roundsAreGone();
  sentAt = performance.now();
  isUnderWay = true;
  beUnderWay();
  sent = { cells: list, cellIds: list.map((cell) => cell.id) };
  markRunning(open.peek().id);
  clearTimeout(long);
  long = setTimeout(() => {
    runningLong.value = true;
    if (runState.value !== "loading") runState.value = "running";
  }, LONG_MS);
  client.run(documentNow.peek(), { input: inputLines.peek(), live: true });
}

/** The cell that was given the last of them. */
export const answeredIn = signal<string | null>(null);

/** Runs the document again with one more line for input(). */
export function answerInput(line: string): void {
  answeredIn.value = wantsInput.peek();
  inputLines.value = [...inputLines.value, line];
  runNow();
}

/** Runs the document again with no lines for input(). */
export function forgetInput(): void {
  inputLines.value = [];
  runNow();
}

/** Runs the document now, also if nothing changed. */
export function runNow(): void {
  if (runState.peek() === "held" || runState.peek() === "broken") runState.value = "loading";
  send(cells.peek());
}

/** Holds the run; an edit that waits for its turn is held before it begins. */
export function stop(): void {
  if (isWaiting) send(cells.peek());
  client?.stop();
}

export function resume(): void {
  letGo();
  roundId = 0;
  beUnderWay();
  runState.value = "running";
  runningLong.value = true;
  client?.resume();
}

/** What a dotted name means in the program as far as it ran. */
export function describe(path: string): Promise<Description | null> {
  return client ? client.describe(path) : Promise.resolve(null);
}

/** Loads all of the engine, before something is written that needs it. */
export function completeEngine(): void {
  client?.complete();
}

/** Starts the engine, and from then on runs the document whenever its code changes. */
export function startSession(): void {
  client = new EngineClient(startWorker, {
    onReport: (report) => batch(() => receive(report)),
    onFailure(message) {
      roundsAreGone();
      failure.value = message;
      settled("broken");
    },
  });
  fetchRoundsWith({
    anew: (until) => void (roundId = client!.run(documentNow.peek(), { until, input: inputLines.peek(), live: true })),
    further: (until) => client!.resume(until),
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
    if (replaced) inputLines.value = [];
    if (key === sentKey) return;
    sentKey = key;
    if (replaced) {
      goodRun.value = null;
      run.value = null;
    }
    if (replaced) send(list);
    else sendSoon();
  });
}

/** What a run depends on: the code, and which cell it stands in. */
function keyOf(list: CellItem[]): string {
  return JSON.stringify(list.map((cell) => (cell.kind === "code" ? [cell.id, cell.source] : cell.id)));
}
