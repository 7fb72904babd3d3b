// Names and short sentences for tensors and moments.
import type { Num, Operation, Span, Trace } from "../../../wasm/src/trace.ts";
import { sourceOf } from "../document/store.ts";
import { operationSign } from "../graph/model.ts";
import { nameIn } from "../graph/names.ts";
import { cellOfSpan, shownRun } from "../worker/session.ts";
import type { Moment } from "./moments.ts";

/** The piece of code that a span covers, in one line. */
export function codeAt(span: Span | null): string {
  const id = span && cellOfSpan(span);
  const source = id ? sourceOf(id) : undefined;
  if (!span || source === undefined) return "";
  const lines = source.split("\n").slice(span.line - 1, span.endLine);
  if (!lines.length) return "";
  lines[lines.length - 1] = lines.at(-1)!.slice(0, span.endColumn);
  lines[0] = lines[0]!.slice(span.column);
  return lines.map((line) => line.trim()).join(" ");
}

export const nameOf = (trace: Trace, id: number | null): string => nameIn(trace, id, codeAt);

export function lineOf(span: Span | null): string {
  if (!span) return "";
  const cells = shownRun.value?.trace.cells.length ?? 1;
  return cells > 1 ? `cell ${span.cell + 1}, line ${span.line}` : `line ${span.line}`;
}

const sign = (operation: Operation) => operationSign(operation);

export function titleOf(moment: Moment): string {
  const trace = shownRun.value!.trace;
  if (moment.kind === "forward") return `Forward: ${sign(moment.operation)} makes ${nameOf(trace, moment.operation.outputs[0] ?? null)}`;
  if (moment.kind === "update") return `${moment.update.optimizer} changes its parameters`;
  if (!moment.operation) return `Backward: the gradient of ${nameOf(trace, moment.step.tensor)} is complete`;
  return `Backward: through ${sign(moment.operation)}`;
}

/** An option as it is written in a call. */
export const optionText = ({ name, value }: { name: string; value: Num | boolean }) => `${name}=${typeof value === "boolean" ? (value ? "True" : "False") : value}`;
