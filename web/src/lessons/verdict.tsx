// How a challenge goes: nothing while its cells are as the lesson left them, else the first thing that is off, else that it is solved.
// What was solved once stays marked as solved.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { blocks } from "../document/markdown.tsx";
import { open } from "../document/store.ts";
import { Icon } from "../shell/icons.tsx";
import { run, type Run } from "../worker/session.ts";
import type { VerdictProps } from "./challenge-card.tsx";
import { type Challenge, holdsChallenge, parseChallenge } from "./challenge-syntax.ts";
import { check, codeOfChallenge, type Verdict as Found } from "./check.ts";
import { lessonFile } from "./list.ts";
import { markSolved, solved } from "./progress.ts";

export function Verdict({ name, rules, done, cellId }: VerdictProps) {
  const challenge = useMemo(() => parseChallenge(name, rules), [name, rules]);
  const { origin } = open.value;
  const lesson = origin.kind === "lesson" ? origin.lesson : null;
  const last = useRef<Found | null>(null);
  const [hinted, setHinted] = useState("");
  const found = verdictNow(run.value, challenge, cellId, lesson);
  if (found?.state !== "running") last.current = found;
  const shown = last.current;
  const isSolved = shown?.state === "solved";

  useEffect(() => {
    if (isSolved && lesson !== null) markSolved(lesson, name);
  }, [isSolved]);

  if (shown?.state === "open") {
    const isHinted = hinted === shown.hint;
    return (
      <div class="challenge-verdict" role="status">
        <p>
          <Text text={shown.says} />{" "}
          {shown.hint && !isHinted && (
            <button class="challenge-hint" onClick={() => setHinted(shown.hint)}>
              Hint
            </button>
          )}
        </p>
        {shown.hint && isHinted && (
          <p>
            <Text text={shown.hint} />
          </p>
        )}
      </div>
    );
  }
  const was = lesson !== null && solved.value.has(`${lesson}/${name}`);
  if (!isSolved && !was) return null;
  return (
    <div class="challenge-verdict is-solved" role="status">
      <p class="challenge-solved">
        <Icon name="check" /> {isSolved ? "Solved" : "Solved before"}
      </p>
      {isSolved && blocks(done)}
    </div>
  );
}

function verdictNow(now: Run | null, challenge: Challenge, cellId: string, lesson: string | null): Found | null {
  const at = now?.cellIds.indexOf(cellId) ?? -1;
  if (!now || at < 0) return null;
  const code = codeOfChallenge(now.cells, at);
  if (!isTouched(code.map((i) => now.cells[i]!.source).join("\n"), challenge.name, lesson)) return null;
  return check(challenge, now.trace, now.cells, code);
}

/** Is there anything to judge: in a lesson, code that is not the lesson's own; elsewhere, any code. */
function isTouched(code: string, name: string, lesson: string | null): boolean {
  const original = lesson === null ? null : lessonFile(lesson)?.document.cells;
  if (!original) return /^\s*[^\s#]/m.test(code);
  const pattern = new RegExp(`^\`\`\`challenge ${name}$`, "m");
  const at = original.findIndex(({ kind, source }) => kind === "markdown" && holdsChallenge(source) && pattern.test(source));
  return code !== codeOfChallenge(original, at).map((i) => original[i]!.source).join("\n");
}

/** Words with code between backticks. */
function Text({ text }: { text: string }) {
  return <>{text.split("`").map((part, i) => (i % 2 ? <code key={i}>{part}</code> : part))}</>;
}
