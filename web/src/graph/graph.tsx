// The graph pane: the drawing of the shown run, what can be done with it, and a word about the node that is selected.
import { computed } from "@preact/signals";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { hovered, litTensors, select, selected } from "../links.ts";
import { Icon } from "../shell/icons.tsx";
import { isStale, showFailed, shownRun } from "../worker/session.ts";
import { Explanation, Timeline } from "../step/timeline.tsx";
import { goToTensor, moment, stage } from "../step/state.ts";
import { Details } from "./details.tsx";
import { place, type Placed, type PlacedNode } from "./layout.ts";
import { textsOf } from "./measure.ts";
import { modelOf } from "./model.ts";
import { NodeCard } from "./node.tsx";
import { Viewport } from "./viewport.ts";

const model = computed(() => {
  const run = shownRun.value;
  return run && run.trace.graph.tensors.length ? modelOf(run.trace) : null;
});
const drawing = computed<Placed | null>(() => model.value && place(model.value));

export function GraphPane() {
  const now = drawing.value;
  const [moved, setMoved] = useState(false);
  const viewport = useRef<Viewport>(null);
  return (
    <section class={`graph-pane ${isStale.value ? "is-stale" : ""} ${moment.value ? "is-stepping" : ""}`} aria-labelledby="graph-title">
      <div class="pane-bar">
        <h2 id="graph-title">Graph</h2>
        {isStale.value && <StaleNote />}
        {showFailed.value && (
          <button class="quiet-button small-button" onClick={() => (showFailed.value = false)}>
            Back to the last good run
          </button>
        )}
      </div>
      {now ? <Drawing placed={now} viewport={viewport} onMoved={setMoved} /> : <Empty />}
      {now && (
        <div class="graph-tools" role="group" aria-label="View">
          <button class="icon-button" aria-label="Zoom in" title="Zoom in" onClick={() => viewport.current?.zoomBy(1.3)}>
            <Icon name="plus" />
          </button>
          <button class="icon-button" aria-label="Zoom out" title="Zoom out" onClick={() => viewport.current?.zoomBy(1 / 1.3)}>
            <Icon name="minus" />
          </button>
          <button class="icon-button" aria-label="Fit" title="Fit" disabled={!moved} onClick={() => viewport.current?.fit()}>
            <Icon name="fit" />
          </button>
        </div>
      )}
      {now && <Legend placed={now} />}
      <Timeline />
      {moment.value ? <Explanation /> : <Details />}
    </section>
  );
}

function Empty() {
  return <p class="graph-empty">{shownRun.value ? "No tensors yet. Make one, and it appears here." : ""}</p>;
}

function StaleNote() {
  return (
    <p class="stale-note">
      Last good run
      <button class="quiet-button small-button" onClick={() => (showFailed.value = true)}>
        Show up to the error
      </button>
    </p>
  );
}

/** Everything that is drawn is named somewhere; what the trace left out, too. */
function Legend({ placed }: { placed: Placed }) {
  const tensors = placed.nodes.flatMap(({ node }) => node.tensor ?? []);
  const omitted = [...(shownRun.value?.trace.omitted ?? [])];
  if (model.value?.left) omitted.push(`${tensors.length} of ${tensors.length + model.value.left} tensors are drawn`);
  return (
    <p class="legend">
      {tensors.some(({ isLeaf, requiresGrad }) => isLeaf && requiresGrad) && <span class="key key-leaf">leaf</span>}
      {tensors.some(({ requiresGrad }) => !requiresGrad) && <span class="key key-constant">no gradient tracked</span>}
      {tensors.some(({ grad, gradIsKept }) => grad && gradIsKept) && <span class="key-kept">grad kept</span>}
      {tensors.some(({ grad, gradIsKept }) => grad && !gradIsKept) && <span class="key-passing">grad passed through</span>}
      {omitted.map((text) => (
        <span key={text}>{text}</span>
      ))}
    </p>
  );
}

interface DrawingProps {
  placed: Placed;
  viewport: { current: Viewport | null };
  onMoved(moved: boolean): void;
}

