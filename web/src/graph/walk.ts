// The graph by keyboard, as a tree that is read from its results: up to what something was made of, down to what is made of it, left and
// right among the operands of one operation; and what is said of each place.
import { append } from "./fold.ts";
import type { Placed, PlacedNode } from "./layout.ts";

export type Direction = "to operands" | "to users" | "before" | "after";

/** What the arrow keys do in a graph that runs down, or to the right. */
export const directions = (isSideways: boolean): Record<string, Direction> =>
  isSideways
    ? { ArrowLeft: "to operands", ArrowRight: "to users", ArrowUp: "before", ArrowDown: "after" }
    : { ArrowUp: "to operands", ArrowDown: "to users", ArrowLeft: "before", ArrowRight: "after" };

/** The key of the node to go to; null where the graph ends. */
export function neighbour({ nodes, edges, isSideways }: Placed, here: string, direction: Direction): string | null {
  const ways = edges.flatMap(({ edge }) => (edge.back ? [] : [edge]));
  if (direction === "to operands") return ways.filter(({ to }) => to === here).sort((a, b) => a.port - b.port)[0]?.from ?? null;
  if (direction === "to users") return ways.find(({ from }) => from === here)?.to ?? null;
  const step = direction === "before" ? -1 : 1;
  for (const user of ways.filter(({ from }) => from === here)) {
    const operands = ways.filter(({ to }) => to === user.to).sort((a, b) => a.port - b.port);
    const next = operands[operands.indexOf(user) + step];
    if (next && next.from !== here) return next.from;
  }
  return beside(nodes, here, step, isSideways);
}

/** The nearest node to one side. */
function beside(nodes: PlacedNode[], key: string, step: number, isSideways: boolean): string | null {
  const here = nodes.find(({ node }) => node.key === key);
  const middle = ({ x, y, parts }: PlacedNode) => (isSideways ? y + parts.height / 2 : x + parts.width / 2);
  let best: { key: string; cost: number } | null = null;
  for (const one of here ? nodes : []) {
    const along = (middle(one) - middle(here!)) * step;
    const cost = along + 2.5 * (isSideways ? Math.abs(one.x - here!.x) : Math.abs(one.y - here!.y));
    if (along > 4 && (!best || cost < best.cost)) best = { key: one.node.key, cost };
  }
  return best?.key ?? null;
}

export interface Place {
  /** From 1, for what nothing is made of. */
  level: number;
  /** What it is made of and what is made of it, in words. */
  words: string;
}

/** Of every node, how deep it lies in the tree and how it hangs together with others. */
export function placesOf({ nodes, edges }: Placed): Map<string, Place> {
  const names = new Map(nodes.map(({ node }) => [node.key, node.tensor?.names.at(-1) ?? node.operation?.label ?? "a result"]));
  const users = new Map<string, string[]>();
  const operands = new Map<string, string[]>();
  for (const { edge } of edges) {
    if (edge.back) continue;
    append(users, edge.from, edge.to);
    append(operands, edge.to, edge.from);
  }
  const level = new Map<string, number>();
  let row = nodes.flatMap(({ node }) => (users.has(node.key) ? [] : [node.key]));
  for (let depth = 1; row.length; depth++) {
    for (const key of row) level.set(key, depth);
    row = [...new Set(row.flatMap((key) => operands.get(key) ?? []))].filter((key) => !level.has(key));
  }
  const list = (keys: string[]) => [...new Set(keys.map((key) => names.get(key)!))].slice(0, 4).join(" and ");
  return new Map(
    nodes.map(({ node: { key } }) => {
      const [from, to] = [operands.get(key) ?? [], users.get(key) ?? []];
      const words = [from.length ? `made of ${list(from)}` : "", to.length ? `goes into ${list(to)}` : ""].filter(Boolean).join(", ");
      return [key, { level: level.get(key) ?? 1, words }];
    }),
  );
}
