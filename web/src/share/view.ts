// How the page stands, to be put into a link and found again: each part of it has a key, reads itself, and is put back once the document
// has run. To have another part of the page travel along, add it to `parts`.
import { effect } from "@preact/signals";
import { editorModule, loadEditor } from "../document/editor-loader.ts";
import type { LabSettings } from "../document/storage.ts";
import { cells, labSettings } from "../document/store.ts";
import { labIsOpen } from "../lab/open.tsx";
import { selected, select } from "../links.ts";
import { hold } from "../shell/busy.ts";
import { tab } from "../shell/tab.ts";
import { hasTime } from "../shell/up.ts";
import { goTo, position } from "../step/state.ts";
import { runState, shownRun } from "../worker/session.ts";
import type { View } from "./link.ts";

interface Part {
  /** Undefined when there is nothing to say: what the page opens with anyhow. */
  read(): unknown;
  /** Never trusts the value: links come from strangers. */
  put(value: unknown): void;
}

let lastCell: HTMLElement | null = null;

const parts: Record<string, Part> = {
  /** Which pane a phone shows. */
  pane: {
    read: () => (tab.peek() === "code" ? undefined : tab.peek()),
    put: (value) => {
      if (value === "graph" || value === "values") tab.value = value;
    },
  },
  /** What was chosen in the lab; what is kept with the document goes before what its link says. */
  settings: {
    read: () => labSettings.peek(),
    put: (value) => (labSettings.value ??= settingsFrom(value)),
  },
  /** The lab instead of the graph. */
  lab: {
    read: () => labIsOpen.peek() || undefined,
    put: (value) => {
      if (value === true) labIsOpen.value = true;
    },
  },
  /** The place on the time line. */
  step: {
    read: () => position.peek() ?? undefined,
    put: (value) => {
      if (typeof value === "number") goTo(value);
    },
  },
  /** The selected tensor, by its place in the trace: a run of the same code makes the same trace. */
  tensor: {
    read: () => {
      const at = shownRun.peek()?.trace.graph.tensors.findIndex(({ id }) => id === selected.peek()) ?? -1;
      return at < 0 ? undefined : at;
    },
    put: (value) => {
      const tensor = shownRun.peek()?.trace.graph.tensors[value as number];
      if (tensor) select(tensor.id);
    },
  },
  /** The cell one was in last, and the place in its text. */
  cursor: {
    read: () => {
      const at = cells.peek().findIndex(({ id }) => id === lastCell?.dataset["cell"]);
      if (at < 0 || !lastCell!.isConnected) return undefined;
      const offset = editorModule.peek()?.cursorIn(lastCell!);
      return offset === undefined ? [at] : [at, offset];
    },
    put: (value) => {
      const [at, offset] = Array.isArray(value) ? (value as unknown[]) : [];
      const cell = typeof at === "number" ? cells.peek()[at] : undefined;
      if (!cell) return;
      const element = document.querySelector<HTMLElement>(`[data-cell="${cell.id}"]`);
      element?.scrollIntoView({ block: "center" });
      if (cell.kind !== "code" || typeof offset !== "number") return;
      loadEditor();
      const stop = effect(() => {
        const module = editorModule.value;
        // Once the editors stand where the code was drawn.
        if (module) setTimeout(() => (element && module.putCursorIn(element, offset), stop()), 100);
      });
    },
  },
};

const isText = (value: unknown): value is string => typeof value === "string" && value.length <= 200;
const isPair = (value: unknown): value is [number, number] => Array.isArray(value) && value.length === 2 && value.every(Number.isFinite);

/** Only what has the right form. */
function settingsFrom(value: unknown): LabSettings | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { loss, axes, range, starts, racers, steps } = value as { [Key in keyof LabSettings]?: unknown };
  const settings: LabSettings = {};
  if (isText(loss)) settings.loss = loss;
  if (Array.isArray(axes) && isText(axes[0]) && (axes[1] === null || isText(axes[1]))) settings.axes = [axes[0], axes[1]];
  const { x, y } = (range ?? {}) as { x?: unknown; y?: unknown };
  if (isPair(x) && isPair(y)) settings.range = { x, y };
  if (typeof starts === "object" && starts !== null) settings.starts = Object.fromEntries(Object.entries(starts).filter(([key, start]) => isText(key) && Number.isFinite(start)).slice(0, 64));
  if (Array.isArray(racers)) settings.racers = racers.flatMap((one): [string, string][] => (Array.isArray(one) && /^[A-Za-z]+$/.test(String(one[0])) && isText(one[1]) ? [[String(one[0]), one[1]]] : [])).slice(0, 6);
  if (typeof steps === "number" && Number.isInteger(steps) && steps > 0) settings.steps = Math.min(steps, 1000);
  return settings;
}

export function viewNow(): View {
  const view: View = {};
  for (const [key, part] of Object.entries(parts)) {
    const value = part.read();
    if (value !== undefined) view[key] = value;
  }
  return view;
}

let waiting: { view: View; release: () => void } | null = null;

/** Puts the page as a link says, once the first run has ended. */
export function putView(view: View): void {
  waiting?.release();
  waiting = Object.keys(view).length ? { view, release: hold() } : null;
}

/** From now on the page remembers where it is edited, and does what putView asks for. */
export function followView(): void {
  addEventListener("focusin", ({ target }) => {
    lastCell = (target as Element).closest<HTMLElement>("[data-cell]") ?? lastCell;
  });
  effect(() => {
    const state = runState.value;
    if (!waiting || !hasTime.value || !shownRun.value || state === "loading" || state === "running") return;
    const { view, release } = waiting;
    waiting = null;
    // After the panes have drawn this run.
    requestAnimationFrame(() => {
      for (const [key, part] of Object.entries(parts)) if (key in view) part.put(view[key]);
      release();
    });
  });
}
