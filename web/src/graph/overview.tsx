// A large graph from afar: cards are plain shapes, many of them in one path, in tiles of which only those in view are drawn. Near enough for
// the cards themselves, only the lines between them are left.
import { useMemo } from "preact/hooks";
import type { Placed, PlacedNode } from "./layout.ts";
import type { View } from "./viewport.ts";

/** Side of a tile. */
const TILE = 1600;

interface Tile {
  left: number;
  top: number;
  right: number;
  bottom: number;
  lines: string[];
  tracked: string[];
  leaves: string[];
  others: string[];
}

export function Overview({ placed, seen }: { placed: Placed; seen: View | null }) {
  const tiles = useMemo(() => tilesOf(placed), [placed.shape]);
  const isInView = ({ left, top, right, bottom }: Tile) => seen !== null && left < seen.right && top < seen.bottom && right > seen.left && bottom > seen.top;
  return (
    <g class="map" aria-hidden="true">
      {tiles.map((tile, i) =>
        isInView(tile) ? (
          <g key={i}>
            <path class="edge" d={tile.lines.join("")} />
            {!seen!.isLegible && (
              <>
                <path class="map-others" d={tile.others.join("")} />
                <path class="map-tracked" d={tile.tracked.join("")} />
                <path class="map-leaves" d={tile.leaves.join("")} />
              </>
            )}
          </g>
        ) : null,
      )}
    </g>
  );
}

function tilesOf({ nodes, edges }: Placed): Tile[] {
  const tiles = new Map<string, Tile>();
  const add = (kind: "lines" | "tracked" | "leaves" | "others", path: string, [left, top, right, bottom]: [number, number, number, number]) => {
    const key = `${Math.floor(left / TILE)} ${Math.floor(top / TILE)}`;
    let tile = tiles.get(key);
    if (!tile) tiles.set(key, (tile = { left, top, right, bottom, lines: [], tracked: [], leaves: [], others: [] }));
    tile[kind].push(path);
    [tile.left, tile.top] = [Math.min(tile.left, left), Math.min(tile.top, top)];
    [tile.right, tile.bottom] = [Math.max(tile.right, right), Math.max(tile.bottom, bottom)];
  };
  for (const { path, x, y } of edges) add("lines", ...moved(path, x, y));
  for (const node of nodes) {
    const { x, y, parts: { width, height } } = node;
    add(kindOf(node), `M${x} ${y}h${width}v${height}h${-width}z`, [x, y, x + width, y + height]);
  }
  return [...tiles.values()];
}

function kindOf({ node: { tensor } }: PlacedNode): "tracked" | "leaves" | "others" {
  if (!tensor?.requiresGrad) return "others";
  return tensor.isLeaf ? "leaves" : "tracked";
}

/** A path of absolute coordinates, moved, with the box around its points. */
function moved(path: string, dx: number, dy: number): [string, [number, number, number, number]] {
  const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  let isX = true;
  const text = path.replace(/-?\d+(\.\d+)?/g, (number) => {
    const at = Number(number) + (isX ? dx : dy);
    const axis = isX ? 0 : 1;
    box[axis] = Math.min(box[axis]!, at);
    box[axis + 2] = Math.max(box[axis + 2]!, at);
    isX = !isX;
    return at.toFixed(0);
  });
  return [text, box];
}
