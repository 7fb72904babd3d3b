// Where nodes and edges go: dagre ranks the graph from top to bottom, or in a low pane from left to right; for large ones, where it would
// take seconds, layers.ts does.
import { Graph as DagreGraph, layout as dagreLayout, type OrderConstraint } from "@dagrejs/dagre";
import { componentsOf, pack, type Size } from "./components.ts";
import type { Group } from "./fold.ts";
import { type Box, curveAlong, curveBack, curveBetween, type Point, turned } from "./curves.ts";
import { aspectFor, depthOf, gapsOf, runsSideways, TITLE } from "./direction.ts";
import { layer } from "./layers.ts";
import { BADGE, type CardParts, extentOf, partsOf, riseOf } from "./measure.ts";
import type { GraphEdge, GraphModel, GraphNode } from "./model.ts";

export interface PlacedNode {
  node: GraphNode;
  parts: CardParts;
  /** The upper left corner of the card; the sign, if any, reaches half its height above it. */
  x: number;
  y: number;
}

export interface PlacedEdge {
  edge: GraphEdge;
  path: string;
  /** Where its piece of the graph begins; the path counts from there, and so do its ends. */
  x: number;
  y: number;
  start: Point;
  end: Point;
  /** Where a text about it begins, or in a graph that runs to the right, ends: below the card that it leaves. */
  note: Point;
}

