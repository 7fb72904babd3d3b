// The time line below the graph: play, back, forth, and a slider over all moments of the run, coloured by what happens there.
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Icon } from "../shell/icons.tsx";
import { Late } from "../shell/late.tsx";
import { back, goTo, moments, next, playing, position } from "./state.ts";
import type { Moment } from "./moments.ts";

/** What a stretch is called, and what where there is no room for that. */
const KINDS: Record<Moment["kind"], [string, string]> = { forward: ["forward", "fwd"], backward: ["backward", "back"], update: ["optimizer", "opt"] };

/** Neighbours of one kind: where they begin and end. */
function stretches(list: Moment[]): { kind: Moment["kind"]; from: number; to: number }[] {
  const found: { kind: Moment["kind"]; from: number; to: number }[] = [];
  list.forEach(({ kind }, i) => {
    const last = found.at(-1);
    if (last?.kind === kind) last.to = i + 1;
    else found.push({ kind, from: i, to: i + 1 });
  });
  return found;
}

/** What tells a moment in words, loaded with the first step. */
const words = signal<typeof import("./words.ts") | null>(null);

export function Timeline() {
  const list = moments.value;
  const at = position.value;
  const isStepping = at !== null;
  useEffect(() => {
    if (isStepping && !words.peek()) import("./words.ts").then((module) => (words.value = module), () => {}); // Late says so
  }, [isStepping]);
  if (!list.length) return null;
  const percent = (i: number) => `${(i / list.length) * 100}%`;
  return (
    <div class={`timeline ${at === null ? "" : "is-stepping"}`} role="group" aria-label="Time line" onKeyDown={({ key }) => key === "Escape" && goTo(null)}>
      <button class="icon-button" aria-label={playing.value ? "Pause" : "Play"} title={playing.value ? "Pause" : "Play the run step by step"} onClick={toggle}>
        <Icon name={playing.value ? "pause" : "play"} />
      </button>
      <button class="icon-button" aria-label="Step back" title="Step back" disabled={at === 0} onClick={back}>
        <Icon name="previous" />
      </button>
      <button class="icon-button" aria-label="Next step" title="Next step" onClick={next}>
        <Icon name="next" />
      </button>
      <div class="timeline-track">
        <div class="timeline-stretches" aria-hidden="true">
          {stretches(list).map(({ kind, from, to }) => (
            <span key={from} class={`stretch stretch-${kind}`} style={{ left: percent(from), width: percent(to - from) }}>
              <span class="stretch-name">{KINDS[kind][0]}</span>
              <span class="stretch-short">{KINDS[kind][1]}</span>
            </span>
          ))}
        </div>
        <input
          type="range"
          aria-label="Step"
          min={0}
          max={list.length}
          value={at ?? list.length}
          aria-valuetext={at === null ? "The whole run" : (words.value?.titleOf(list[at]!) ?? `Step ${at + 1}`)}
          onInput={(event) => goTo(Number(event.currentTarget.value))}
          onKeyDown={onKey}
        />
      </div>
      {at !== null && (
        <>
          <LineMenu list={list} at={at} />
          <button class="icon-button" aria-label="Show the whole run" title="Show the whole run" onClick={showAll}>
            <Icon name="close" />
          </button>
        </>
      )}
    </div>
  );
}

/** The button goes with it; the keyboard stays on the track. */
function showAll({ currentTarget }: { currentTarget: HTMLElement }): void {
  currentTarget.closest(".timeline")!.querySelector<HTMLElement>("input[type=range]")!.focus();
  goTo(null);
}

function toggle(): void {
  if (!playing.value && position.value === null) goTo(0);
  playing.value = !playing.value;
}

/** The arrow keys are the slider's own; on buttons Space presses them. */
function onKey(event: KeyboardEvent): void {
  if (event.key === " ") {
    event.preventDefault();
    toggle();
  }
}

function LineMenu({ list, at }: { list: Moment[]; at: number }) {
  const first = new Map<string, number>();
  list.forEach(({ span }, i) => {
    const key = span ? lineKey(span) : null;
    if (key && !first.has(key)) first.set(key, i);
  });
  const span = list[at]!.span;
  const many = new Set(list.map(({ span }) => span?.cell)).size > 1;
  return (
    <select class="line-menu" aria-label="Jump to a line" value={span ? lineKey(span) : ""} onChange={(event) => goTo(first.get(event.currentTarget.value) ?? at)}>
      {[...first].map(([key, i]) => (
        <option key={key} value={key}>
          {many ? `cell ${list[i]!.span!.cell + 1}, ` : ""}line {list[i]!.span!.line}
        </option>
      ))}
    </select>
  );
}

const lineKey = ({ cell, line }: { cell: number; line: number }) => `${cell}:${line}`;

const loadExplain = () => import("./explain.tsx").then(({ Explain }) => Explain);

/** What happens at the moment. */
export const Explanation = () => <Late load={loadExplain} />;
