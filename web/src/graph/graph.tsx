// The graph pane: the drawing of the shown run, what can be done with it, and a word about the node that is selected.
import { computed, signal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { hovered, litTensors, select, selected } from "../links.ts";
import { LabButton } from "../lab/open.tsx";
import { Icon } from "../shell/icons.tsx";
import { isStale, shownRun } from "../worker/session.ts";
import { Rounds } from "../step/rounds.tsx";
import { Explanation, Timeline } from "../step/timeline.tsx";
import { Late } from "../shell/late.tsx";
import { notify } from "../shell/notice.ts";
import { goToTensor, moment, stage } from "../step/state.ts";
import { place, type Placed, type PlacedNode } from "./layout.ts";
import { textsOf } from "./measure.ts";
import { matches, modelOf } from "./model.ts";
import { NodeCard } from "./node.tsx";
import { Viewport } from "./viewport.ts";

const model = computed(() => {
  const run = shownRun.value;
  return run && run.trace.graph.tensors.length ? modelOf(run.trace) : null;
});
const drawing = computed<Placed | null>(() => model.value && place(model.value));

const loadDetails = () => import("./details.tsx").then(({ Details }) => Details);

export function GraphPane() {
  const now = drawing.value;
  const [moved, setMoved] = useState(false);
  const viewport = useRef<Viewport>(null);
  return (
    <section class={`graph-pane ${isStale.value ? "is-stale" : ""} ${moment.value ? "is-stepping" : ""}`} aria-labelledby="graph-title">
      <div class="pane-bar">
        <h2 id="graph-title">Graph</h2>
        {now && wanted.value !== null && <Search placed={now} viewport={viewport} />}
        {isStale.value && <StaleNote />}
        <LabButton />
      </div>
      {now ? <Drawing placed={now} viewport={viewport} onMoved={setMoved} /> : <Empty />}
      {now && (
        <div class="graph-tools" role="group" aria-label="View">
          <button class="icon-button" aria-label="Find" title="Find" aria-expanded={wanted.value !== null} onClick={() => (wanted.value = wanted.value === null ? "" : null)}>
            <Icon name="search" />
          </button>
          <button class="icon-button" aria-label="Zoom in" title="Zoom in" onClick={() => viewport.current?.zoomBy(1.3)}>
            <Icon name="plus" />
          </button>
          <button class="icon-button" aria-label="Zoom out" title="Zoom out" onClick={() => viewport.current?.zoomBy(1 / 1.3)}>
            <Icon name="minus" />
          </button>
          <button class="icon-button" aria-label="Fit" title="Fit" disabled={!moved} onClick={() => viewport.current?.fit()}>
            <Icon name="fit" />
          </button>
          <Export placed={now} />
        </div>
      )}
      {now && <Legend placed={now} />}
      <Rounds />
      <Timeline />
      {moment.value ? <Explanation /> : selected.value !== null && <Late load={loadDetails} />}
    </section>
  );
}

/** What is looked for; null while the field is closed. */
const wanted = signal<string | null>(null);

function foundKeys({ nodes }: Placed): Set<string> | null {
  const text = wanted.value;
  if (!text?.trim()) return null;
  return new Set(nodes.flatMap(({ node }) => (matches(node, text) ? [node.key] : [])));
}

/** Enter goes from one match to the next. */
function Search({ placed, viewport }: { placed: Placed; viewport: { current: Viewport | null } }) {
  const field = useRef<HTMLInputElement>(null);
  const [at, setAt] = useState(-1);
  useEffect(() => field.current!.focus(), []);
  const keys = [...(foundKeys(placed) ?? [])];
  const close = () => (wanted.value = null);
  const next = () => {
    if (!keys.length) return;
    const index = (at + 1) % keys.length;
    const node = placed.nodes.find(({ node }) => node.key === keys[index])!.node;
    setAt(index);
    if (node.tensor) select(node.tensor.id);
    const element = document.querySelector(`.graph [data-key="${node.key}"]`);
    if (element) viewport.current?.reveal(element);
  };
  return (
    <form class="graph-search" role="search" onSubmit={(event) => (event.preventDefault(), next())}>
      <input
        ref={field}
        type="search"
        aria-label="Find in the graph"
        placeholder="name or operator"
        value={wanted.value ?? ""}
        onInput={(event) => (setAt(-1), (wanted.value = event.currentTarget.value))}
        onKeyDown={(event) => event.key === "Escape" && close()}
      />
      <output>{wanted.value?.trim() ? (keys.length ? `${at < 0 ? "" : `${at + 1} of `}${keys.length}` : "none") : ""}</output>
    </form>
  );
}

/** The drawing as a file. */
function Export({ placed }: { placed: Placed }) {
  const menu = useRef<HTMLDetailsElement>(null);
  const save = (kind: "svg" | "png" | "dot") => () => {
    menu.current!.open = false;
    import("./export.ts").then(
      ({ exportGraph }) => exportGraph(kind, document.querySelector<SVGSVGElement>("svg.graph")!, placed),
      () => notify("The export could not be loaded. Is there a network?"),
    );
  };
  return (
    <details ref={menu} class="graph-export" onKeyDown={(event) => event.key === "Escape" && (menu.current!.open = false)}>
      <summary class="icon-button" aria-label="Save the graph" title="Save the graph">
        <Icon name="download" />
      </summary>
      <div class="popover">
        {(["svg", "png", "dot"] as const).map((kind) => (
          <button key={kind} class="menu-item" onClick={save(kind)}>
            {kind.toUpperCase()}
          </button>
        ))}
      </div>
    </details>
  );
}

function Empty() {
  return <p class="graph-empty">{shownRun.value ? "No tensors yet. Make one, and it appears here." : ""}</p>;
}

function StaleNote() {
  return <p class="stale-note">Last good run</p>;
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
      {placed.nodes.some(({ node }) => node.tensor && node.operation?.view) && <span class="key key-view">view: shares memory</span>}
      {placed.edges.some(({ edge }) => edge.broadcast) && <span class="key key-broadcast">broadcast</span>}
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
  // While stepping, a drawing that is too small to read as a whole is shown in part, around what happens.
  const isStepping = moment.value !== null;
  useEffect(() => {
    if (isStepping) viewport.current!.comeNear();
    else viewport.current!.goBack();
  }, [isStepping]);
  useEffect(() => {
    const lit = isStepping && svg.current!.querySelector(".node.is-lit .hit");
    if (lit) viewport.current!.reveal(lit);
  }, [moment.value]);

  const lit = litTensors.value;
  const keys = new Set([...lit].map((id) => `t${id}`));
  const now = stage.value;
  const ahead = now && new Set(placed.nodes.flatMap(({ node }) => (node.tensor && !now.reached.has(node.tensor.id) ? [node.key] : [])));
  const found = foundKeys(placed);
  const { old } = shownRun.value!;
  const isOld = ({ tensor, operation }: PlacedNode["node"]) => (tensor ? old?.tensors.has(tensor.id) : old?.operations.has(operation!.id)) ?? false;
  const oldKeys = new Set(old ? placed.nodes.flatMap(({ node }) => (isOld(node) ? [node.key] : [])) : []);
  const isAhead = (key: string) => ahead?.has(key) || oldKeys.has(key);
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
            class={`edge ${edge.tracked ? "is-tracked" : ""} ${edge.back ? "is-back" : ""} ${keys.has(edge.from) || keys.has(edge.to) ? "is-lit" : ""} ${edge.broadcast ? "is-broadcast" : ""} ${isAhead(edge.from) || isAhead(edge.to) || found ? "is-ahead" : ""}`}
            d={path}
            transform={`translate(${x} ${y})`}
          />
        ))}
        {placed.nodes.map((node) => (
          <NodeCard key={node.node.key} placed={atStage(node)} isEntry={node === entry} isAhead={isAhead(node.node.key)} isPassedOver={found !== null && !found.has(node.node.key)} onPick={now ? goToTensor : null} />
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