/** An open module: the box around what is in it. */
export interface PlacedFrame {
  group: Group;
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Placed {
  nodes: PlacedNode[];
  edges: PlacedEdge[];
  frames: PlacedFrame[];
  width: number;
  height: number;
  /** It runs from left to right. */
  isSideways: boolean;
  /** The same object as long as nothing moves. */
  shape: object;
}

const BETWEEN_PORTS = 14;
/** Of more nodes only the shape counts: they are not laid out anew because a number is longer. */
const LARGE = 300;
/** More than this in one piece are too many for dagre. */
const MOST_FOR_DAGRE = 120;

let last: { key: string; room: Size | null; aspect: number; placed: Placed } | null = null;

/**
 * Lays a graph out, for the room in which it will be shown. While a loop runs or a number is edited only texts change, and then what was
 * found before is used again.
 */
export function place(model: GraphModel, room: Size | null = null): Placed {
  const parts = new Map(model.nodes.map((node) => [node.key, partsOf(node)]));
  const sizes = model.nodes.length > LARGE ? model.nodes.map(({ key, tensor }) => [key, tensor?.requiresGrad]) : model.nodes.map(({ key }) => [key, parts.get(key)!.width, parts.get(key)!.height, parts.get(key)!.badge?.width]);
  const key = JSON.stringify([sizes, model.edges.map((edge) => [edge.key, edge.back]), model.nodes.map(({ within }) => within.at(-1)?.key)]);
  if (last?.key !== key || last.room !== room) {
    const aspect = aspectFor(room);
    const isSideways = room !== null && model.nodes.length <= MOST_FOR_DAGRE && runsSideways(model, parts, room, last?.placed.isSideways ?? false);
    let placed = last?.placed;
    if (!placed || last!.key !== key || last!.aspect !== aspect || placed.isSideways !== isSideways) {
      const start = performance.now();
      placed = placeAnew(model, parts, isSideways, aspect);
      performance.measure("graph layout", { start }); // for the bench
    }
    last = { key, room, aspect, placed };
  }
  const nodes = new Map(model.nodes.map((node) => [node.key, node]));
  const edges = new Map(model.edges.map((edge) => [edge.key, edge]));
  return {
    ...last.placed,
    nodes: last.placed.nodes.map((at) => ({ ...at, node: nodes.get(at.node.key)!, parts: parts.get(at.node.key)! })),
    edges: last.placed.edges.map((at) => ({ ...at, edge: edges.get(at.edge.key)! })),
  };
}

function placeAnew(model: GraphModel, parts: Map<string, CardParts>, isSideways: boolean, aspect: number): Placed {
  const pieces = componentsOf(model).map((piece) => (piece.nodes.length > MOST_FOR_DAGRE ? placeLayers(piece, parts) : placePiece(piece, parts, isSideways)));
  const { width, height, corners } = pack(pieces, aspect);
  const moved = <Item extends { x: number; y: number }>(items: Item[], i: number): Item[] =>
    items.map((item) => ({ ...item, x: item.x + corners[i]!.x, y: item.y + corners[i]!.y }));
  return {
    nodes: pieces.flatMap(({ nodes }, i) => moved(nodes, i)),
    edges: pieces.flatMap(({ edges }, i) => moved(edges, i)),
    frames: pieces.flatMap(({ frames }, i) => moved(frames, i)),
    width,
    height,
    isSideways,
    shape: {},
  };
}

type Piece = Omit<Placed, "shape" | "isSideways">;

/** Fewer that are made of the same tensor stand side by side in any case. */
const MOST_IN_A_ROW = 6;

/** Of what is made of one tensor alone and goes nowhere, as all the ways to reshape it, much would make a row too wide to be read: in which row below it each stands. */
function rowsOf(nodes: GraphNode[], edges: GraphEdge[], parts: Map<string, CardParts>): Map<string, number> {
  const goesOn = new Set(edges.map(({ from }) => from));
  const makers = new Map<string, Set<string>>();
  for (const { from, to } of edges) makers.set(to, (makers.get(to) ?? new Set()).add(from));
  const fans = new Map<string, string[]>();
  for (const { key } of nodes) {
    const [maker, ...others] = makers.get(key) ?? [];
    if (maker === undefined || others.length || goesOn.has(key)) continue;
    fans.set(maker, [...(fans.get(maker) ?? []), key]);
  }
  const rows = new Map<string, number>();
  const { across, along } = gapsOf(false, 0);
  for (const fan of fans.values()) {
    const mean = (of: "width" | "height") => fan.reduce((sum, key) => sum + parts.get(key)![of], 0) / fan.length;
    const inARow = Math.max(MOST_IN_A_ROW, Math.ceil(Math.sqrt((fan.length * aspectFor(null) * (mean("height") + along)) / (mean("width") + across))));
    const count = Math.ceil(fan.length / inARow);
    fan.forEach((key, i) => rows.set(key, 1 + Math.floor((i * count) / fan.length)));
  }
  return rows;
}

/** A graph that runs to the right is laid out as if it ran down, with each card lying on its side; then x and y change places. */
function placePiece(piece: GraphModel, parts: Map<string, CardParts>, isSideways: boolean): Piece {
  const { nodes, edges } = piece;
  const forward = edges.filter(({ back }) => !back);
  const rows = rowsOf(nodes, forward, parts);
  const rises = new Map(nodes.map((node) => [node.key, riseOf(node, parts.get(node.key)!)]));
  const turn = <Item extends Point & Partial<Size>>(item: Item): Item => (isSideways ? { ...item, x: item.y, y: item.x, width: item.height, height: item.width } : item);

  const depth = depthOf(piece);
  const gaps = gapsOf(isSideways, depth);
  const arrange = (constraints: OrderConstraint[]): DagreGraph => {
    const graph = new DagreGraph({ multigraph: true, compound: true });
    const margins = turn({ x: 2, y: 2 + TITLE * depth });
    graph.setGraph({ rankdir: "TB", nodesep: gaps.across, ranksep: gaps.along, edgesep: 16, marginx: margins.x, marginy: margins.y });
    graph.setDefaultEdgeLabel(() => ({}));
    for (const node of nodes) {
      const { width, height } = turn({ x: 0, y: 0, ...extentOf(node, parts.get(node.key)!) });
      graph.setNode(node.key, { width, height });
      node.within.forEach(({ key }, i) => {
        if (!graph.hasNode(frameKey(key))) graph.setNode(frameKey(key), {});
        if (i > 0) graph.setParent(frameKey(key), frameKey(node.within[i - 1]!.key));
      });
      if (node.within.length) graph.setParent(node.key, frameKey(node.within.at(-1)!.key));
    }
    for (const edge of forward) graph.setEdge(edge.from, edge.to, { minlen: rows.get(edge.to) ?? 1 }, edge.key);
    dagreLayout(graph, { constraints });
    return graph;
  };
  let graph = arrange([]);
  const swapped = outOfOrder(forward, (key) => graph.node(key) as Box);
  if (swapped.length) graph = arrange(swapped);

  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  const boxes = new Map<string, Box>();
  const placed = nodes.map((node): PlacedNode => {
    const at = graph.node(node.key) as Box;
    const box = { ...at, x: at.x - at.width / 2, y: at.y - at.height / 2 };
    boxes.set(node.key, box);
    const { x, y } = turn(box);
    return { node, parts: parts.get(node.key)!, x, y: y + rises.get(node.key)! };
  });

  const bends = new Map(forward.map((edge) => [edge, bendsOf(graph.edge(edge.from, edge.to, edge.key).points)]));
  const entry = portsInSight(forward, (edge) => bends.get(edge)!.at(-1)?.x ?? (graph.node(edge.from) as Box).x);

  const way = (path: string) => (isSideways ? turned(path) : path);
  const lines = edges.map((edge): PlacedEdge => {
    const from = boxes.get(edge.from)!;
    const to = boxes.get(edge.to)!;
    if (edge.back) return { edge, path: way(curveBack(from, to)), x: 0, y: 0, start: turn(from), end: turn(to), note: turn(from) };
    const { start, end } = isSideways ? sidesOf(edge, from, to, entry.get(edge)!, rises) : endsOf(edge, from, to, entry.get(edge)!, parts);
    const obstacles = [...boxes.values()].filter((box) => box !== from && box !== to);
    const note = isSideways ? { x: start.y, y: from.x + from.width + 14 } : noteAt(start);
    return { edge, path: way(curveBetween(start, end, bends.get(edge)!, obstacles)), x: 0, y: 0, start: turn(start), end: turn(end), note };
  });
  const groups = new Map(nodes.flatMap(({ within }) => within.map((group) => [group.key, group])));
  const frames = [...groups.values()].map((group): PlacedFrame => {
    const at = graph.node(frameKey(group.key)) as Box;
    const { x, y, width, height } = turn({ ...at });
    // Room for its title, and for those of the modules that begin at its upper edge.
    const titles = Math.max(...nodes.map(({ within }) => within.length - within.findIndex(({ key }) => key === group.key)).filter((_, i) => nodes[i]!.within.some(({ key }) => key === group.key)));
    return { group, x: x - width / 2, y: y - height / 2 - TITLE * titles, width, height: height + TITLE * titles };
  });
  return { nodes: placed, edges: lines, frames, ...(isSideways ? { width: height, height: width } : { width, height }) };
}

/** A large piece. An open module gets its frame where no other card stands between its own. */
function placeLayers(piece: GraphModel, parts: Map<string, CardParts>): Piece {
  const { nodes, edges } = piece;
  const extents = new Map(nodes.map((node) => [node.key, extentOf(node, parts.get(node.key)!)]));
  const { corners, ways, width, height } = layer(piece, (key) => extents.get(key)!);
  const boxes = new Map(nodes.map(({ key }, i): [string, Box] => [key, { ...corners[i]!, ...extents.get(key)! }]));
  const forward = edges.filter(({ back }) => !back);
  const entry = portsInSight(forward, (edge) => ways.get(edge)?.runs.at(-1)!.points.at(-1)?.x ?? boxes.get(edge.from)!.x + boxes.get(edge.from)!.width / 2);
  const lines = edges.map((edge): PlacedEdge => {
    const from = boxes.get(edge.from)!;
    const to = boxes.get(edge.to)!;
    if (edge.back || to.y + to.height < from.y && !ways.has(edge)) return { edge, path: curveBack(from, to), x: 0, y: 0, start: from, end: to, note: from };
    const { start, end } = endsOf(edge, from, to, entry.get(edge)!, parts);
    return { edge, path: curveAlong(start, ways.get(edge), end), x: 0, y: 0, start, end, note: noteAt(start) };
  });
  const members = new Map<string, { group: Group; boxes: Set<Box>; titles: number }>();
  for (const { key, within } of nodes) {
    within.forEach((group, i) => {
      if (!members.has(group.key)) members.set(group.key, { group, boxes: new Set(), titles: 0 });
      const member = members.get(group.key)!;
      member.boxes.add(boxes.get(key)!);
      member.titles = Math.max(member.titles, within.length - i);
    });
  }
  const frames = [...members.values()].flatMap(({ group, boxes: own, titles }): PlacedFrame[] => {
    const [x, y] = [Math.min(...[...own].map(({ x }) => x)) - FRAME, Math.min(...[...own].map(({ y }) => y)) - FRAME - TITLE * titles];
    const [right, bottom] = [Math.max(...[...own].map(({ x, width }) => x + width)) + FRAME, Math.max(...[...own].map(({ y, height }) => y + height)) + FRAME];
    const isFree = [...boxes.values()].every((box) => own.has(box) || box.x > right || box.y > bottom || box.x + box.width < x || box.y + box.height < y);
    return isFree ? [{ group, x, y, width: right - x, height: bottom - y }] : [];
  });
  const placed = nodes.map((node): PlacedNode => ({ node, parts: parts.get(node.key)!, x: boxes.get(node.key)!.x, y: boxes.get(node.key)!.y + riseOf(node, parts.get(node.key)!) }));
  return { nodes: placed, edges: lines, frames, width, height };
}

/** Where an edge leaves its card and enters a sign. */
function endsOf(edge: GraphEdge, from: Box, to: Box, entry: number, parts: Map<string, CardParts>): { start: Point; end: Point } {
  const room = ((parts.get(edge.to)!.badge?.width ?? to.width) - 14) / Math.max(edge.ports - 1, 1);
  const shift = (entry - (edge.ports - 1) / 2) * Math.min(BETWEEN_PORTS, room);
  // A sign is round: further from its middle, lower.
  return { start: { x: from.x + from.width / 2, y: from.y + from.height }, end: { x: to.x + to.width / 2 + shift, y: to.y + (shift * shift) / BADGE } };
}

const noteAt = ({ x, y }: Point): Point => ({ x: x + 8, y: y + 15 });

/** The same of cards that lie on their side: an edge leaves the middle of one and enters at the middle of the other, below their signs. */
function sidesOf(edge: GraphEdge, from: Box, to: Box, entry: number, rises: Map<string, number>): { start: Point; end: Point } {
  const middle = (key: string, { x, width }: Box) => x + (rises.get(key)! + width) / 2;
  const room = Math.max(0, to.width - rises.get(edge.to)! - 16) / Math.max(edge.ports - 1, 1);
  const shift = (entry - (edge.ports - 1) / 2) * Math.min(BETWEEN_PORTS, room);
  return { start: { x: middle(edge.from, from), y: from.y + from.height }, end: { x: middle(edge.to, to) + shift, y: to.y } };
}

const FRAME = 12;

const frameKey = (key: string) => `m${key}`;

/** dagre gives a point in every rank and one between each two; those in the ranks are where an edge passes between cards. */
function bendsOf(points: Point[]): Point[] {
  const bends = points.slice(1, -1).filter((_, i) => i % 2 === 1);
  return bends.flatMap(({ x, y }) => [{ x, y: y - BESIDE }, { x, y: y + BESIDE }]);
}

/** Half the height over which an edge runs straight down beside a card. */
const BESIDE = 12;

/** Where each edge enters its sign: in the order in which they come from left to right, so that none cross right above it. */
function portsInSight(edges: GraphEdge[], xOf: (edge: GraphEdge) => number): Map<GraphEdge, number> {
  const sorted = edges.map((edge) => ({ edge, x: xOf(edge) })).sort((a, b) => a.x - b.x || a.edge.port - b.edge.port);
  const taken = new Map<string, number>();
  return new Map(
    sorted.map(({ edge }) => {
      const port = taken.get(edge.to) ?? 0;
      taken.set(edge.to, port + 1);
      return [edge, port];
    }),
  );
}

/** dagre does not know that operands have an order: the pairs, side by side in one rank, that stand the wrong way round. */
function outOfOrder(edges: GraphEdge[], boxOf: (key: string) => Box): OrderConstraint[] {
  const wrong: OrderConstraint[] = [];
  const all: OrderConstraint[] = [];
  for (const a of edges) {
    for (const b of edges) {
      if (a.to !== b.to || a.port >= b.port || a.from === b.from || boxOf(a.from).y !== boxOf(b.from).y) continue;
      const pair = { left: a.from, right: b.from };
      // Of two that contradict each other (a * b and b * a) the first is kept.
      if (all.some(({ left, right }) => left === pair.right && right === pair.left)) continue;
      all.push(pair);
      if (boxOf(a.from).x > boxOf(b.from).x) wrong.push(pair);
    }
  }
  return wrong.length ? all : [];
}
