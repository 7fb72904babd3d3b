// The racers: which optimizer with which options, how each fares, its loss over the steps, and its state at the step that is looked at.
import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../shell/icons.tsx";
import { HeatMap } from "../tensor/heat-map.tsx";
import { tensorText } from "../tensor/text.ts";
import type { Preview } from "../../../wasm/src/trace.ts";
import { marker } from "./marker.ts";
import { lossScale, scale, short } from "./scale.ts";
import { addRacer, changeRacer, chosen, elementsInAll, isRacing, MOST_ELEMENTS, MOST_RACERS, ownPath, type Racer, racers, removeRacer, runs, step, stepCount, survey } from "./state.ts";

export function Racers() {
  if (elementsInAll.value > MOST_ELEMENTS) {
    return <p class="lab-note">{elementsInAll.value.toLocaleString("en")} numbers are trained here: too many to race with. The landscape above can still be looked at.</p>;
  }
  return (
    <>
      <StepLine />
      <div class="lab-racing">
        <div class="table-scroll" tabindex={0} role="region" aria-label="Racers">
          <table class="lab-racers" aria-label="Racers" aria-busy={isRacing.value}>
            <thead>
              <tr>
                <th scope="col"><span class="visually-hidden">mark</span></th>
                <th scope="col">optimizer</th>
                <th scope="col">options</th>
                <th scope="col">loss</th>
                <th scope="col"><span class="visually-hidden">remove</span></th>
              </tr>
            </thead>
            <tbody>
              {racers.value.map((racer, i) => <Row key={racer.id} racer={racer} index={i} />)}
              {ownPath.value.length > 1 && (
                <tr>
                  <td><svg class="lab-mark" width="22" height="14" viewBox="-11 -7 22 14" aria-hidden="true"><path class="lab-own" d="M-11 0H11" /></svg></td>
                  <td colSpan={2}>your program, {ownPath.value.length > 400 || survey.value?.cut ? "its first steps" : "as it ran"}</td>
                  <td class="lab-number">{short(ownPath.value.at(-1)!.loss)}</td>
                  <td />
                </tr>
              )}
            </tbody>
          </table>
          {racers.value.length < MOST_RACERS && (
            <button class="quiet-button small-button lab-add" onClick={addRacer}>
              <Icon name="plus" /> Add a racer
            </button>
          )}
        </div>
        <Curves />
        <State />
      </div>
    </>
  );
}

const frameAt = (id: number) => {
  const frames = runs.value[id]?.frames ?? [];
  return frames[Math.min(step.value ?? Infinity, frames.length - 1)];
};

function Row({ racer, index }: { racer: Racer; index: number }) {
  const run = runs.value[racer.id];
  const frame = frameAt(racer.id);
  const ended = run?.frames.findIndex(({ far }) => far) ?? -1;
  const name = `${racer.kind}, racer ${index + 1}`;
  const isGone = ended >= 0 && (step.value ?? Infinity) >= ended;
  const isUnderWay = isRacing.value && !run?.wrong && ended < 0 && (run?.frames.length ?? 0) <= (step.value ?? stepCount.value);
  return (
    <>
      <tr class={chosen.value === racer.id ? "is-chosen" : ""}>
        <td>
          <svg class="lab-mark" width="14" height="14" viewBox="-7 -7 14 14" aria-hidden="true">
            <path class={`lab-place racer-${index}`} d={marker(index)} />
          </svg>
        </td>
        <td>
          <select aria-label={`Optimizer of racer ${index + 1}`} value={racer.kind} onChange={(event) => changeRacer(racer.id, { kind: event.currentTarget.value })}>
            {[...new Set([racer.kind, ...(survey.value?.optimizers ?? [])])].sort().map((kind) => <option key={kind}>{kind}</option>)}
          </select>
        </td>
        <td>
          <input
            class="lab-options"
            aria-label={`Options of ${name}`}
            value={racer.options}
            spellcheck={false}
            autocomplete="off"
            autocapitalize="off"
            onInput={(event) => changeRacer(racer.id, { options: event.currentTarget.value })}
          />
        </td>
        <td class="lab-number">
          {isGone ? <span class="lab-gone">{ended > 0 ? `diverges at step ${ended}` : `${short(run!.frames[0]!.loss)} from the start`}</span> : frame ? `${short(frame.loss)}${isUnderWay ? " …" : ""}` : run?.wrong ? "–" : "…"}
        </td>
        <td class="lab-row-tools">
          <button class="quiet-button small-button" aria-expanded={chosen.value === racer.id} aria-label={`State of ${name}`} onClick={() => (chosen.value = chosen.value === racer.id ? null : racer.id)}>
            state
          </button>
          <button class="icon-button" aria-label={`Remove ${name}`} title="Remove" disabled={racers.value.length === 1} onClick={() => removeRacer(racer.id)}>
            <Icon name="close" />
          </button>
        </td>
      </tr>
      {run?.wrong && (
        <tr>
          <td />
          <td colSpan={4} class="lab-wrong" role="alert">{run.wrong}</td>
        </tr>
      )}
    </>
  );
}

const reached = () => Math.max(0, ...racers.value.map(({ id }) => (runs.value[id]?.frames.length ?? 1) - 1));
const FRAME_MS = 70;