function Drawing({ placed, viewport, onMoved }: DrawingProps) {
  const svg = useRef<SVGSVGElement>(null);
  const group = useRef<SVGGElement>(null);

  useLayoutEffect(() => {
    const made = new Viewport(svg.current!, group.current!, onMoved);
    viewport.current = made;
    return () => made.destroy();
  }, []);
  useLayoutEffect(() => viewport.current!.show(placed.width, placed.height), [placed]);

  const lit = litTensors.value;
  const keys = new Set([...lit].map((id) => `t${id}`));
  const now = stage.value;
  const ahead = now && new Set(placed.nodes.flatMap(({ node }) => (node.tensor && !now.reached.has(node.tensor.id) ? [node.key] : [])));
  const isAhead = (key: string) => ahead?.has(key) ?? false;
  const entry = placed.nodes.find(({ node }) => node.tensor && node.tensor.id === selected.value) ?? placed.nodes[0];

  return (
    <svg
      ref={svg}
      class={`graph ${lit.size ? "has-lit" : ""}`}
      role="group"
      aria-label="Computation graph. Arrow keys move between nodes."
      onClick={(event) => event.target === svg.current && select(null)}
      onKeyDown={(event) => onKey(event, svg.current!, placed, viewport.current!)}
    >
      <g ref={group}>
        {placed.edges.map(({ edge, path, x, y }) => (
          <path
            key={edge.key}
            class={`edge ${edge.tracked ? "is-tracked" : ""} ${edge.back ? "is-back" : ""} ${keys.has(edge.from) || keys.has(edge.to) ? "is-lit" : ""} ${isAhead(edge.from) || isAhead(edge.to) ? "is-ahead" : ""}`}
            d={path}
            transform={`translate(${x} ${y})`}
          />
        ))}
        {placed.nodes.map((node) => (
          <NodeCard key={node.node.key} placed={atStage(node)} isEntry={node === entry} isAhead={isAhead(node.node.key)} onPick={now ? goToTensor : null} />
        ))}
      </g>
    </svg>
  );
}

/** A node with the value and the gradient that it has at the moment of the time line. */
function atStage(placed: PlacedNode): PlacedNode {
  const { tensor } = placed.node;
  const now = stage.value;
  if (!now || !tensor) return placed;
  const grad = now.grads.get(tensor.id) ?? null;
  const value = now.values.get(tensor.id) ?? tensor.value;
  return { ...placed, node: { ...placed.node, tensor: { ...tensor, grad, value } }, parts: { ...placed.parts, ...textsOf(value, grad) } };
}

const directions: Record<string, [number, number]> = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

/** Arrow keys go to the nearest node in their direction; Enter and Space select; Escape lets go. */
function onKey(event: KeyboardEvent, svg: SVGSVGElement, placed: Placed, viewport: Viewport): void {
  const element = (event.target as Element).closest<SVGGElement>("[data-key]");
  if (!element) return;
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    const at = hovered.peek();
    if (stage.peek() && at !== null) goToTensor(at);
    else select(selected.peek() === at ? null : at);
    return;
  }
  if (event.key === "Escape") return select(null);
  const direction = directions[event.key];
  const here = placed.nodes.find(({ node }) => node.key === element.dataset.key);
  if (!direction || !here) return;
  event.preventDefault();
  const [dx, dy] = direction;
  let best: { key: string; cost: number } | null = null;
  for (const { node, parts, x, y } of placed.nodes) {
    const ox = x + parts.width / 2 - (here.x + here.parts.width / 2);
    const oy = y - here.y;
    const along = ox * dx + oy * dy;
    const cost = along + 2.5 * Math.abs(ox * dy + oy * dx);
    if (along > 4 && (!best || cost < best.cost)) best = { key: node.key, cost };
  }
  const next = best && svg.querySelector<SVGGElement>(`[data-key="${best.key}"]`);
  if (!next) return;
  next.focus({ preventScroll: true });
  viewport.reveal(next);
}
