// Below a lesson: the way to the one before and the one after it.
import { open } from "../document/store.ts";
import { goToLesson } from "./going.ts";
import { lessons } from "./list.ts";

export function LessonNav() {
  const { origin } = open.value;
  const at = origin.kind === "lesson" ? lessons.findIndex(({ name }) => name === origin.lesson) : -1;
  if (at < 0) return null;
  const link = (i: number, word: string, kind: string) =>
    lessons[i] && (
      <button class={`lesson-link ${kind}`} onClick={() => void goToLesson(lessons[i]!.name)}>
        <small>{word}</small>
        {i + 1} {lessons[i]!.title}
      </button>
    );
  return (
    <nav class="lesson-nav" aria-label="Lessons">
      {link(at - 1, "Before", "is-before")}
      {link(at + 1, "Next lesson", "is-next")}
    </nav>
  );
}
