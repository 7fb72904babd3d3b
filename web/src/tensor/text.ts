// The elements of a tensor as PyTorch prints them: one format for all of them, brackets for the axes, no "tensor(…)" around.
import type { Num, Preview } from "../../../wasm/src/trace.ts";

const isFloat = (dtype: string) => /float|double|half/.test(dtype);
const isFinite_ = (value: Num): value is number => typeof value === "number";

export function elementCount(shape: number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** Four decimals, ties to even as in Python; JavaScript takes them upwards. Only odd multiples of 1/32 are ties. */
function fourDecimals(value: number): string {
  if (!Number.isInteger(value * 32) || Number.isInteger(value * 16)) return value.toFixed(4);
  const below = Math.floor(Math.abs(value) * 10_000);
  return ((Math.sign(value) * (below + (below % 2))) / 10_000).toFixed(4);
}

/** How many digits a value needs on its own, as PyTorch decides it for all elements together. */
function formatter({ dtype, values }: Preview): (value: Num) => string {
  if (/bool/.test(dtype)) return (value) => (value ? "True" : "False");
  if (!isFloat(dtype)) return String;
  const sizes = values.filter(isFinite_).map(Math.abs).filter((size) => size > 0);
  const largest = Math.max(...sizes, 0);
  const smallest = Math.min(...sizes, Infinity);
  const whole = sizes.every(Number.isInteger);
  const scientific = sizes.length > 0 && (largest / smallest > 1000 || largest > 1e8 || (!whole && smallest < 1e-4));
  return (value) => {
    if (!isFinite_(value)) return value;
    if (scientific) return value.toExponential(4).replace(/e([+-])(\d)$/, "e$10$2");
    const text = whole ? value.toFixed(0) : fourDecimals(value);
    const signed = Object.is(value, -0) && !text.startsWith("-") ? `-${text}` : text;
    return whole ? `${signed}.` : signed;
  };
}

/** The whole preview, in one line; "…" where the trace left elements out. */
export function tensorText(preview: Preview): string {
  const { shape, values } = preview;
  const format = formatter(preview);
  const step = (axis: number, from: number): string => {
    if (axis === shape.length) return from < values.length ? format(values[from]!) : "…";
    const stride = elementCount(shape.slice(axis + 1));
    const parts: string[] = [];
    for (let i = 0; i < shape[axis]!; i++) {
      if (from + i * stride >= values.length) {
        parts.push("…");
        break;
      }
      parts.push(step(axis + 1, from + i * stride));
    }
    return `[${parts.join(", ")}]`;
  };
  return step(0, 0);
}

/** As short as can be, for a node of the graph: a single element without its brackets. Null when the tensor is too large for text. */
export function shortText(preview: Preview, most: number): string | null {
  if (elementCount(preview.shape) === 1 && preview.values.length === 1) return formatter(preview)(preview.values[0]!);
  return textUpTo(preview, most);
}

/** The elements, if they take no more than so many characters. */
export function textUpTo(preview: Preview, most: number): string | null {
  // Each takes three characters at the least, so that most large ones need not be written to see that.
  if (3 * Math.min(preview.values.length, elementCount(preview.shape)) > most) return null;
  const text = tensorText(preview);
  return text.length <= most ? text : null;
}

/** "3×4"; a scalar has no shape to show. */
export function shapeText(shape: number[]): string {
  return shape.length === 1 ? `[${shape[0]}]` : shape.join("×");
}
