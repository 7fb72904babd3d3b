// What the lab asks of the program: what there is to move, the loss on a grid, and races. See the .py files beside this one.
import type { Document } from "../../../wasm/src/document.ts";
import type { Num, Preview } from "../../../wasm/src/trace.ts";
import driver from "../worker/driver.py?raw";
import { bindings, codeOf, Inquirer, inquirer, type Outcome, patientInquirer } from "../worker/inquirer.ts";
import gridText from "./grid.py?raw";
import leavesText from "./leaves.py?raw";
import passText from "./pass.py?raw";
import raceText from "./race.py?raw";
import surveyText from "./survey.py?raw";

export interface Leaf {
  name: string;
  shape: number[];
  /** The number of its first use, by which it is moved. */
  use: number;
  values: number[];
}

export interface Survey {
  /** The name of the loss; empty where it has none. */
  loss: string;
  losses: string[];
  /** The first backward pass from it. */
  pass: number;
  value: Num;
  leaves: Leaf[];
  /** Where the program itself went: how many passes before, its loss, the first elements of each leaf. */
  path: [step: number, loss: Num, theta: Record<string, Num[]>][];
  optimizers: string[];
  /** The path is not the whole of it. */
  cut: boolean;
}

/** The program is surveyed to its end, which may be far off: nothing else waits for that. */
const surveyor = new Inquirer(5e8);

const asker = { survey: {}, grid: {}, race: {} };

export async function askSurvey(document: Document, loss: string | null, found: (survey: Survey) => void): Promise<Outcome & { reason?: string }> {
  let survey: Survey | null = null;
  let reason: string | undefined;
  const outcome = await surveyor.inquire(asker.survey, codeOf(document), { text: bindings({ LOSS: loss }) + "import torch\n" + driver + leavesText + surveyText }, (answer) => {
    const part = answer as Partial<Survey> & { failed?: string };
    if (part.failed !== undefined) reason = part.failed;
    else if (part.leaves) found((survey = { ...(part as Survey), losses: [], path: [], cut: false }));
    else if (survey) found((survey = { ...survey, ...part }));
  });
  return reason === undefined ? outcome : { ...outcome, reason };
}

/** An element of a leaf. */
export interface Spot {
  leaf: Leaf;
  element: number;
}

export interface GridAnswer {
  values: [i: number, j: number, value: Num | null][];
  /** All points of a stride are there. */
  level?: boolean;
}

export const forgetSurvey = (): void => surveyor.forget(asker.survey);
export const forgetGrid = (): void => patientInquirer.forget(asker.grid);

export function askGrid(document: Document, pass: number, x: Spot, y: Spot | null, xs: number[], ys: number[], levels: number[], onValues: (answer: GridAnswer) => void): Promise<Outcome> {
  const spot = (of: Spot | null) => of && [of.leaf.use, of.element];
  const head = bindings({ PASS: pass, START: [], X: spot(x), Y: spot(y), XS: xs, YS: ys, LEVELS: levels });
  return patientInquirer.inquire(asker.grid, codeOf(document), { text: head + "import torch\n" + driver + passText + gridText }, (answer) => onValues(answer as GridAnswer));
}

/** One parameter at one step. */
export interface Parameter {
  value: Preview;
  grad: Preview | null;
  state: Record<string, Preview>;
}

export interface RaceAnswer {
  racer: number;
  step?: number;
  /** What keeps it from racing. */
  wrong?: string;
  loss?: Num;
  parameters?: Parameter[];
  /** Beyond what numbers can follow: it goes no further. */
  far?: boolean;
}

export function askRace(document: Document, pass: number, leaves: Leaf[], racers: [kind: string, options: string][], steps: number, onStep: (answer: RaceAnswer) => void): Promise<Outcome> {
  const start = leaves.map(({ name, use, shape, values }) => [name, use, shape, values]);
  const head = bindings({ PASS: pass, START: start, RACERS: racers, STEPS: steps });
  return inquirer.inquire(asker.race, codeOf(document), { text: head + "import torch\n" + driver + passText + leavesText + raceText }, (answer) => onStep(answer as RaceAnswer));
}
