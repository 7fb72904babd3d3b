// The gallery's programs: those of tests/programs, each of which is a test. A chunk of its own, loaded when the gallery is opened.
import { shelves } from "./choice.ts";

export interface Program {
  /** "training/xor" */
  path: string;
  /** "xor.py" */
  file: string;
  /** "xor" */
  title: string;
  /** What its first line says. */
  about: string;
  source: string;
}

export interface Group {
  title: string;
  programs: Program[];
}

const sources = import.meta.glob<string>("../../../tests/programs/*/*.py", { query: "?raw", import: "default", eager: true });

/** The folders, in the order in which they are worth reading. */
const titles: [string, string][] = [
  ["tutorial", "The tutorial"],
  ["autograd", "Autograd"],
  ["optim", "Optimizers"],
  ["training", "Whole trainings"],
  ["nn", "Networks"],
  ["plots", "Plots"],
  ["tensors", "Tensors"],
  ["operators", "Operators"],
  ["data", "Data"],
  ["numpy", "numpy"],
  ["random", "Random numbers"],
  ["warnings", "Warnings"],
  ["errors", "Errors"],
  ["language", "Python"],
];

function programOf(name: string, source: string): Program {
  const path = name.replace(/^.*\/programs\/|\.py$/g, "");
  const file = name.slice(name.lastIndexOf("/") + 1);
  const first = /^# (.+)$/m.exec(source.slice(0, source.indexOf("\n") + 1))?.[1] ?? "";
  return { path, file, title: file.replace(/\.py$/, "").replaceAll("_", " "), about: first.replace(/^differs from PyTorch: /, ""), source: source.trimEnd() };
}

export const groups: Group[] = titles.map(([folder, title]) => ({
  title,
  programs: Object.entries(sources)
    .filter(([path]) => path.includes(`/programs/${folder}/`))
    .map(([path, source]) => programOf(path, source)),
}));

const all = groups.flatMap(({ programs }) => programs);

export const programAt = (path: string): Program | undefined => all.find((program) => program.path === path);

/** Those to begin with, under titles of their own. */
export const chosen: Group[] = shelves.map(({ title, programs }) => ({ title, programs: programs.map(([path, title]) => ({ ...programAt(path)!, title })) }));
const first = chosen.flatMap(({ programs }) => programs);

/** The one before or after it: from one that is among the first to another of these. */
export function neighbour(path: string, by: -1 | 1): Program | undefined {
  const list = first.some((program) => program.path === path) ? first : all;
  const at = list.findIndex((program) => program.path === path);
  return at < 0 ? undefined : list[at + by];
}
