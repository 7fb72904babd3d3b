// The graph pane: the drawing of the shown run, what can be done with it, and a word about the node that is selected.
import { computed, signal } from "@preact/signals";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { hovered, litTensors, select, selected } from "../links.ts";
import { LabButton } from "../lab/open.tsx";
import { Icon } from "../shell/icons.tsx";
import { isStale, shownRun } from "../worker/session.ts";
import { Rounds } from "../step/rounds.tsx";
import { Explanation, Timeline } from "../step/timeline.tsx";
import { Late } from "../shell/late.tsx";
import { notify } from "../shell/notice.ts";
import { goToTensor, moment, stage } from "../step/state.ts";
import { setOpen } from "./fold.ts";
import { shapeText, shortText } from "../tensor/text.ts";
import type { Preview } from "../../../wasm/src/trace.ts";
import type { Size } from "./components.ts";
import { place, type Placed, type PlacedEdge, type PlacedFrame, type PlacedNode } from "./layout.ts";
import { textsOf } from "./measure.ts";
import { matches, modelOf, slopeOf } from "./model.ts";
import { NodeCard } from "./node.tsx";
import { Overview } from "./overview.tsx";
import { BADGE } from "./measure.ts";
import { HIDDEN, type View, view, Viewport } from "./viewport.ts";
import { directions, neighbour, placesOf } from "./walk.ts";

