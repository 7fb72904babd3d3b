// How far a run is that takes long: the line on which it stands, and the outermost loop around it.
import type { Trace } from "../../../wasm/src/trace.ts";

export interface Progress {
  line: number | null;
  round: number | null;
  /** How many rounds there will be, where that is known. */
  of: number | null;
}

export function progressOf({ position, loops }: Trace): Progress {
  const at = position?.line ?? null;
  const around = position ? loops.filter(({ span }) => span.cell === position.cell && span.line <= position.line && position.line <= span.endLine) : [];
  // In a function that a loop calls: the loop that began first and is not through.
  const loop = around.sort((a, b) => a.span.line - b.span.line)[0] ?? loops.find(({ round, of }) => of !== null && round! < of);
  return { line: at, round: loop ? (loop.round ?? loop.rounds) : null, of: loop?.of ?? null };
}
