// The lab's state: what it shows, what was asked, what came back. Everything that is drawn is made of these signals.
import { batch, computed, effect, signal, untracked } from "@preact/signals";
import type { Num } from "../../../wasm/src/trace.ts";
import type { LabSettings } from "../document/storage.ts";
import { documentNow, keepLab, labSettings, open } from "../document/store.ts";
import { indexOf } from "../tensor/indices.ts";
import { optionText } from "../step/words.ts";
import { shownRun } from "../worker/session.ts";
import { askGrid, askRace, askSurvey, forgetGrid, forgetSurvey, type Leaf, type Parameter, type Spot, type Survey } from "./ask.ts";
import { labIsOpen } from "./open.tsx";

export interface Racer {
  id: number;
  kind: string;
  /** As in the call: "lr=0.1, momentum=0.9". */
  options: string;
}

export interface Frame {
  loss: number;
  parameters: Parameter[];
  far: boolean;
}

export interface Run {
  frames: Frame[];
  wrong: string | null;
}

export interface Range {
  x: [number, number];
  y: [number, number];
}

/** The loss on a grid; of `values` only every `stride`-th row and column is known. */
export interface Grid {
  xs: number[];
  ys: number[];
  values: Float64Array;
  stride: number;
}

export const survey = signal<Survey | null>(null);
/** Why there is nothing to show. */
export const trouble = signal<string | null>(null);
export const wantedLoss = signal<string | null>(null);
/** The chosen axes as keys of `spots`; the second may be missing. */
export const axes = signal<[string, string | null]>(["", null]);
export const range = signal<Range>({ x: [-1, 1], y: [-1, 1] });
export const grid = signal<Grid | null>(null);
/** Elements whose start was moved, by key. */
export const moved = signal<Record<string, number>>({});
let nextId = 0;
const racer = (kind: string, options: string): Racer => ({ id: nextId++, kind, options });
export const racers = signal<Racer[]>([]);
export const stepCount = signal(0);
export const runs = signal<Record<number, Run>>({});
/** True from a change of what is raced until all have been run. */
export const isRacing = signal(true);
/** The step that is looked at; null: the last. */
export const step = signal<number | null>(null);
/** The racer whose state is shown. */
export const chosen = signal<number | null>(null);

export const MOST_RACERS = 6;
const MOST_SPOTS = 32;
/** Elements of all leaves together, beyond which a race would take too long. */
export const MOST_ELEMENTS = 5000;

/** Were these chosen by hand? Else the lab proposes them, anew for each document. */
const areChosen = { axes: signal(false), racers: signal(false) };

function chooseRacers(next: Racer[]): void {
  racers.value = next;
  areChosen.racers.value = true;
}

export const addRacer = () => chooseRacers([...racers.value, racer("SGD", "lr=0.01")]);
export const removeRacer = (id: number) => chooseRacers(racers.value.filter((one) => one.id !== id));
export const changeRacer = (id: number, change: Partial<Racer>) => chooseRacers(racers.value.map((one) => (one.id === id ? { ...one, ...change } : one)));

export function chooseAxes(next: [string, string | null]): void {
  axes.value = next;
  areChosen.axes.value = true;
  fit();
}

// ---- what can be an axis

export const keyOf = ({ leaf, element }: Spot): string => (leaf.values.length === 1 ? leaf.name : `${leaf.name}[${indexOf(element, leaf.shape).join(", ")}]`);

export const spots = computed<Map<string, Spot>>(() => {
  const all = new Map<string, Spot>();
  for (const leaf of survey.value?.leaves ?? []) {
    for (let element = 0; element < Math.min(leaf.values.length, MOST_SPOTS); element++) all.set(keyOf({ leaf, element }), { leaf, element });
  }
  return all;
});

