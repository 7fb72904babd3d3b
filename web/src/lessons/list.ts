// The lessons, in order: the one list of them. The first is what the page opens on and is built into it; the others are loaded when they
// are opened, already parsed, typeset and coloured.
import type { Token } from "marked";
import type { Document } from "../../../wasm/src/document.ts";
import * as first from "./gradient-descent.md";

/** What a lesson's Markdown becomes when the page is built (env.d.ts says more). */
export interface LessonFile {
  document: Document;
  tokens: Record<string, Token[]>;
  colouredCode: Record<string, [text: string, name: string][][]>;
  formulas: Record<string, string>;
}

export interface Lesson {
  /** Of its Markdown file, and in what is saved. */
  name: string;
  title: string;
  about: string;
}

export const lessons: readonly Lesson[] = [
  { name: "gradient-descent", title: "Backpropagation", about: "A formula, its graph, and what comes back along it." },
  { name: "toggling", title: "Toggling gradient tracking", about: "When nobody will go back: no_grad, detach, frozen parameters." },
  { name: "descent", title: "Gradient descent", about: "One step by hand, then the optimizer, then again and again." },
  { name: "momentum", title: "Momentum", about: "Steps that remember where they were going." },
  { name: "network", title: "From formula to network", about: "Parameters with names, and a bend between two layers." },
];

export const FIRST = lessons[0]!.name;

const others = import.meta.glob<LessonFile>(["./*.md", "!./gradient-descent.md"]);
const loaded = new Map<string, LessonFile>([[FIRST, first]]);

/** Null for one that is not loaded, or not there. */
export const lessonFile = (name: string): LessonFile | null => loaded.get(name) ?? null;

export async function loadLesson(name: string): Promise<LessonFile> {
  const file = loaded.get(name) ?? (await others[`./${name}.md`]?.());
  if (!file) throw new Error(`there is no lesson ${name}`);
  loaded.set(name, file);
  return file;
}

/** What was made ready of a piece of text when the page was built, in whichever loaded lesson it stands. */
export function ready<K extends "tokens" | "colouredCode" | "formulas">(what: K, key: string): LessonFile[K][string] | undefined {
  const file = [...loaded.values()].find((one) => Object.hasOwn(one[what], key));
  return file?.[what][key] as LessonFile[K][string] | undefined;
}
