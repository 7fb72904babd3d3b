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
/** Nobody sees that a line leans by so little. */
const UNSEEN = 0.05;

/** Neighbours of every item in the ranks above, or below: those of item i are `ids[starts[i]]` up to `ids[starts[i + 1]]`. */
interface Neighbours {
  starts: Int32Array;
  ids: Int32Array;
  /** Where on the sign of the lower one the line enters: from -0.5 to 0.5. */
  ports: Float64Array;
}

/**
 * Cards (the first `cards`, in the order of the nodes) and points on trunks alike, as numbers in columns: there are some twenty points for each card,
 * and as objects their making and moving about in memory took longer than all else.
 */
interface Items {
  cards: number;
  rank: Int32Array;
  order: Float64Array;
  width: Float64Array;
  height: Float64Array;
  x: Float64Array;
  above: Neighbours;
  below: Neighbours;
}

/** Of each card that has one, the first point of its trunk and how many there are. */
type Trunks = Map<string, { first: number; length: number }>;

export function layer({ nodes, edges }: GraphModel, sizeOf: (key: string) => Extent): Layers {
  const index = new Map(nodes.map(({ key }, i) => [key, i]));
  const depth = new Int32Array(nodes.length);
  const forward = rank(edges.filter(({ back }) => !back), index, depth);
  const { items, trunks } = grow(forward, index, depth, nodes.map(({ key }) => sizeOf(key)));

  const ranks: number[][] = [];
  items.rank.forEach((rank, item) => (ranks[rank] ??= []).push(item));
  for (const row of ranks) number(items, row);
  const keys = new Float64Array(items.rank.length);
  for (let i = 0; i < SWEEPS; i++) sweep(items, ranks, keys, i % 2 === 0);
  settle(items, ranks);
  return cut(items, ranks, forward, index, trunks);
}

/** Gives every card its rank (in `depth`), one below the lowest of those that it is made of; returns the edges that lead downwards. */
function rank(edges: GraphEdge[], index: Map<string, number>, depth: Int32Array): GraphEdge[] {
  const keys = [...index.keys()];
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
      const user = index.get(edge.to)!;
      depth[user] = Math.max(depth[user]!, depth[index.get(key)!]! + 1);
      into.set(edge.to, into.get(edge.to)! - 1);
      if (!into.get(edge.to)) ready.push(edge.to);
    }
  }
  // What is made of nothing stands right above what first uses it.
  const isMade = new Set(downwards.map(({ to }) => to));
  const first = new Map<string, number>();
  for (const { from, to } of downwards) first.set(from, Math.min(first.get(from) ?? Infinity, depth[index.get(to)!]!));
  for (const [key, below] of first) if (!isMade.has(key)) depth[index.get(key)!] = below - 1;
  return downwards;
}

/** A point in every rank from below a card to above the last that uses it; the shortest trunks first, as long as there is room. */
function grow(edges: GraphEdge[], index: Map<string, number>, depth: Int32Array, sizes: Extent[]): { items: Items; trunks: Trunks } {
  const users = new Map<string, GraphEdge[]>();
  for (const edge of edges) append(users, edge.from, edge);
  const lengthOf = (key: string) => users.get(key)!.reduce((lowest, { to }) => Math.max(lowest, depth[index.get(to)!]!), 0) - depth[index.get(key)!]! - 1;
  let room = MOST_POINTS * sizes.length;
  const trunks: Trunks = new Map();
  const ranks = [...depth];
  const links: Links = { above: [], below: [], ports: [] };
  const link = (above: number, below: number, port: number) => {
    links.above.push(above);
    links.below.push(below);
    links.ports.push(port);
  };
  for (const { key, length } of [...users.keys()].map((key) => ({ key, length: lengthOf(key) })).sort((a, b) => a.length - b.length)) {
    const card = index.get(key)!;
    if (length > room) continue;
    room -= length;
    const first = ranks.length;
    trunks.set(key, { first, length });
    for (let i = 0; i < length; i++) {
      ranks.push(depth[card]! + 1 + i);
      link(i ? first + i - 1 : card, first + i, 0);
    }
    for (const { to, port, ports } of users.get(key)!) {
      const user = index.get(to)!;
      const point = depth[user]! - depth[card]! - 2;
      link(point < 0 ? card : first + point, user, ports > 1 ? port / (ports - 1) - 0.5 : 0);
    }
  }
  const count = ranks.length;
  const [width, height] = [new Float64Array(count), new Float64Array(count)];
  sizes.forEach((size, i) => ([width[i], height[i]] = [size.width, size.height]));
  return {
    items: {
      cards: sizes.length, rank: Int32Array.from(ranks), order: new Float64Array(count), width, height, x: new Float64Array(count),
      above: neighbours(count, links.below, links.above, links.ports), below: neighbours(count, links.above, links.below, links.ports),
    },
    trunks,
  };
}

