// A layout for large graphs whose time grows with their size and no faster: ranks by depth, a few sweeps by barycentres, places by sweeps of
// isotonic regression (after Sugiyama, and Best and Chakravarti). What a tensor is used for far below hangs on one trunk that runs down
// from it past the cards. A drawing much taller than wide is broken into columns.
import { append } from "./fold.ts";
import type { GraphEdge, GraphModel } from "./model.ts";

/** A card's outer size. */
export interface Extent {
  width: number;
  height: number;
}

export interface Layers {
  /** Upper left corners, in the order of the nodes. */
  corners: { x: number; y: number }[];
  /** Of each edge, where it runs between cards; each list is a piece within one column. Absent for edges that run straight. */
  ways: Map<GraphEdge, Way>;
  width: number;
  height: number;
}

export interface Way {
  /** It begins at a trunk and not at its own card. */
  branches: boolean;
  /** One list a column, from above; the first may be empty. */
  runs: { points: { x: number; y: number }[]; column: Column }[];
}

export interface Column {
  left: number;
  top: number;
  bottom: number;
}

const BETWEEN_CARDS = 28;
const BESIDE_TRUNK = 14;
const BETWEEN_RANKS = 34;
const BETWEEN_COLUMNS = 72;
/** Room above and below for lines from one column to the next. */
const HEAD = 24;
/** Width to height of the whole. */
const ASPECT = 1.2;
/** Points on trunks, for each node. */
const MOST_POINTS = 20;
/** How far from its ideal place a column may end, in columns. */
const SLACK = 0.15;
const SWEEPS = 8;
const MOVES = 14;
/** How much more a trunk keeps straight than a card keeps to the middle. */
const STRAIGHT = 6;

/** Cards and points on trunks alike; `above` and `below` are in the neighbouring ranks. */
interface Item {
  rank: number;
  order: number;
  width: number;
  height: number;
  isCard: boolean;
  above: Item[];
  below: Item[];
  /** Of `below`, where on its sign the line enters: from -0.5 to 0.5. */
  ports: number[];
  x: number;
  key: number;
  /** `above` and `below`, how strongly each draws it, and all of them together. */
  near: Item[];
  pulls: number[];
  weight: number;
}

function itemOf({ width, height }: Extent, rank: number, isCard: boolean): Item {
  return { rank, order: 0, width, height, isCard, above: [], below: [], ports: [], x: 0, key: 0, near: [], pulls: [], weight: 0 };
}

export function layer({ nodes, edges }: GraphModel, sizeOf: (key: string) => Extent): Layers {
  const items = new Map(nodes.map(({ key }): [string, Item] => [key, itemOf(sizeOf(key), 0, true)]));
  const cards = [...items.values()];
  const forward = rank(edges.filter(({ back }) => !back), items);
  const trunks = grow(forward, items, MOST_POINTS * nodes.length);

  const ranks: Item[][] = [];
  for (const item of [...cards, ...[...trunks.values()].flat()]) (ranks[item.rank] ??= []).push(item);
  for (const row of ranks) number(row);
  for (let i = 0; i < SWEEPS; i++) sweep(ranks, i % 2 === 0);
  settle(ranks);
  return cut(ranks, cards, forward, items, trunks);
}

/** Gives every card its rank, one below the lowest of those that it is made of; returns the edges that lead downwards. */
function rank(edges: GraphEdge[], items: Map<string, Item>): GraphEdge[] {
  const keys = [...items.keys()];
  const into = new Map(keys.map((key) => [key, 0]));
  const out = new Map<string, GraphEdge[]>(keys.map((key) => [key, []]));
  for (const edge of edges) {
    into.set(edge.to, into.get(edge.to)! + 1);
    out.get(edge.from)!.push(edge);
  }
  const done = new Set<string>();
  const ready = keys.filter((key) => !into.get(key));
  const downwards: GraphEdge[] = [];
  for (let at = 0, next = 0; done.size < keys.length; ) {
    // A circle (a tensor that a loop makes out of itself) is entered where the program enters it.
    if (at === ready.length) {
      while (done.has(keys[next]!)) next++;
      ready.push(keys[next]!);
    }
    const key = ready[at++]!;
    if (done.has(key)) continue;
    done.add(key);
    for (const edge of out.get(key)!) {
      if (done.has(edge.to)) continue;
      downwards.push(edge);
      const user = items.get(edge.to)!;
      user.rank = Math.max(user.rank, items.get(key)!.rank + 1);
      into.set(edge.to, into.get(edge.to)! - 1);
      if (!into.get(edge.to)) ready.push(edge.to);
    }
  }
  // What is made of nothing stands right above what first uses it.
  const isMade = new Set(downwards.map(({ to }) => to));
  const first = new Map<string, number>();
  for (const { from, to } of downwards) first.set(from, Math.min(first.get(from) ?? Infinity, items.get(to)!.rank));
  for (const [key, below] of first) if (!isMade.has(key)) items.get(key)!.rank = below - 1;
  return downwards;
}

