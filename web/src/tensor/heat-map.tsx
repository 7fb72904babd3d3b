// Draws heat.ts: as squares inside another drawing, or as a picture of its own.
import type { Preview } from "../../../wasm/src/trace.ts";
import { type Heat, heatOf, squareSize } from "./heat.ts";

export function HeatSquares({ heat, x, y, size }: { heat: Heat; x: number; y: number; size: number }) {
  return (
    <g transform={`translate(${x} ${y})`}>
      <rect class="heat-ground" width={heat.columns * size} height={heat.rows * size} rx={2} />
      {heat.cells.map((cell) =>
        cell.level === null ? (
          <path
            key={cell.y * heat.columns + cell.x}
            class="heat-odd"
            d={`M${cell.x * size + 2} ${cell.y * size + 2}l${size - 4} ${size - 4}m0 ${4 - size}l${4 - size} ${size - 4}`}
          />
        ) : (
          <rect
            key={cell.y * heat.columns + cell.x}
            class={cell.level < 0 ? "heat-minus" : "heat-plus"}
            x={cell.x * size}
            y={cell.y * size}
            width={size - 0.75}
            height={size - 0.75}
            fill-opacity={Math.abs(cell.level).toFixed(3)}
          />
        ),
      )}
    </g>
  );
}

export function HeatMap({ preview, label }: { preview: Preview; label: string }) {
  const heat = heatOf(preview);
  const size = squareSize(heat, 7);
  return (
    <svg class="heat-map" role="img" aria-label={label} width={heat.columns * size} height={heat.rows * size}>
      <HeatSquares heat={heat} x={0} y={0} size={size} />
    </svg>
  );
}