/** Lines between neighbouring ranks, one at each index. */
interface Links {
  above: number[];
  below: number[];
  ports: number[];
}

/** For every item in `from` the ones across in `to`, in the order of the links. */
function neighbours(count: number, from: number[], to: number[], ports: number[]): Neighbours {
  const starts = new Int32Array(count + 1);
  for (let i = 0; i < from.length; i++) starts[from[i]! + 1]!++;
  for (let i = 0; i < count; i++) starts[i + 1]! += starts[i]!;
  const next = starts.slice();
  const found: Neighbours = { starts, ids: new Int32Array(from.length), ports: new Float64Array(from.length) };
  for (let i = 0; i < from.length; i++) {
    const at = next[from[i]!]!++;
    found.ids[at] = to[i]!;
    found.ports[at] = ports[i]!;
  }
  return found;
}

const number = ({ order }: Items, row: number[]) => row.forEach((item, i) => (order[item] = i));

/** Orders each rank by the middle of its neighbours in the rank above, or below. */
function sweep(items: Items, ranks: number[][], keys: Float64Array, isDown: boolean): void {
  const { order } = items;
  const { starts, ids, ports } = isDown ? items.above : items.below;
  for (let r = 0; r < ranks.length; r++) {
    const row = ranks[isDown ? r : ranks.length - 1 - r]!;
    let last = -Infinity;
    let isSorted = true;
    for (const item of row) {
      const begin = starts[item]!;
      const end = starts[item + 1]!;
      let sum = 0;
      for (let k = begin; k < end; k++) sum += order[ids[k]!]! + (isDown ? 0 : 0.6 * ports[k]!);
      const key = end > begin ? sum / (end - begin) : order[item]!;
      keys[item] = key;
      isSorted &&= last <= key;
      last = key;
    }
    if (isSorted) continue;
    row.sort((a, b) => keys[a]! - keys[b]! || order[a]! - order[b]!);
    number(items, row);
  }
}

/** From the middle of one item to that of the next in its rank, at least. */
const apart = ({ width, cards }: Items, a: number, b: number) => (width[a]! + width[b]!) / 2 + (a < cards && b < cards ? BETWEEN_CARDS : BESIDE_TRUNK);

/** Moves all to the middle of their neighbours, as near as the others in their rank let them; trunks rather stay straight. */
function settle(items: Items, ranks: number[][]): void {
  const { x } = items;
  /** Of each item, how far it stands right of the first in its rank, if all stand as close as they may. */
  const offsets = new Float64Array(x.length);
  for (const row of ranks) {
    for (let i = 1; i < row.length; i++) offsets[row[i]!] = offsets[row[i - 1]!]! + apart(items, row[i - 1]!, row[i]!);
    const half = offsets[row.at(-1)!]! / 2;
    for (const item of row) x[item] = offsets[item]! - half;
  }
  const blocks: Blocks = { at: new Float64Array(x.length), weight: new Float64Array(x.length), count: new Int32Array(x.length) };
  for (let i = 0; i < MOVES; i++) for (let r = 0; r < ranks.length; r++) moveRow(items, ranks[i % 2 ? ranks.length - 1 - r : r]!, offsets, blocks);
}

/** Neighbours in a rank that move as one. */
interface Blocks {
  at: Float64Array;
  weight: Float64Array;
  count: Int32Array;
}

/** Least squares under the order of the row: neighbours that would come too close move as one block. */
function moveRow({ cards, x, above, below }: Items, row: number[], offsets: Float64Array, { at, weight, count }: Blocks): void {
  const sides = [above, below];
  let top = -1;
  for (const item of row) {
    let sum = 0;
    let pulls = 0;
    for (const { starts, ids } of sides) {
      for (let k = starts[item]!; k < starts[item + 1]!; k++) {
        const pull = item < cards || ids[k]! < cards ? 1 : STRAIGHT;
        pulls += pull;
        sum += pull * x[ids[k]!]!;
      }
    }
    top++;
    at[top] = (pulls ? sum / pulls : x[item]!) - offsets[item]!;
    weight[top] = pulls || 0.1;
    count[top] = 1;
    for (; top > 0 && at[top - 1]! > at[top]!; top--) {
      const both = weight[top - 1]! + weight[top]!;
      at[top - 1] = (at[top - 1]! * weight[top - 1]! + at[top]! * weight[top]!) / both;
      weight[top - 1] = both;
      count[top - 1]! += count[top]!;
    }
  }
  for (let block = 0, i = 0; block <= top; block++) {
    for (const end = i + count[block]!; i < end; i++) x[row[i]!] = at[block]! + offsets[row[i]!]!;
  }
}