export const xSpot = computed(() => spots.value.get(axes.value[0]) ?? null);
export const ySpot = computed(() => (axes.value[1] === null ? null : (spots.value.get(axes.value[1]) ?? null)));
export const startOf = (key: string): number => moved.value[key] ?? Number(spots.value.get(key)?.leaf.values[spots.value.get(key)!.element]);

/** The leaves as the races start from them. */
const startLeaves = computed<Leaf[]>(() =>
  (survey.value?.leaves ?? []).map((leaf) => ({
    ...leaf,
    values: leaf.values.map((value, element) => moved.value[keyOf({ leaf, element })] ?? Number(value)),
  })),
);

export const elementsInAll = computed(() => startLeaves.value.reduce((sum, { values }) => sum + values.length, 0));

/** Where a parameter's element is in a frame. */
export function valueIn(frame: Frame, spot: Spot): number {
  const at = survey.value!.leaves.indexOf(spot.leaf);
  return Number(frame.parameters[at]?.value.values[spot.element]);
}

/** Where the program itself went, on the axes. */
export const ownPath = computed<{ x: number; y: number | null; loss: number }[]>(() => {
  const [x, y] = [xSpot.value, ySpot.value];
  if (!survey.value || !x) return [];
  const at = (theta: Record<string, Num[]>, spot: Spot) => Number(theta[spot.leaf.name]?.[spot.element]);
  return survey.value.path.map(([, loss, theta]) => ({ x: at(theta, x), y: y && at(theta, y), loss: Number(loss) }));
});

// ---- ranges

/** The range follows the start, until somebody chooses another. */
const follows = signal(true);

/** Around the start, the way that the program took, and those of the racers that stay near. */
export function fit(): void {
  follows.value = true;
  // Of a run that left all bounds the picture shows the beginning: the place that it was about.
  const reach = ownPath.value.some(({ x, y, loss }) => ![x, y ?? 0, loss].every(Number.isFinite)) ? 5 : 1e3;
  const around = (values: number[], begin: number): [number, number] => {
    const start = Number.isFinite(begin) ? begin : 0;
    const all = [...values.filter((value) => Number.isFinite(value) && Math.abs(value - start) < reach * Math.max(1, Math.abs(start))), start];
    const low = Math.min(...all);
    const high = Math.max(...all);
    const spare = Math.max((high - low) * 0.35, high - low < 1e-3 ? Math.max(2, 1.5 * Math.abs(start)) : 0.05 * Math.abs(start));
    return [low - spare, high + spare];
  };
  const [x, y] = axes.value;
  const near = Object.values(runs.peek()).flatMap(({ frames }) => (frames.some(({ far }) => far) ? [] : frames));
  const along = (key: string, whole: number[]) => {
    const own = whole.filter((value) => Math.abs(value - startOf(key)) < reach * Math.max(1, Math.abs(startOf(key))));
    const spot = spots.value.get(key);
    const ways = spot ? near.map((frame) => valueIn(frame, spot)) : [];
    return around([...own, ...withinReach(ways, own, startOf(key))], startOf(key));
  };
  range.value = {
    x: along(x, ownPath.value.map((point) => point.x)),
    y: y === null ? [-1, 1] : along(y, ownPath.value.map((point) => point.y!)),
  };
}

/** What is not many times as far away as the program itself went. */
function withinReach(values: number[], own: number[], start: number): number[] {
  const reach = 4 * Math.max(1, Math.abs(start), ...own.map((value) => Math.abs(value - start)));
  return values.filter((value) => Math.abs(value - start) <= reach);
}

export function zoom(factor: number): void {
  follows.value = false;
  const scale = ([low, high]: [number, number]): [number, number] => {
    const middle = (low + high) / 2;
    return [middle - ((high - low) / 2) * factor, middle + ((high - low) / 2) * factor];
  };
  range.value = { x: scale(range.value.x), y: scale(range.value.y) };
}

// ---- what is kept with the document

const STEPS = 50;

