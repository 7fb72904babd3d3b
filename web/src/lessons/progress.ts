// Which challenges were ever solved in this browser, as "lesson/challenge".
import { signal } from "@preact/signals";
import { savedProgress, saveProgress } from "../document/storage.ts";
import { holdsChallenge } from "./challenge-syntax.ts";
import type { LessonFile } from "./list.ts";

export const solved = signal<ReadonlySet<string>>(new Set(savedProgress()));

export function markSolved(lesson: string, challenge: string): void {
  const key = `${lesson}/${challenge}`;
  if (solved.peek().has(key)) return;
  solved.value = new Set([...solved.peek(), key]);
  saveProgress([...solved.value]);
}

/** How many challenges a lesson has. */
export function challengesIn({ document }: LessonFile): number {
  return document.cells
    .filter(({ kind, source }) => kind === "markdown" && holdsChallenge(source))
    .reduce((sum, { source }) => sum + (source.match(/^```challenge\b/gm)?.length ?? 0), 0);
}

export const solvedIn = (lesson: string): number => [...solved.value].filter((key) => key.startsWith(`${lesson}/`)).length;