/** Sets the ranks one below the other, in as many columns as make the whole well proportioned, and says where the edges run. */
function cut(items: Items, ranks: number[][], edges: GraphEdge[], index: Map<string, number>, trunks: Trunks): Layers {
  const { cards, rank, x, width, height, below } = items;
  const heights = ranks.map((row) => row.reduce((most, item) => Math.max(most, height[item]!), 0) + BETWEEN_RANKS);
  const whole = heights.reduce((sum, height) => sum + height, 0);
  const spans = ranks.map((row): [low: number, high: number] => {
    let low = Infinity;
    let high = -Infinity;
    for (const item of row) {
      low = Math.min(low, x[item]! - width[item]! / 2);
      high = Math.max(high, x[item]! + width[item]! / 2);
    }
    return [low, high];
  });
  const typical = spans.map(([low, high]) => high - low).sort((a, b) => a - b)[Math.floor(spans.length * 0.9)]! + BETWEEN_COLUMNS;
  const count = Math.max(1, Math.round(Math.sqrt((ASPECT * whole) / typical)));
  const lines = ranks.map((_, i) => (ranks[i - 1] ?? []).reduce((sum, item) => sum + below.starts[item + 1]! - below.starts[item]!, 0));
  const starts = count > 2 ? cuts(lines, heights, count) : [0];

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
    for (let i = start; i < end; i++) for (const item of ranks[i]!) x[item]! += left - low;
    columns.push({ left, top: HEAD, bottom: y - BETWEEN_RANKS });
    left += high - low + BETWEEN_COLUMNS;
  });

  const ways = new Map<GraphEdge, Way>();
  /** How many points of a trunk the edges that were seen before have drawn. */
  const drawn = new Map<string, number>();
  const rankOf = (key: string) => rank[index.get(key)!]!;
  for (const edge of [...edges].sort((a, b) => rankOf(a.to) - rankOf(b.to))) {
    const [from, to] = [rankOf(edge.from), rankOf(edge.to)];
    const trunk = trunks.get(edge.from) ?? { first: 0, length: 0 };
    const begin = drawn.get(edge.from) ?? 0;
    const end = Math.min(to - from - 1, trunk.length);
    const branches = end > 0 && begin > 0;
    if (end > begin) drawn.set(edge.from, end);
    let point = trunk.first + (branches ? Math.min(begin, end) - 1 : 0);
    const first = columnOf[branches ? rank[point]! : from]!;
    const runs: Way["runs"] = [];
    for (let c = first; c <= columnOf[to]!; c++) {
      const points: { x: number; y: number }[] = [];
      for (; point < trunk.first + end && columnOf[rank[point]!] === c; point++) {
        const y = top[rank[point]!]!;
        extend(points, x[point]!, y, y + heights[rank[point]!]! - BETWEEN_RANKS);
      }
      runs.push({ points, column: columns[c]! });
    }
    if (runs.length > 1 || runs[0]!.points.length) ways.set(edge, { branches, runs });
  }
  return {
    corners: Array.from({ length: cards }, (_, i) => ({ x: x[i]! - width[i]! / 2, y: top[rank[i]!]! })),
    ways,
    width: left - BETWEEN_COLUMNS,
    height: Math.max(...columns.map(({ bottom }) => bottom)) + HEAD,
  };
}

/** Straight down from one height to another; a line that runs straight down already is made longer. */
function extend(points: { x: number; y: number }[], x: number, from: number, to: number): void {
  const before = points.at(-2);
  const last = points.at(-1);
  if (before && last && Math.max(Math.abs(before.x - x), Math.abs(last.x - x)) < UNSEEN) last.y = to;
  else points.push({ x, y: from }, { x, y: to });
}

/** The ranks with which `count` columns of about the same height begin: where the fewest `lines` go on, near where a column would be full. */
function cuts(lines: number[], heights: number[], count: number): number[] {
  const tops: number[] = [];
  let whole = 0;
  for (const height of heights) {
    tops.push(whole);
    whole += height;
  }
  const starts = [0];
  for (let c = 1, i = 1; c < count; c++) {
    let best = -1;
    for (; i < lines.length && tops[i]! <= ((c + SLACK) * whole) / count; i++) {
      if (tops[i]! >= ((c - SLACK) * whole) / count && (best < 0 || lines[i]! < lines[best]!)) best = i;
    }
    if (best > 0) starts.push(best);
  }
  return starts;
}
