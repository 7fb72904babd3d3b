// One line's value as it is shown right of the code. The table tells the same to those who listen, so it is silent here.
import { curveThrough } from "../readout/curve.ts";
import type { LineValue } from "./line-values.ts";

export function LineValueView({ line }: { line: LineValue }) {
  const { value, grad, series, isOld } = line;
  return (
    <span class={`line-value ${isOld ? "is-old" : ""}`} aria-hidden="true">
      {series.length > 1 && (
        <svg class="line-curve" width="48" height="12" viewBox="0 0 48 12">
          <path d={curveThrough(series, 48, 12, 1).path} />
        </svg>
      )}
      {value && <span>{value}</span>}
      {grad && <span class="line-grad">∂ {grad}</span>}
    </span>
  );
}
