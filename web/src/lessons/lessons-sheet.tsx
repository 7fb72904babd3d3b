// The lessons in order, and how far each was solved.
import { useEffect, useState } from "preact/hooks";
import { open } from "../document/store.ts";
import { Icon } from "../shell/icons.tsx";
import { closeSheet, Sheet } from "../shell/sheets.tsx";
import "../shell/sheets.css";
import "./lessons-sheet.css";
import { goToLesson } from "./going.ts";
import { type Lesson, lessons, loadLesson } from "./list.ts";
import { challengesIn, solvedIn } from "./progress.ts";

export function LessonsSheet() {
  return (
    <Sheet title="Lessons" small>
      <ol class="lesson-list">
        {lessons.map((lesson, i) => (
          <Row key={lesson.name} lesson={lesson} number={i + 1} />
        ))}
      </ol>
    </Sheet>
  );
}

function Row({ lesson, number }: { lesson: Lesson; number: number }) {
  const [count, setCount] = useState(0);
  useEffect(() => void loadLesson(lesson.name).then((file) => setCount(challengesIn(file)), () => {}), []);
  const { origin } = open.value;
  const isOpen = origin.kind === "lesson" && origin.lesson === lesson.name;
  const solved = Math.min(solvedIn(lesson.name), count);
  return (
    <li>
      <button
        class="lesson-row"
        aria-current={isOpen}
        onClick={() => {
          closeSheet();
          if (!isOpen) void goToLesson(lesson.name);
        }}
      >
        <span class="lesson-number">{number}</span>
        <span>
          <span class="lesson-title">{lesson.title}</span>
          <span class="lesson-about">{lesson.about}</span>
        </span>
        <span class={`lesson-progress ${count > 0 && solved === count ? "is-done" : ""}`}>
          {count > 0 && (solved === count ? <Icon name="check" /> : null)}
          {count > 0 && (solved > 0 ? `${solved} of ${count} solved` : `${count} exercises`)}
        </span>
      </button>
    </li>
  );
}
