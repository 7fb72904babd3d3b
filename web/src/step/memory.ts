// Tensors that show one memory: a view and its base, `w` and `w.data`. What is written through one of them, all of them show; so where the
// time line goes back before such a change, the elements are put back one by one, by their place in the memory.
import type { Graph, Num, Preview, TensorNode } from "../../../wasm/src/trace.ts";
import { indexOf } from "../tensor/indices.ts";

type Known = Map<number, Num>;

export class Memories {
  /** Of each tensor that shares its memory: that memory's elements, as far as they are known from before a change. */
  private readonly memoryOf = new Map<number, Known>();
  private readonly tensors: Map<number, TensorNode>;

  constructor({ tensors, operations }: Graph) {
    this.tensors = new Map(tensors.filter(({ memory }) => memory !== null).map((tensor) => [tensor.id, tensor]));
    for (const { view, inputs, outputs } of operations) {
      const [base] = inputs;
      if (!view || !base || !("tensor" in base)) continue;
      const all = [base.tensor, ...outputs];
      const known = all.flatMap((id) => this.memoryOf.get(id) ?? []);
      const memory = known[0] ?? new Map<number, Num>();
      for (const [id, other] of this.memoryOf) if (known.includes(other)) this.memoryOf.set(id, memory);
      for (const id of all) this.memoryOf.set(id, memory);
    }
  }

  /** A change overwrote `before` through this tensor. From the earliest to the latest: what came first stays. */
  takeBack(id: number, before: Preview): void {
    const memory = this.memoryOf.get(id);
    const places = this.placesOf(id, before);
    before.values.forEach((value, i) => {
      const place = places[i];
      if (memory && place !== undefined && !memory.has(place)) memory.set(place, value);
    });
  }

  /** The tensors of which something was taken back, with their values as they then are. */
  changed(): [number, Preview][] {
    return [...this.memoryOf].flatMap(([id, memory]): [number, Preview][] => {
      const value = this.tensors.get(id)?.value;
      if (!value || memory.size === 0) return [];
      const places = this.placesOf(id, value);
      if (!places.some((place) => memory.has(place))) return [];
      return [[id, { ...value, values: value.values.map((now, i) => memory.get(places[i]!) ?? now) }]];
    });
  }

  /** Where the elements of a preview of this tensor lie. None where it is read as another type than its neighbours, which count otherwise. */
  private placesOf(id: number, { shape, values, dtype }: Preview): number[] {
    const tensor = this.tensors.get(id);
    if (!tensor?.memory || tensor.value.dtype !== dtype) return [];
    const { offset, strides } = tensor.memory;
    return values.map((_, i) => indexOf(i, shape).reduce((place, index, k) => place + index * strides[k]!, offset));
  }
}
