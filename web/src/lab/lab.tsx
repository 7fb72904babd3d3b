// The optimizer lab: the landscape of the program's own loss, and races on it. Stands in the place of the graph while it is open.
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "../shell/icons.tsx";
import { Plot } from "./plot.tsx";
import { Racers } from "./racers.tsx";
import { short } from "./scale.ts";
import { axes, chooseAxes, close, fit, grid, moved, spots, startLab, startOf, survey, trouble, wantedLoss, xSpot, zoom } from "./state.ts";
import "./lab.css";

export function Lab() {
  useEffect(startLab, []);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current!.focus(), []);
  return (
    <section class="lab" aria-labelledby="lab-title" onKeyDown={(event) => event.key === "Escape" && close()}>
      <div class="pane-bar">
        <h2 id="lab-title" ref={heading} tabindex={-1}>
          Optimizer lab
        </h2>
        <button class="icon-button lab-close" aria-label="Close the lab" title="Close" onClick={close}>
          <Icon name="close" />
        </button>
      </div>
      <div class="lab-body">
        {trouble.value !== null ? <p class="lab-note">{trouble.value}</p> : xSpot.value ? <Content /> : <p class="lab-note">Looking at the loss…</p>}
      </div>
    </section>
  );
}

function Content() {
  return (
    <>
      <Axes />
      <Plot />
      <Ground />
      <Racers />
    </>
  );
}

function Axes() {
  const [x, y] = axes.value;
  const keys = [...spots.value.keys()];
  const losses = survey.value!.losses;
  return (
    <div class="lab-bar">
      {losses.length > 1 && (
        <label>
          loss{" "}
          <select value={survey.value!.loss} onChange={(event) => (wantedLoss.value = event.currentTarget.value)}>
            {losses.map((name) => <option key={name} value={name}>{name || "unnamed"}</option>)}
          </select>
        </label>
      )}
      <label>
        <span>{losses.length > 1 ? "along" : <><code>{survey.value!.loss || "loss"}</code> along</>}</span>{" "}
        <select aria-label="First axis" value={x} onChange={(event) => chooseAxes([event.currentTarget.value, y === event.currentTarget.value ? null : y])}>
          {keys.map((key) => <option key={key}>{key}</option>)}
        </select>
      </label>
      {keys.length > 1 && (
        <label>
          and{" "}
          <select aria-label="Second axis" value={y ?? ""} onChange={(event) => chooseAxes([x, event.currentTarget.value || null])}>
            <option value="">nothing else</option>
            {keys.filter((key) => key !== x).map((key) => <option key={key}>{key}</option>)}
          </select>
        </label>
      )}
      <span class="lab-zoom" role="group" aria-label="View">
        <button class="icon-button" aria-label="Zoom in" title="Zoom in" onClick={() => zoom(1 / 1.5)}>
          <Icon name="plus" />
        </button>
        <button class="icon-button" aria-label="Zoom out" title="Zoom out" onClick={() => zoom(1.5)}>
          <Icon name="minus" />
        </button>
        <button class="icon-button" aria-label="Fit" title="Fit" onClick={fit}>
          <Icon name="fit" />
        </button>
      </span>
    </div>
  );
}

/** Where the start is, and what the picture can't show. */
function Ground() {
  const [x, y] = axes.value;
  const shown = y === null ? [x] : [x, y];
  const others = [...spots.value.keys()].filter((key) => !shown.includes(key));
  const now = grid.value;
  const values = now ? [...now.values].filter((value) => !Number.isNaN(value)) : [];
  const infinite = values.filter((value) => !Number.isFinite(value)).length;
  return (
    <p class="lab-ground-line">
      Start:{" "}
      {shown.map((key) => (
        <label key={key}>
          <code>{key}</code> ={" "}
          <input
            type="number"
            step="any"
            aria-label={`Start of ${key}`}
            value={Number.isFinite(startOf(key)) ? Number(startOf(key).toPrecision(5)) : ""}
            onInput={(event) => {
              const value = event.currentTarget.valueAsNumber;
              if (Number.isFinite(value)) moved.value = { ...moved.peek(), [key]: value };
            }}
          />
        </label>
      ))}
      {Object.keys(moved.value).length > 0 && (
        <button class="quiet-button small-button" onClick={() => (moved.value = {})}>
          Back to the program's
        </button>
      )}
      {others.length > 0 && (
        <small>
          {others.length === 1 ? <><code>{others[0]}</code> stays at {short(startOf(others[0]!))}</> : `${others.length} others stay as they start`} in this picture; races move {others.length === 1 ? "it" : "them"} too.
        </small>
      )}
      {infinite > 0 && <small>Hatched: the loss is no finite number.</small>}
    </p>
  );
}
