// What a tensor is called where it is spoken of: its name, else the code that made it, else "intermediate". Knows nothing of the page: the
// code comes in as a function.
import type { Operation, Span, Trace } from "../../../wasm/src/trace.ts";
import { operandIn } from "./python.ts";

const MOST_CODE = 32;

export const isSameSpan = (a: Span | null, b: Span | null) => a !== null && b !== null && (["cell", "line", "column", "endLine", "endColumn"] as const).every((key) => a[key] === b[key]);

export function nameIn({ graph }: Trace, id: number | null, codeAt: (span: Span | null) => string | null): string {
  const tensor = graph.tensors.find((tensor) => tensor.id === id);
  const name = tensor?.names.at(-1);
  if (!tensor || name) return name ?? "a tensor";
  const maker = graph.operations.findLast(({ outputs }) => outputs.includes(tensor.id));
  const span = maker?.span ?? tensor.span;
  // Where that code applies several operators, only the last one gives what it says; and of what no operator made it may be the code that used it first.
  const user = graph.operations.find((next) => next !== maker && isSameSpan(next.span, span) && next.inputs.some((input) => "tensor" in input && input.tensor === tensor.id));
  const code = codeAt(span)?.replace(/\s*\n\s*/g, " ");
  const shown = !code ? null : !user ? code : maker ? null : operandCode(user, tensor.id, code);
  return shown && shown.length <= MOST_CODE ? shown : "intermediate";
}

/** The operand of an operation, as it stands in the code of that. */
function operandCode({ label, inputs }: Operation, id: number, code: string): string | null {
  const at = inputs.findIndex((input) => "tensor" in input && input.tensor === id);
  const number = inputs.find((input) => "text" in input);
  return operandIn(code, { sign: label, at, argument: inputs[at]!.argument, number: number && "text" in number ? number.text : null });
}
