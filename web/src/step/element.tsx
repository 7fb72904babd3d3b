// One element of a tensor, in whose numbers a formula is shown, and the field that picks it. What was picked stays from step to step.
import { signal } from "@preact/signals";
import type { Num, Preview } from "../../../wasm/src/trace.ts";
import { indexOf } from "../tensor/indices.ts";
import { elementCount } from "../tensor/text.ts";

const picked = signal(0);

/** The number of the picked element in row-major order, of a tensor of which `known` elements are known. */
export const pickedIn = (known: number): number => Math.max(0, Math.min(picked.value, known - 1));

/** Which element of a tensor of shape `small` stands at an element of `shape`, to which it is repeated; null where it does not fit. */
export function placeIn(small: number[], shape: number[], at: number): number | null {
  const ahead = shape.length - small.length;
  if (ahead < 0) return null;
  const index = indexOf(at, shape);
  let place = 0;
  for (const [axis, size] of small.entries()) {
    if (size !== 1 && size !== shape[ahead + axis]) return null;
    place = place * size + (size === 1 ? 0 : index[ahead + axis]!);
  }
  return place;
}

/** The value of a tensor there; null also where the trace left it out. */
export function elementAt(preview: Preview | null | undefined, shape: number[], at: number): Num | null {
  const place = preview ? placeIn(preview.shape, shape, at) : null;
  return place === null ? null : (preview!.values[place] ?? null);
}

/** "w[0, 2]", "(x * w)[0, 2]"; only the name for a tensor of one element. */
export function elementName(name: string, shape: number[], at: number): string {
  if (elementCount(shape) < 2) return name;
  return `${/[^\w.]/.test(name) && !/^\(.*\)$/.test(name) ? `(${name})` : name}[${indexOf(at, shape).join(", ")}]`;
}

/** Picks an element of a tensor named `name`. Nothing is there to pick in one of one element. */
export function ElementPicker({ name, shape, known }: { name: string; shape: number[]; known: number }) {
  if (known < 2) return null;
  const at = pickedIn(known);
  return (
    <label class="element-picker">
      <span>
        element <code>{elementName(name, shape, at)}</code>
      </span>
      <input
        type="range"
        aria-label={`Element of ${name}`}
        aria-valuetext={elementName(name, shape, at)}
        min={0}
        max={known - 1}
        value={at}
        onInput={(event) => (picked.value = Number(event.currentTarget.value))}
      />
      {known < elementCount(shape) && <small>of the first {known}</small>}
    </label>
  );
}