const settings = computed<LabSettings | undefined>(() => {
  const chosen: LabSettings = {
    ...(wantedLoss.value !== null && { loss: wantedLoss.value }),
    ...(areChosen.axes.value && { axes: axes.value }),
    ...(!follows.value && { range: range.value }),
    ...(Object.keys(moved.value).length > 0 && { starts: moved.value }),
    ...(areChosen.racers.value && { racers: racers.value.map(({ kind, options }): [string, string] => [kind, options]) }),
    ...(stepCount.value !== STEPS && { steps: stepCount.value }),
  };
  return Object.keys(chosen).length ? chosen : undefined;
});

function restore(kept: LabSettings | undefined): void {
  batch(() => {
    wantedLoss.value = kept?.loss ?? null;
    axes.value = kept?.axes ?? ["", null];
    areChosen.axes.value = kept?.axes !== undefined;
    moved.value = kept?.starts ?? {};
    racers.value = kept?.racers?.map(([kind, options]) => racer(kind, options)) ?? [];
    areChosen.racers.value = kept?.racers !== undefined;
    stepCount.value = kept?.steps ?? STEPS;
    follows.value = kept?.range === undefined;
    if (kept?.range) range.value = kept.range;
    step.value = chosen.value = null;
  });
}

/** Another document, or settings that came from elsewhere, are taken over; what is chosen here is kept. */
function followDocument(): () => void {
  const id = computed(() => open.value.id);
  let shown: string | null = null;
  const stops = [
    effect(() => {
      const kept = labSettings.value;
      if (shown === id.value && JSON.stringify(kept) === JSON.stringify(untracked(() => settings.value))) return;
      const isAnother = shown !== id.value;
      shown = id.value;
      untracked(() => {
        if (isAnother) survey.value = null;
        restore(kept);
        if (survey.value) takeSurvey(survey.value);
      });
    }),
    effect(() => {
      const now = settings.value;
      untracked(() => keepLab(now));
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

// ---- asking

const SETTLE_MS = 250;
const POINTS = 65;
const LINE_POINTS = 129;

const spread = ([low, high]: [number, number], count: number) => Array.from({ length: count }, (_, i) => low + ((high - low) * i) / (count - 1));

/** Calls `work` when what it depends on has been quiet. */
function whenQuiet<Value>(read: () => Value, work: (value: Value) => void, quiet: number): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = effect(() => {
    const value = read();
    clearTimeout(timer);
    timer = setTimeout(() => work(value), quiet);
  });
  return () => {
    clearTimeout(timer);
    stop();
  };
}

/** The program's own optimizer and two to compare it with. */
function firstRacers(): Racer[] {
  const own = shownRun.peek()?.trace.optimizerSteps.at(-1);
  const options = own?.changes[0]?.options.filter(({ name, isDefault }) => !isDefault || name === "lr") ?? [];
  const lr = String(options.find(({ name }) => name === "lr")?.value ?? 0.1);
  const text = options.map(optionText).join(", ");
  const all = [racer("SGD", `lr=${lr}`), racer("SGD", `lr=${lr}, momentum=0.9`), racer("Adam", "lr=0.1")];
  if (!own || !text || !survey.peek()?.optimizers.includes(own.optimizer)) return all;
  const others = all.filter(({ kind, options }) => kind !== own.optimizer || options !== text);
  return [racer(own.optimizer, text), others[0]!, others.at(-1)!];
}

function takeSurvey(found: Survey): void {
  trouble.value = found.leaves.length ? null : "No leaf leads to this loss: make one with requires_grad=True.";
  survey.value = found;
  const keys = [...spots.value.keys()];
  const [x, y] = axes.value;
  const isKept = spots.value.has(x) && (y === null || spots.value.has(y));
  if (!isKept) {
    axes.value = [keys[0] ?? "", keys[1] ?? null];
    areChosen.axes.value = false;
  }
  if (!racers.value.length) racers.value = firstRacers();
  if (Object.keys(moved.value).some((key) => !spots.value.has(key))) moved.value = Object.fromEntries(Object.entries(moved.value).filter(([key]) => spots.value.has(key)));
  if (follows.value) fit();
}

/** Keeps everything up to date while the lab is open. */
export function startLab(): () => void {
  const code = computed(() => JSON.stringify([open.value.id, documentNow.value.cells.map(({ kind, source }) => (kind === "code" ? source : "")), wantedLoss.value]));
  const stops = [
    followDocument(),
    whenQuiet(
      () => code.value,
      async () => {
        let found: Survey | null = null;
        const outcome = await askSurvey(documentNow.peek(), wantedLoss.peek(), (now) => takeSurvey((found = now)));
        if (outcome.kind === "dropped") return;
        if (found) return; // what came is shown, however the program ends
        const reason = outcome.reason ?? (outcome.kind === "failed" ? outcome.text : undefined);
        survey.value = null;
        trouble.value = reason !== undefined ? `The program stops before it has a loss: ${reason}` : "There is no loss yet: call backward() on a number that depends on a leaf.";
      },
      SETTLE_MS,
    ),
    whenQuiet(
      () => ({ survey: survey.value, x: xSpot.value, y: ySpot.value, range: range.value }),
      ({ survey, x, y, range }) => {
        if (!survey || !x) return forgetGrid();
        const xs = spread(range.x, y ? POINTS : LINE_POINTS);
        const ys = y ? spread(range.y, POINTS) : [0];
        const values = new Float64Array(xs.length * ys.length).fill(NaN);
        let stride = y ? 16 : 32;
        const levels = y ? [8, 4, 2, 1] : [16, 8, 4, 2, 1];
        void askGrid(documentNow.peek(), survey.pass, x, y, xs, ys, levels, (answer) => {
          for (const [i, j, value] of answer.values) values[j * xs.length + i] = value === null ? NaN : Number(value === "inf" ? Infinity : value === "-inf" ? -Infinity : value);
          if (!answer.level) return;
          stride /= 2;
          grid.value = { xs, ys, values, stride };
        });
      },
      60,
    ),
    whenQuiet(
      () => {
        isRacing.value = true;
        return { survey: survey.value, leaves: startLeaves.value, racers: racers.value, steps: stepCount.value };
      },
      ({ survey, leaves, racers, steps }) => {
        if (!survey || !leaves.length || elementsInAll.peek() > MOST_ELEMENTS) {
          isRacing.value = survey === null;
          runs.value = {};
          return;
        }
        const fresh: Record<number, Run> = {};
        for (const { id } of racers) fresh[id] = { frames: [], wrong: null };
        let booked = false;
        const show = () => {
          booked = false;
          runs.value = { ...fresh };
        };
        void askRace(documentNow.peek(), survey.pass, leaves, racers.map(({ kind, options }) => [kind, options]), steps, (answer) => {
          const run = fresh[racers[answer.racer]!.id]!;
          if (answer.wrong !== undefined) run.wrong = answer.wrong;
          else run.frames.push({ loss: numberOf(answer.loss!), parameters: answer.parameters!, far: answer.far! });
          if (!booked) requestAnimationFrame(show);
          booked = true;
        }).then(({ kind }) => {
          if (kind === "dropped") return;
          show();
          isRacing.value = false;
          if (follows.peek() && Object.keys(moved.peek()).length === 0) fit();
        });
      },
      30,
    ),
  ];
  return () => {
    for (const stop of stops) stop();
    forgetGrid();
    forgetSurvey();
  };
}

const numberOf = (value: Num): number => (value === "inf" ? Infinity : value === "-inf" ? -Infinity : Number(value));

export function close(): void {
  labIsOpen.value = false;
  requestAnimationFrame(() => document.querySelector<HTMLElement>(".lab-button")?.focus());
}
