// Which round of a loop is looked at: one slider for each loop that matters, above the time line.
import type { Loop, Trace } from "../../../wasm/src/trace.ts";
import { sourceOf } from "../document/store.ts";
import { Icon } from "../shell/icons.tsx";
import { letGo, pick, picked } from "../worker/rounds.ts";
import { run } from "../worker/session.ts";
import { goTo } from "./state.ts";

interface Choice {
  loop: Loop;
  index: number;
}

/** The loops in which something is computed, with more than one round; at most so many, the ones that come first. */
const MOST = 12;

function choicesOf({ loops, graph, status }: Trace): Choice[] {
  if (status === "running") return [];
  const lines = graph.operations.flatMap(({ span, count }) => (span && count > 1 ? [span] : []));
  const holds = ({ span }: Loop) => lines.some(({ cell, line }) => cell === span.cell && span.line <= line && line <= span.endLine);
  // A loop that only calls a function has no line of its own with an operation; its rounds matter all the same.
  const some = loops.flatMap((loop, index) => (loop.rounds > 1 && (holds(loop) || lines.length) ? [{ loop, index }] : []));
  return some.slice(0, MOST);
}

/** The line of the loop as it is written, without its colon. */
function headOf({ span }: Loop): string {
  const id = run.value?.cellIds[span.cell];
  const line = id ? sourceOf(id)?.split("\n")[span.line - 1] : undefined;
  return line?.trim().replace(/:\s*(#.*)?$/, "") ?? `line ${span.line}`;
}

export function Rounds() {
  const trace = run.value?.trace;
  const choices = trace ? choicesOf(trace) : [];
  if (!choices.length) return null;
  const now = picked.value;
  const { loop, index } = choices.find(({ index }) => index === now?.loop) ?? choices[0]!;
  const at = now?.loop === index ? now.rounds : loop.rounds;
  const go = (round: number) => {
    goTo(null);
    if (round >= loop.rounds) letGo();
    else pick({ loop: index, rounds: Math.max(1, round) });
  };
  return (
    <div class={`rounds ${now ? "is-picked" : ""}`} role="group" aria-label="Rounds of a loop">
      {choices.length > 1 ? (
        <select class="rounds-loop" aria-label="Loop" value={String(index)} onChange={(event) => pick({ loop: Number(event.currentTarget.value), rounds: choices.find(({ index }) => index === Number(event.currentTarget.value))!.loop.rounds - 1 })}>
          {choices.map(({ loop, index }) => (
            <option key={index} value={String(index)}>
              {headOf(loop)}
            </option>
          ))}
        </select>
      ) : (
        <code class="rounds-loop">{headOf(loop)}</code>
      )}
      <button class="icon-button" aria-label="Round before" title="Round before" disabled={at <= 1} onClick={() => go(at - 1)}>
        <Icon name="previous" />
      </button>
      <input
        type="range"
        aria-label="Round"
        min={1}
        max={loop.rounds}
        value={at}
        style={{ "--at": (at - 1) / Math.max(1, loop.rounds - 1) }}
        aria-valuetext={`round ${at} of ${loop.rounds}`}
        onInput={(event) => go(Number(event.currentTarget.value))}
      />
      <button class="icon-button" aria-label="Next round" title="Next round" disabled={at >= loop.rounds} onClick={() => go(at + 1)}>
        <Icon name="next" />
      </button>
      <output class="rounds-count">
        {at.toLocaleString("en")} <small>of {loop.rounds.toLocaleString("en")}</small>
      </output>
    </div>
  );
}