/** A point in every rank from below a card to above the last that uses it; the shortest trunks first, as long as there is room. */
function grow(edges: GraphEdge[], items: Map<string, Item>, room: number): Map<string, Item[]> {
  const users = new Map<string, GraphEdge[]>();
  for (const edge of edges) append(users, edge.from, edge);
  const lengthOf = (key: string) => Math.max(...users.get(key)!.map(({ to }) => items.get(to)!.rank)) - items.get(key)!.rank - 1;
  const trunks = new Map<string, Item[]>();
  const link = (above: Item, below: Item, port: number) => {
    above.below.push(below);
    above.ports.push(port);
    below.above.push(above);
  };
  for (const { key, length } of [...users.keys()].map((key) => ({ key, length: lengthOf(key) })).sort((a, b) => a.length - b.length)) {
    const card = items.get(key)!;
    if (length > room) continue;
    room -= length;
    const trunk: Item[] = [];
    for (let i = 0; i < length; i++) {
      trunk.push(itemOf({ width: 0, height: 0 }, card.rank + 1 + i, false));
      link(trunk[i - 1] ?? card, trunk[i]!, 0);
    }
    trunks.set(key, trunk);
    for (const { to, port, ports } of users.get(key)!) {
      const user = items.get(to)!;
      link(trunk[user.rank - card.rank - 2] ?? card, user, ports > 1 ? port / (ports - 1) - 0.5 : 0);
    }
  }
  return trunks;
}

const number = (row: Item[]) => row.forEach((item, i) => (item.order = i));

/** Orders each rank by the middle of its neighbours in the rank above, or below. */
function sweep(ranks: Item[][], isDown: boolean): void {
  for (const row of isDown ? ranks : [...ranks].reverse()) {
    for (const item of row) {
      const near = isDown ? item.above : item.below;
      let sum = 0;
      near.forEach((one, i) => (sum += one.order + (isDown ? 0 : 0.6 * item.ports[i]!)));
      item.key = near.length ? sum / near.length : item.order;
    }
    row.sort((a, b) => a.key - b.key || a.order - b.order);
    number(row);
  }
}

const apart = (a: Item, b: Item) => (a.width + b.width) / 2 + (a.isCard && b.isCard ? BETWEEN_CARDS : BESIDE_TRUNK);

/** Moves all to the middle of their neighbours, as near as the others in their rank let them; trunks rather stay straight. */
function settle(ranks: Item[][]): void {
  for (const row of ranks) {
    let x = 0;
    row.forEach((item, i) => (item.x = x += i ? apart(row[i - 1]!, item) : 0));
    for (const item of row) {
      item.x -= x / 2;
      item.near = item.above.concat(item.below);
      item.pulls = item.near.map((other) => (item.isCard || other.isCard ? 1 : STRAIGHT));
      item.weight = item.pulls.reduce((sum, pull) => sum + pull, 0);
    }
  }
  for (let i = 0; i < MOVES; i++) for (const row of i % 2 ? [...ranks].reverse() : ranks) moveRow(row);
}

/** Least squares under the order of the row: neighbours that would come too close move as one block. */
function moveRow(row: Item[]): void {
  const blocks: { at: number; weight: number; count: number }[] = [];
  let offset = 0;
  row.forEach((item, i) => {
    if (i) offset += apart(row[i - 1]!, item);
    const { near, pulls, weight } = item;
    let sum = 0;
    for (let k = 0; k < near.length; k++) sum += pulls[k]! * near[k]!.x;
    let block = { at: (weight ? sum / weight : item.x) - offset, weight: weight || 0.1, count: 1 };
    for (let last = blocks.at(-1); last && last.at > block.at; last = blocks.at(-1)) {
      blocks.pop();
      const both = last.weight + block.weight;
      block = { at: (last.at * last.weight + block.at * block.weight) / both, weight: both, count: last.count + block.count };
    }
    blocks.push(block);
  });
  let i = 0;
  offset = 0;
  for (const { at, count } of blocks) {
    for (const end = i + count; i < end; i++) {
      if (i) offset += apart(row[i - 1]!, row[i]!);
      row[i]!.x = at + offset;
    }
  }
}