function StepLine() {
  const [playing, setPlaying] = useState(false);
  const last = stepCount.value;
  const at = step.value ?? last;
  useEffect(() => {
    if (!playing) return;
    if (step.peek() === null || step.peek()! >= reached()) step.value = 0;
    const timer = setInterval(() => {
      const next = (step.peek() ?? 0) + 1;
      step.value = next >= stepCount.peek() ? null : next;
      if (step.peek() === null) setPlaying(false);
    }, FRAME_MS);
    return () => clearInterval(timer);
  }, [playing]);
  return (
    <div class="lab-steps">
      <button class="icon-button" aria-label={playing ? "Pause the race" : "Play the race"} title={playing ? "Pause" : "Play"} onClick={() => setPlaying(!playing)}>
        <Icon name={playing ? "pause" : "play"} />
      </button>
      <input
        type="range"
        aria-label="Step of the race"
        aria-valuetext={`step ${at} of ${last}`}
        min={0}
        max={last}
        value={at}
        onInput={(event) => {
          const value = Number(event.currentTarget.value);
          step.value = value >= last ? null : value;
        }}
      />
      <span class="lab-step-count">
        step {at} of{" "}
        <select aria-label="Steps of the race" value={String(last)} onChange={(event) => ((stepCount.value = Number(event.currentTarget.value)), (step.value = null))}>
          {[10, 25, 50, 100, 250, 500].map((count) => <option key={count}>{count}</option>)}
        </select>
      </span>
    </div>
  );
}

const WIDTH = 260;
const HEIGHT = 132;
/** Where the curves begin, right of the numbers. */
const LEFT = 48;

/** The loss of every racer over the steps. */
function Curves() {
  const host = useRef<SVGSVGElement>(null);
  const all = racers.value.map(({ id }) => runs.value[id]?.frames.map(({ loss }) => loss) ?? []);
  // What diverges would press all others flat.
  const near = racers.value.flatMap(({ id }, i) => (runs.value[id]?.frames.some(({ far }) => far) ? [] : [all[i]!]));
  const first = all.find((losses) => losses.length)?.[0] ?? 0;
  const shown = near.length ? near.flat() : all.flat().filter((loss) => Math.abs(loss) <= 20 * Math.max(1, Math.abs(first)));
  const x = scale([0, stepCount.value], LEFT, WIDTH - 6, 4);
  const y = lossScale([...shown, first], HEIGHT - 20, 8);
  return (
    <figure class="lab-curves">
      <svg ref={host} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={`The loss of each racer over ${stepCount.value} steps${y.isLog ? ", in powers of ten" : ""}`}>
        <g class="lab-axes">
          {x.ticks.map((value) => <text key={value} x={x(value)} y={HEIGHT - 5} text-anchor="middle">{short(value)}</text>)}
          {y.ticks.map((value) => (
            <g key={value}>
              <line x1={LEFT} x2={WIDTH - 6} y1={y(value)} y2={y(value)} class="lab-rule" />
              <text x={LEFT - 5} y={y(value)} dy="0.34em" text-anchor="end">{short(value)}</text>
            </g>
          ))}
        </g>
        {step.value !== null && <line class="lab-now" x1={x(step.value)} x2={x(step.value)} y1={4} y2={HEIGHT - 18} />}
        {all.map((losses, i) => {
          const points = losses.flatMap((loss, k) => {
            const at = y(loss);
            return Number.isFinite(at) ? [`${x(k).toFixed(1)} ${Math.max(-50, Math.min(HEIGHT + 50, at)).toFixed(1)}`] : [];
          });
          return <polyline key={racers.value[i]!.id} class={`lab-way racer-${i}`} points={points.join(" ")} />;
        })}
      </svg>
      <figcaption>loss over the steps{y.isLog ? ", in powers of ten" : ""}</figcaption>
    </figure>
  );
}

const MOST_TEXT = 26;

function Value({ preview, label }: { preview: Preview | null; label: string }) {
  if (!preview) return <>None</>;
  const text = tensorText(preview);
  return text.length <= MOST_TEXT ? <code>{text}</code> : <HeatMap preview={preview} label={label} />;
}

function State() {
  const racer = racers.value.find(({ id }) => id === chosen.value);
  const frame = racer && frameAt(racer.id);
  if (!racer || !frame) return null;
  const at = runs.value[racer.id]!.frames.indexOf(frame);
  const names = [...new Set(frame.parameters.flatMap(({ state }) => Object.keys(state)))];
  return (
    <div class="table-scroll lab-state" tabindex={0} role="region" aria-label={`State of ${racer.kind}`}>
      <table class="change-table">
        <caption>
          {racer.kind}({racer.options}) before step {at + 1}
        </caption>
        <thead>
          <tr>
            <th scope="col">parameter</th>
            <th scope="col">value</th>
            <th scope="col">.grad</th>
            {names.map((name) => <th key={name} scope="col">{name}</th>)}
          </tr>
        </thead>
        <tbody>
          {frame.parameters.map(({ value, grad, state }, i) => (
            <tr key={i}>
              <th scope="row"><code>{survey.value?.leaves[i]?.name}</code></th>
              <td><Value preview={value} label="value" /></td>
              <td class="change-grad"><Value preview={grad} label="gradient" /></td>
              {names.map((name) => <td key={name}>{state[name] ? <Value preview={state[name]!} label={name} /> : "–"}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
