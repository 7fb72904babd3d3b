// Numbers that a loop went through, one small curve each, with the last value beside it.
import type { History, Num } from "../../../wasm/src/trace.ts";
import { curveThrough } from "./curve.ts";

const WIDTH = 132;
const HEIGHT = 28;
const PAD = 3;

export function Series({ histories }: { histories: History[] }) {
  return (
    <ul class="series" aria-label="Numbers over time">
      {histories.map((history) => (
        <li key={`${history.name}@${history.span.cell}:${history.span.line}:${history.span.column}`}>
          <span class="series-name">{history.name}</span>
          <Sparkline history={history} />
          <span class="series-last">{text(history.values.at(-1))}</span>
          <small>{history.count.toLocaleString("en")} values</small>
        </li>
      ))}
    </ul>
  );
}

/** Four digits, as Python's format gives them. */
function text(value: Num | undefined): string {
  if (typeof value !== "number") return value ?? "";
  if (value !== 0 && Math.abs(value) < 1e-4) return value.toExponential(3).replace(/-(\d)$/, "-0$1");
  return Number.isInteger(value) && Math.abs(value) < 1e6 ? String(value) : value.toPrecision(4);
}

function Sparkline({ history: { name, values } }: { history: History }) {
  const { path, end } = curveThrough(values, WIDTH, HEIGHT, PAD);
  return (
    <svg class="sparkline" role="img" aria-label={`${name} from ${text(values[0])} to ${text(values.at(-1))}`} width={WIDTH} height={HEIGHT}>
      <path d={path} />
      {end && <circle cx={end.x} cy={end.y} r={2.2} />}
    </svg>
  );
}
