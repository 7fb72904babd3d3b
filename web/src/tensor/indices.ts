// Where an element stands: its index along each axis, from its number in row-major order.
export function indexOf(at: number, shape: number[]): number[] {
  const index: number[] = [];
  for (const size of [...shape].reverse()) {
    index.unshift(at % size);
    at = Math.floor(at / size);
  }
  return index;
}
