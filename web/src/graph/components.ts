// A graph in pieces: what hangs together is laid out by itself, and the pieces then stand side by side, in as many rows as it takes.
import type { GraphModel } from "./model.ts";

/** The connected pieces, in the order in which they first appear. */
export function componentsOf({ nodes, edges }: GraphModel): GraphModel[] {
  const parent = new Map(nodes.map(({ key }) => [key, key]));
  const root = (key: string): string => {
    let at = key;
    for (let up = parent.get(at)!; up !== at; up = parent.get(at)!) {
      parent.set(at, parent.get(up)!); // the way is half as long the next time
      at = up;
    }
    return at;
  };
  for (const { from, to } of edges) parent.set(root(from), root(to));
  const pieces = new Map<string, GraphModel>();
  for (const node of nodes) {
    const key = root(node.key);
    if (!pieces.has(key)) pieces.set(key, { nodes: [], edges: [], left: 0, standIn: new Map() });
    pieces.get(key)!.nodes.push(node);
  }
  for (const edge of edges) pieces.get(root(edge.from))!.edges.push(edge);
  return [...pieces.values()];
}

export interface Size {
  width: number;
  height: number;
}

const GAP = 36;

/** Upper left corners for boxes set row after row, the tallest first, and the size of the whole, whose width should be `aspect` times its height. */
export function pack(sizes: Size[], aspect: number): Size & { corners: { x: number; y: number }[] } {
  const area = sizes.reduce((sum, { width, height }) => sum + (width + GAP) * (height + GAP), 0);
  const most = Math.max(Math.sqrt(area * aspect), ...sizes.map(({ width }) => width));
  const corners = sizes.map(() => ({ x: 0, y: 0 }));
  const order = sizes.map((_, i) => i).sort((a, b) => sizes[b]!.height - sizes[a]!.height || a - b);
  const whole = { width: 0, height: 0 };
  let x = 0;
  let y = 0;
  let row = 0;
  for (const i of order) {
    const { width, height } = sizes[i]!;
    if (x > 0 && x + width > most) {
      x = 0;
      y += row + GAP;
      row = 0;
    }
    corners[i] = { x, y };
    x += width + GAP;
    row = Math.max(row, height);
    whole.width = Math.max(whole.width, x - GAP);
    whole.height = y + row;
  }
  return { ...whole, corners };
}
