// Which way a graph runs: down, or to the right in a pane that is so low that all of it is drawn clearly larger so. Decided before it is laid
// out, which takes long, by about how large it would be.
import { componentsOf, pack, type Size } from "./components.ts";
import { append } from "./fold.ts";
import { type CardParts, extentOf } from "./measure.ts";
import type { GraphModel } from "./model.ts";

/** What is drawn at this scale can be read well. */
export const READABLE = 0.8;
/** Width to height that a graph of many pieces should have, in a pane of some shape. */
export const aspectFor = (room: Size | null) => (room && room.width > 1.7 * room.height ? 2.4 : 1.2);
/** What is kept free below the upper edge of an open module, for its name. */
export const TITLE = 20;

/** How much larger everything must become for a graph to be turned, and to stay so: a number that gains a digit turns nothing. */
const TURNS = 1.25;
const STAYS = 1.1;

/** Between cards, beside one another in a rank and from rank to rank. Between the rows of a graph that runs to the right stand the names of modules. */
export const gapsOf = (isSideways: boolean, depth: number) => (isSideways ? { across: 26 + TITLE * depth, along: 44 } : { across: 28, along: 30 });

export const depthOf = ({ nodes }: GraphModel) => Math.max(0, ...nodes.map(({ within }) => within.length));

/** `was`: whether it ran to the right until now. */
export function runsSideways(model: GraphModel, parts: Map<string, CardParts>, room: Size, was: boolean): boolean {
  const pieces = componentsOf(model);
  const scaleOf = (isSideways: boolean) => {
    const { width, height } = pack(pieces.map((piece) => guess(piece, parts, isSideways)), aspectFor(room));
    return Math.min(READABLE, room.width / width, room.height / height);
  };
  return scaleOf(true) > scaleOf(false) * (was ? STAYS : TURNS);
}

/** About how large a piece would be: rank after rank, each as wide as what stands in it. */
function guess(piece: GraphModel, parts: Map<string, CardParts>, isSideways: boolean): Size {
  const gaps = gapsOf(isSideways, depthOf(piece));
  const ranks: { across: number; along: number }[] = [];
  const rankOf = ranksOf(piece);
  for (const node of piece.nodes) {
    const { width, height } = extentOf(node, parts.get(node.key)!);
    const [across, along] = isSideways ? [height, width] : [width, height];
    const rank = (ranks[rankOf.get(node.key)!] ??= { across: 0, along: 0 });
    rank.across += across + gaps.across;
    rank.along = Math.max(rank.along, along + gaps.along);
  }
  const across = Math.max(...ranks.map((rank) => rank?.across ?? 0));
  const along = ranks.reduce((sum, rank) => sum + (rank?.along ?? 0), 0);
  return isSideways ? { width: along, height: across } : { width: across, height: along };
}

/** How many steps each node is from what nothing is made of; a leaf stands right before the first that uses it. */
function ranksOf({ nodes, edges }: GraphModel): Map<string, number> {
  const forward = edges.filter(({ back }) => !back);
  const operands = new Map<string, string[]>();
  const users = new Map<string, string[]>();
  for (const { from, to } of forward) {
    append(operands, to, from);
    append(users, from, to);
  }
  const ranks = new Map<string, number>();
  const rankOf = (key: string): number => {
    if (!ranks.has(key)) {
      ranks.set(key, 0);
      ranks.set(key, 1 + Math.max(-1, ...(operands.get(key) ?? []).map(rankOf)));
    }
    return ranks.get(key)!;
  };
  for (const { key } of nodes) rankOf(key);
  for (const { key } of nodes) {
    if (!operands.has(key) && users.has(key)) ranks.set(key, Math.min(...users.get(key)!.map((user) => ranks.get(user)!)) - 1);
  }
  return ranks;
}
