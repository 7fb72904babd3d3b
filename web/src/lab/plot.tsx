// The picture of the lab: the loss as contours over two elements or as a curve over one, the way of the program, the ways of the racers, and the
// start, which is dragged or moved with the arrow keys.
import { useComputed } from "@preact/signals";
import { useId, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { bandsOf, holesOf, known } from "./contours.ts";
import { marker } from "./marker.ts";
import { scale, short, type Scale } from "./scale.ts";
import { axes, type Frame, grid, moved, ownPath, racers, range, runs, startOf, step, survey, valueIn, xSpot, ySpot, zoom } from "./state.ts";

const LEFT = 52;
const RIGHT = 14;
const TOP = 12;
const BOTTOM = 38;

export function Plot() {
  const host = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(640);
  useLayoutEffect(() => {
    const observer = new ResizeObserver(([entry]) => setWidth(Math.max(240, Math.round(entry!.contentRect.width))));
    observer.observe(host.current!);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={host} class="lab-plot">
      <Picture width={width} height={Math.round(Math.min(400, Math.max(230, width * 0.5)))} />
    </div>
  );
}

/** The loss on a curve of known points, for the start and the racers of a slice. */
function curveOf(): { x: number; y: number }[] {
  const now = grid.value;
  if (!now || now.ys.length > 1) return [];
  const { values } = known(now);
  return values.map((y, i) => ({ x: now.xs[i * now.stride]!, y }));
}

function lossRange(): [number, number] {
  const values = curveOf().map(({ y }) => y).filter(Number.isFinite).sort((a, b) => a - b);
  if (!values.length) return [0, 1];
  const low = values[0]!;
  const high = values[Math.floor((values.length - 1) * 0.98)]!;
  const spare = (high - low || Math.abs(low) || 1) * 0.08;
  return [low - spare, high + spare];
}

function Picture({ width, height }: { width: number; height: number }) {
  const clip = useId();
  const spot = xSpot.value;
  const other = ySpot.value;
  const [xName, yName] = axes.value;
  const inner = { left: LEFT, right: width - RIGHT, top: TOP, bottom: height - BOTTOM };
  const x = scale(range.value.x, inner.left, inner.right, width < 420 ? 4 : 7);
  const y = scale(other ? range.value.y : lossRange(), inner.bottom, inner.top, 5);
  if (!spot) return null;

  const points = (frames: Frame[]): [number, number][] => frames.map((frame) => [valueIn(frame, spot), other ? valueIn(frame, other) : frame.loss]);
  const start: [number, number] = [startOf(xName), yName === null ? Number(startLoss()) : startOf(yName)];
  const own = ownPath.value.map((point): [number, number] => [point.x, other ? point.y! : point.loss]);

  return (
    <svg class="lab-picture" width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="group" aria-label={sentence(xName, yName)} onWheel={onWheel}>
      <clipPath id={clip}>
        <rect x={inner.left} y={inner.top} width={inner.right - inner.left} height={inner.bottom - inner.top} />
      </clipPath>
      <pattern id={`${clip}-holes`} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect class="lab-hole-ground" width="6" height="6" />
        <line class="lab-hole-line" x1="0" y1="0" x2="0" y2="6" />
      </pattern>
      <rect class="lab-ground" x={inner.left} y={inner.top} width={inner.right - inner.left} height={inner.bottom - inner.top} />
      <g clip-path={`url(#${clip})`} aria-hidden="true">
        {other ? <Field inner={inner} holes={`${clip}-holes`} /> : <Slice x={x} y={y} />}
        <Way points={own} x={x} y={y} class="lab-own" />
        {own.length > 1 && own.length <= 60 && own.map(([a, b], i) => <circle key={i} class="lab-own-point" cx={clamp(x(a))} cy={clamp(y(b))} r={2} />)}
        {racers.value.map(({ id }, i) => {
          const run = runs.value[id];
          const frames = run?.frames.slice(0, (step.value ?? Infinity) + 1) ?? [];
          return <Way key={id} points={points(frames)} x={x} y={y} class={`lab-way racer-${i}`} />;
        })}
      </g>
      <g aria-hidden="true">
        {racers.value.map(({ id }, i) => {
          const frames = runs.value[id]?.frames;
          if (!frames?.length) return null;
          const at = frames[Math.min(step.value ?? Infinity, frames.length - 1)]!;
          return <Place key={id} point={points([at])[0]!} x={x} y={y} inner={inner} index={i} />;
        })}
      </g>
      <Axes x={x} y={y} inner={inner} xName={xName} yName={yName ?? (survey.value?.loss || "loss")} width={width} height={height} />
      <Start at={start} x={x} y={y} inner={inner} />
    </svg>
  );
}

/** The loss at the start of a slice: the first step of any racer tells it, or the program. */
function startLoss(): number {
  const [x] = axes.value;
  for (const { id } of racers.value) {
    const first = runs.value[id]?.frames[0];
    if (first && Math.abs(valueIn(first, xSpot.value!) - startOf(x)) < 1e-6 * Math.max(1, Math.abs(startOf(x)))) return first.loss;
  }
  const curve = curveOf();
  const after = curve.findIndex((point) => point.x >= startOf(x));
  if (after > 0) {
    const [a, b] = [curve[after - 1]!, curve[after]!];
    return a.y + ((b.y - a.y) * (startOf(x) - a.x)) / (b.x - a.x);
  }
  return Number(survey.value?.value);
}

function sentence(x: string, y: string | null): string {
  const loss = survey.value?.loss || "the loss";
  return y === null ? `${loss} as a curve over ${x}.` : `${loss} as contours over ${x} and ${y}.`;
}

const clamp = (pixel: number) => Math.max(-1e4, Math.min(1e4, Number.isFinite(pixel) ? pixel : 1e4));

interface Inner {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

function Field({ inner, holes }: { inner: Inner; holes: string }) {
  const now = grid.value;
  const drawn = useMemo(() => (now && now.ys.length > 1 ? { bands: bandsOf(now), holes: holesOf(now) } : null), [now]);
  if (!drawn || !now) return null;
  // What was asked for another part of the plane stays where it is until the new part is there.
  const x = scale(range.value.x, inner.left, inner.right);
  const y = scale(range.value.y, inner.bottom, inner.top);
  const across = (part: number) => clamp(x(now.xs[0]! + part * (now.xs.at(-1)! - now.xs[0]!)));
  const up = (part: number) => clamp(y(now.ys[0]! + part * (now.ys.at(-1)! - now.ys[0]!)));
  return (
    <g class="lab-field">
      {drawn.bands.map(({ level, path }, i) => (
        <path key={level} class="lab-band" style={{ "--band": i / drawn.bands.length }} d={path(across, up)} />
      ))}
      {drawn.holes.map((hole, i) => (
        <rect key={i} fill={`url(#${holes})`} x={across(hole.x)} y={up(hole.y + hole.height)} width={across(hole.x + hole.width) - across(hole.x)} height={up(hole.y) - up(hole.y + hole.height)} />
      ))}
    </g>
  );
}

function Slice({ x, y }: { x: Scale; y: Scale }) {
  const curve = useComputed(curveOf).value;
  let path = "";
  let isOpen = false;
  for (const point of curve) {
    if (Number.isFinite(point.y)) path += `${isOpen ? "L" : "M"}${clamp(x(point.x)).toFixed(1)} ${clamp(y(point.y)).toFixed(1)}`;
    isOpen = Number.isFinite(point.y);
  }
  return <path class="lab-slice" d={path} />;
}

function Way({ points, x, y, class: name }: { points: [number, number][]; x: Scale; y: Scale; class: string }) {
  if (points.length < 2) return null;
  const path = points.filter(([a, b]) => Number.isFinite(a) && Number.isFinite(b)).map(([a, b]) => `${clamp(x(a)).toFixed(1)} ${clamp(y(b)).toFixed(1)}`);
  return <polyline class={name} points={path.join(" ")} />;
}

/** Where a racer is; at the edge, pointing outwards, when it has left the picture. */
function Place({ point: [a, b], x, y, inner, index }: { point: [number, number]; x: Scale; y: Scale; inner: Inner; index: number }) {
  const at = { x: x(a), y: y(b) };
  const inside = at.x >= inner.left && at.x <= inner.right && at.y >= inner.top && at.y <= inner.bottom;
  if (inside) return <path class={`lab-place racer-${index}`} d={marker(index)} transform={`translate(${at.x} ${at.y})`} />;
  const number = (value: number, otherwise: number) => (Number.isFinite(value) ? value : otherwise);
  const edge = {
    x: Math.min(inner.right - 9, Math.max(inner.left + 9, number(at.x, inner.right))),
    y: Math.min(inner.bottom - 9, Math.max(inner.top + 9, number(at.y, inner.top))),
  };
  const angle = (Math.atan2(number(at.y, inner.top) - edge.y, number(at.x, inner.right) - edge.x) * 180) / Math.PI;
  return <path class={`lab-place is-away racer-${index}`} d="M-6 -5L5 0L-6 5Z" transform={`translate(${edge.x} ${edge.y}) rotate(${angle})`} />;
}

function Axes({ x, y, inner, xName, yName, width, height }: { x: Scale; y: Scale; inner: Inner; xName: string; yName: string; width: number; height: number }) {
  return (
    <g class="lab-axes" aria-hidden="true">
      {x.ticks.map((value) => (
        <g key={value} transform={`translate(${x(value)} ${inner.bottom})`}>
          <line y2="4" />
          <text y="16" text-anchor="middle">{short(value)}</text>
        </g>
      ))}
      {y.ticks.map((value) => (
        <g key={value} transform={`translate(${inner.left} ${y(value)})`}>
          <line x2="-4" />
          <text x="-8" dy="0.34em" text-anchor="end">{short(value)}</text>
        </g>
      ))}
      <text class="lab-axis-name" x={(inner.left + inner.right) / 2} y={height - 5} text-anchor="middle">{xName}</text>
      <text class="lab-axis-name" transform={`translate(12 ${(inner.top + inner.bottom) / 2}) rotate(-90)`} text-anchor="middle">{yName}</text>
      <rect class="lab-frame" x={inner.left} y={inner.top} width={width - LEFT - RIGHT} height={inner.bottom - inner.top} />
    </g>
  );
}

/** Six digits are enough for a hand. */
const rounded = (value: number) => Number(value.toPrecision(5));

function moveTo(x: number, y: number | null): void {
  const [xName, yName] = axes.peek();
  moved.value = { ...moved.peek(), [xName]: rounded(x), ...(yName === null || y === null ? {} : { [yName]: rounded(y) }) };
}

function Start({ at: [a, b], x, y, inner }: { at: [number, number]; x: Scale; y: Scale; inner: Inner }) {
  const drag = useRef(false);
  const [xName, yName] = axes.value;
  const px = Math.min(inner.right, Math.max(inner.left, Number.isFinite(x(a)) ? x(a) : inner.left));
  const py = Math.min(inner.bottom, Math.max(inner.top, Number.isFinite(y(b)) ? y(b) : inner.top));
  const follow = (event: PointerEvent) => {
    if (!drag.current) return;
    const box = (event.currentTarget as SVGElement).ownerSVGElement!.getBoundingClientRect();
    const within = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));
    moveTo(x.back(within(event.clientX - box.left, inner.left, inner.right)), y.back(within(event.clientY - box.top, inner.top, inner.bottom)));
  };
  const label = `Start: ${xName} = ${short(startOf(xName))}${yName === null ? "" : `, ${yName} = ${short(startOf(yName))}`}. Arrow keys move it.`;
  return (
    <g
      class="lab-start"
      transform={`translate(${px} ${py})`}
      tabindex={0}
      role="button"
      aria-label={label}
      onPointerDown={(event) => {
        drag.current = true;
        event.currentTarget.setPointerCapture(event.pointerId);
        event.currentTarget.focus();
        event.preventDefault();
      }}
      onPointerMove={follow}
      onPointerUp={() => (drag.current = false)}
      onPointerCancel={() => (drag.current = false)}
      onKeyDown={onKey}
    >
      <circle class="lab-start-reach" r="18" />
      <circle class="lab-start-ring" r="7.5" />
      <circle class="lab-start-dot" r="2" />
    </g>
  );
}

const ARROWS: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

function onKey(event: KeyboardEvent): void {
  const arrow = ARROWS[event.key];
  if (!arrow) return;
  event.preventDefault();
  const [xName, yName] = axes.peek();
  const part = event.shiftKey ? 0.1 : 0.02;
  const by = ([low, high]: [number, number]) => (high - low) * part;
  const now = range.peek();
  moveTo(startOf(xName) + arrow[0] * by(now.x), yName === null ? null : startOf(yName) + arrow[1] * by(now.y));
}

function onWheel(event: WheelEvent): void {
  if (!event.ctrlKey) return; // the page scrolls; a pinch zooms
  event.preventDefault();
  zoom(event.deltaY > 0 ? 1.15 : 1 / 1.15);
}