const model = computed(() => {
  const run = shownRun.value;
  const made = run && run.trace.graph.tensors.length ? modelOf(run.trace) : null;
  return made?.nodes.length ? made : null;
});
/** What the drawing may take; with what words about a node or a moment take for a while, so that these do not turn it. */
const room = signal<Size | null>(null);
const UNPLACED: Placed = { nodes: [], edges: [], frames: [], width: 1, height: 1, isSideways: false, shape: {} };
const drawing = computed<Placed | null>(() => model.value && (room.value ? place(model.value, room.value) : UNPLACED));

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
          <button class="icon-button graph-find" aria-label="Find" title="Find" aria-expanded={wanted.value !== null} onClick={() => (wanted.value = wanted.value === null ? "" : null)}>
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
  const close = () => {
    wanted.value = null;
    document.querySelector<HTMLElement>(".graph-find")?.focus();
  };
  const next = () => {
    if (!keys.length) return;
    const index = (at + 1) % keys.length;
    const node = placed.nodes.find(({ node }) => node.key === keys[index])!.node;
    setAt(index);
    if (node.tensor) select(node.tensor.id);
    viewport.current?.reveal(boxOf(placed.nodes.find(({ node: { key } }) => key === node.key)!));
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
  const fold = () => {
    menu.current!.open = false;
    menu.current!.querySelector("summary")!.focus();
  };
  const save = (kind: "svg" | "png" | "dot") => () => {
    fold();
    import("./export.ts").then(
      ({ exportGraph }) => exportGraph(kind, document.querySelector<SVGSVGElement>("svg.graph")!, placed),
      () => notify("The export could not be loaded. Is there a network?"),
    );
  };
  return (
    <details ref={menu} class="graph-export" aria-label="Save the graph" onKeyDown={(event) => event.key === "Escape" && menu.current!.open && fold()}>
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
      {placed.edges.some(({ edge }) => edge.broadcast) && <span class="key key-broadcast">broadcast{placed.edges.some(({ edge }) => edge.broadcast && edge.tracked) && ", Σ its gradient summed back"}</span>}
      {(placed.edges.some(({ edge }) => edge.saved) || placed.nodes.some(({ node }) => node.isSaved)) && <span class="key key-saved">kept for backward</span>}
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

  const lit = litTensors.value;
  const { standIn } = model.value!;
  const keys = new Set([...lit].map((id) => `t${standIn.get(id) ?? id}`));

  useLayoutEffect(() => {
    const made = new Viewport(svg.current!, group.current!, onMoved, (size) => {
      const words = svg.current!.closest(".graph-pane")!.querySelector<HTMLElement>(".details, .explain")?.offsetHeight ?? 0;
      if (size !== HIDDEN || !room.peek()) room.value = { width: size.width, height: size.height + words };
    });
    viewport.current = made;
    return () => made.destroy();
  }, []);
  useLayoutEffect(() => viewport.current!.show(placed), [placed]);
  // While stepping, a drawing that is too small to read as a whole is shown in part, around what happens.
  const isStepping = moment.value !== null;
  useEffect(() => {
    if (isStepping) viewport.current!.comeNear();
    else viewport.current!.goBack();
  }, [isStepping]);
  useEffect(() => {
    const lit = isStepping && placed.nodes.find(({ node }) => keys.has(node.key));
    if (lit) viewport.current!.reveal(boxOf(lit));
  }, [moment.value]);

  const now = stage.value;
  const ahead = now && new Set(placed.nodes.flatMap(({ node }) => (node.tensor && !now.reached.has(node.tensor.id) ? [node.key] : [])));
  const found = foundKeys(placed);
  const { old } = shownRun.value!;
  const isOld = ({ tensor, operation }: PlacedNode["node"]) => (tensor ? old?.tensors.has(tensor.id) : old?.operations.has(operation!.id)) ?? false;
  const oldKeys = new Set(old ? placed.nodes.flatMap(({ node }) => (isOld(node) ? [node.key] : [])) : []);
  const isAhead = (key: string) => ahead?.has(key) || oldKeys.has(key);
  const places = useMemo(() => placesOf(placed), [placed]);
  const entry = placed.nodes.find(({ node }) => node.tensor && node.tensor.id === selected.value) ?? placed.nodes[0];

  // Of a large graph only what is in view is drawn card by card, with what the keyboard stands on.
  const isLarge = placed.nodes.length > LARGE;
  const isNear = inView(isLarge ? view.value : null, [walkedTo.value, entry?.node.key]);
  const nodes = isLarge ? placed.nodes.filter(isNear) : placed.nodes;
  const near = isLarge ? new Set(nodes.map(({ node }) => node.key)) : null;
  const edges = near ? placed.edges.filter(({ edge }) => near.has(edge.from) || near.has(edge.to)) : placed.edges;

  const passing = moment.value?.kind === "backward" ? moment.value : null;
  /** The gradient that the moment sends along an edge. */
  const flowOf = ({ edge }: PlacedEdge): Preview | null => {
    const [out] = passing?.operation?.outputs ?? [];
    if (out === undefined || (edge.to !== `t${out}` && edge.to !== `o${passing!.operation!.id}`)) return null;
    return passing!.step.out.find(({ input }) => input === edge.input)?.grad ?? null;
  };

  return (
    <svg
      ref={svg}
      class={`graph ${lit.size ? "has-lit" : ""}`}
      role="tree"
      aria-label={`Computation graph. Arrow ${placed.isSideways ? "left" : "up"} goes to what a node was made of, arrow ${placed.isSideways ? "right" : "down"} to what is made of it. Plus opens a module, minus folds it.`}
      onClick={(event) => event.target === svg.current && select(null)}
      onKeyDown={(event) => onKey(event, svg.current!, placed, viewport.current!)}
    >
      <g ref={group}>
        {isLarge && <Overview placed={placed} seen={view.value} />}
        {placed.frames.map((frame) => (
          <Frame key={frame.group.key} frame={frame} />
        ))}
        {edges.map(({ edge, path, x, y }) => (
          <path
            key={edge.key}
            class={`edge ${edge.tracked ? "is-tracked" : ""} ${edge.back ? "is-back" : ""} ${keys.has(edge.from) || keys.has(edge.to) ? "is-lit" : ""} ${edge.broadcast ? "is-broadcast" : ""} ${isAhead(edge.from) || isAhead(edge.to) || found ? "is-ahead" : ""}`}
            d={path}
            transform={`translate(${x} ${y})`}
          />
        ))}
        {edges.map((edge) => (
          <EdgeMarks key={edge.edge.key} placed={edge} isSideways={placed.isSideways} flow={flowOf(edge)} isAhead={isAhead(edge.edge.from) || isAhead(edge.edge.to) || found !== null} />
        ))}
        {nodes.map((node) => (
          <NodeCard key={node.node.key} placed={atStage(node)} place={places.get(node.node.key)!} isEntry={node === entry} isLit={keys.has(node.node.key)} isAhead={isAhead(node.node.key)} isPassedOver={found !== null && !found.has(node.node.key)} onPick={now ? goToTensor : null} />
        ))}
      </g>
    </svg>
  );
}

/** More nodes than this are not drawn card by card, but where one looks. */
const LARGE = 150;

/** The node that the keyboard came to last: it is drawn wherever it is. */
const walkedTo = signal<string | null>(null);

const boxOf = ({ x, y, parts: { width, height } }: PlacedNode) => ({ x, y: y - BADGE / 2, width, height: height + BADGE / 2 });

function inView(seen: View | null, always: (string | null | undefined)[]): (node: PlacedNode) => boolean {
  return ({ node, x, y, parts }) =>
    always.includes(node.key) || (seen !== null && seen.isLegible && x < seen.right && y < seen.bottom && x + parts.width > seen.left && y + parts.height > seen.top);
}

/** What stands on an edge: that its value is kept, that its gradient is summed back, and in a backward pass what flows. */
function EdgeMarks({ placed: { edge, x, y, start, end, note }, isSideways, flow, isAhead }: { placed: PlacedEdge; isSideways: boolean; flow: Preview | null; isAhead: boolean }) {
  const isSummed = edge.broadcast && edge.tracked;
  if (!edge.saved && !isSummed && !flow) return null;
  const text = flow && (shortText(flow, 20) ?? shapeText(flow.shape));
  return (
    <g class={`edge-marks ${isAhead && !flow ? "is-ahead" : ""} ${flow ? "is-flowing" : ""}`} transform={`translate(${x} ${y})`} aria-hidden="true">
      {edge.saved && <rect class="saved" x={end.x - (isSideways ? 15 : 3)} y={end.y - (isSideways ? 3 : 15)} width={6} height={6} rx={1} />}
      {isSummed && (
        <g transform={isSideways ? `translate(${start.x + 11} ${start.y})` : `translate(${start.x} ${start.y + 11})`}>
          <circle class="sum" r={8} />
          <text class="sum-sign" dy="0.35em">Σ</text>
        </g>
      )}
      {text && (
        <text class="flow" x={note.x + (isSummed && !isSideways ? 6 : 0)} y={note.y} text-anchor={isSideways ? "end" : "start"}>
          {text}
        </text>
      )}
    </g>
  );
}

/** An open module: a frame with its name, which folds it. */
function Frame({ frame: { group, x, y, width, height } }: { frame: PlacedFrame }) {
  return (
    <g class="frame" transform={`translate(${x} ${y})`}>
      <rect class="frame-box" width={width} height={height} rx={12} />
      <text class="frame-title" x={12} y={16} onClick={() => setOpen(group.key, false)}>
        <title>Fold</title>
        {group.name}
        {group.type !== "" && group.type !== group.name && <tspan class="frame-type" dx="6">{group.type}</tspan>}
        <tspan dx="6">−</tspan>
      </text>
    </g>
  );
}

/** A node with the value and the gradient that it has at the moment of the time line. */
function atStage(placed: PlacedNode): PlacedNode {
  const { tensor } = placed.node;
  const now = stage.value;
  if (!now || !tensor) return placed;
  const grad = now.grads.get(tensor.id) ?? null;
  const value = now.values.get(tensor.id) ?? tensor.value;
  const then = { ...tensor, grad, value };
  return { ...placed, node: { ...placed.node, tensor: then }, parts: { ...placed.parts, ...textsOf(value, slopeOf(then)?.value ?? null) } };
}

/** Arrow keys walk along the graph; Enter and Space select; plus and minus open and fold a module; Escape lets go. */
function onKey(event: KeyboardEvent, svg: SVGSVGElement, placed: Placed, viewport: Viewport): void {
  const element = (event.target as Element).closest<SVGGElement>("[data-key]");
  if (!element) return;
  const key = element.dataset.key!;
  const node = placed.nodes.find(({ node }) => node.key === key)?.node;
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    const at = hovered.peek();
    if (stage.peek() && at !== null) goToTensor(at);
    else select(selected.peek() === at ? null : at);
    return;
  }
  if (event.key === "Escape") return select(null);
  if (event.key === "+" && node?.module) return setOpen(node.module.key, true);
  const around = node?.within.at(-1);
  if (event.key === "-" && around) {
    setOpen(around.key, false);
    requestAnimationFrame(() => {
      const id = node!.tensor?.id ?? -1;
      svg.querySelector<SVGGElement>(`[data-key="t${model.peek()?.standIn.get(id) ?? id}"]`)?.focus({ preventScroll: true });
    });
    return;
  }
  const direction = directions(placed.isSideways)[event.key];
  if (!direction) return;
  event.preventDefault();
  const to = neighbour(placed, key, direction);
  const next = placed.nodes.find(({ node }) => node.key === to);
  if (!next) return;
  viewport.reveal(boxOf(next));
  walkedTo.value = to;
  const focus = () => svg.querySelector<SVGGElement>(`[data-key="${to}"]`)?.focus({ preventScroll: true });
  if (placed.nodes.length > LARGE) requestAnimationFrame(focus);
  else focus();
}
