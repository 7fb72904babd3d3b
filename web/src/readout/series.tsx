// Numbers that a loop went through, one small curve each, with the last value beside it.
import type { History, Num } from "../../../wasm/src/trace.ts";

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

function text(value: Num | undefined): string {
  if (typeof value !== "number") return value ?? "";
  return Number.isInteger(value) && Math.abs(value) < 1e6 ? String(value) : value.toPrecision(4);
}

function Sparkline({ history: { name, values } }: { history: History }) {
  const numbers = values.filter((value): value is number => typeof value === "number");
  const low = Math.min(...numbers);
  const range = Math.max(...numbers) - low || 1;
  const x = (i: number) => PAD + (i / Math.max(values.length - 1, 1)) * (WIDTH - 2 * PAD);
  const y = (value: number) => HEIGHT - PAD - ((value - low) / range) * (HEIGHT - 2 * PAD);
  // A value that is no number breaks the line.
  let path = "";
  let pen = "M";
  values.forEach((value, i) => {
    if (typeof value !== "number") {
      pen = "M";
      return;
    }
    path += `${pen}${x(i).toFixed(1)} ${y(value).toFixed(1)}`;
    pen = "L";
  });
  const last = values.at(-1);
  return (
    <svg class="sparkline" role="img" aria-label={`${name} from ${text(values[0])} to ${text(last)}`} width={WIDTH} height={HEIGHT}>
      <path d={path} />
      {typeof last === "number" && <circle cx={x(values.length - 1)} cy={y(last)} r={2.2} />}
    </svg>
  );
}