/** Sets the ranks one below the other, in as many columns as make the whole well proportioned, and says where the edges run. */
function cut(ranks: Item[][], cards: Item[], edges: GraphEdge[], items: Map<string, Item>, trunks: Map<string, Item[]>): Layers {
  const heights = ranks.map((row) => Math.max(...row.map(({ height }) => height)) + BETWEEN_RANKS);
  const whole = heights.reduce((sum, height) => sum + height, 0);
  const spans = ranks.map((row) => [Math.min(...row.map(({ x, width }) => x - width / 2)), Math.max(...row.map(({ x, width }) => x + width / 2))] as const);
  const typical = spans.map(([low, high]) => high - low).sort((a, b) => a - b)[Math.floor(spans.length * 0.9)]! + BETWEEN_COLUMNS;
  const count = Math.max(1, Math.round(Math.sqrt((ASPECT * whole) / typical)));
  const starts = count > 2 ? cuts(ranks, heights, count) : [0];

  const columns: Column[] = [];
  const columnOf: number[] = [];
  const top: number[] = [];
  let left = 0;
  starts.forEach((start, c) => {
    const end = starts[c + 1] ?? ranks.length;
    let [low, high, y] = [Infinity, -Infinity, HEAD];
    for (let i = start; i < end; i++) {
      [low, high] = [Math.min(low, spans[i]![0]), Math.max(high, spans[i]![1])];
      [columnOf[i], top[i]] = [c, y];
      y += heights[i]!;
    }
    for (let i = start; i < end; i++) for (const item of ranks[i]!) item.x += left - low;
    columns.push({ left, top: HEAD, bottom: y - BETWEEN_RANKS });
    left += high - low + BETWEEN_COLUMNS;
  });

  const ways = new Map<GraphEdge, Way>();
  /** How many points of a trunk the edges that were seen before have drawn. */
  const drawn = new Map<string, number>();
  for (const edge of [...edges].sort((a, b) => items.get(a.to)!.rank - items.get(b.to)!.rank)) {
    const [from, to] = [items.get(edge.from)!, items.get(edge.to)!];
    const trunk = trunks.get(edge.from) ?? [];
    const begin = drawn.get(edge.from) ?? 0;
    const end = Math.min(to.rank - from.rank - 1, trunk.length);
    const branches = end > 0 && begin > 0;
    if (end > begin) drawn.set(edge.from, end);
    const run = trunk.slice(branches ? Math.min(begin, end) - 1 : 0, end);
    const first = columnOf[branches ? run[0]!.rank : from.rank]!;
    const runs: Way["runs"] = [];
    for (let c = first; c <= columnOf[to.rank]!; c++) {
      const points = run.filter(({ rank }) => columnOf[rank] === c).flatMap(({ x, rank }) => [{ x, y: top[rank]! }, { x, y: top[rank]! + heights[rank]! - BETWEEN_RANKS }]);
      runs.push({ points, column: columns[c]! });
    }
    if (runs.length > 1 || runs[0]!.points.length) ways.set(edge, { branches, runs });
  }
  return {
    corners: cards.map(({ x, width, rank }) => ({ x: x - width / 2, y: top[rank]! })),
    ways,
    width: left - BETWEEN_COLUMNS,
    height: Math.max(...columns.map(({ bottom }) => bottom)) + HEAD,
  };
}

/** The ranks with which `count` columns of about the same height begin: where the fewest lines go on, near where a column would be full. */
function cuts(ranks: Item[][], heights: number[], count: number): number[] {
  const tops: number[] = [];
  let whole = 0;
  for (const height of heights) {
    tops.push(whole);
    whole += height;
  }
  const lines = ranks.map((_, i) => (ranks[i - 1] ?? []).reduce((sum, { below }) => sum + below.length, 0));
  const starts = [0];
  for (let c = 1, i = 1; c < count; c++) {
    let best = -1;
    for (; i < ranks.length && tops[i]! <= ((c + SLACK) * whole) / count; i++) {
      if (tops[i]! >= ((c - SLACK) * whole) / count && (best < 0 || lines[i]! < lines[best]!)) best = i;
    }
    if (best > 0) starts.push(best);
  }
  return starts;
}
