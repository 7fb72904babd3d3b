// What each line of a cell gave, told from the trace: the value of what it binds, its gradient, the numbers that a loop went through, and
// which gradients a backward pass filled.
import type { Num, TensorNode, Variable } from "../../../wasm/src/trace.ts";
import { shapeText, shortText } from "../tensor/text.ts";
import { goodRun, run, type Run } from "../worker/session.ts";

export interface LineValue {
  /** From 1. */
  line: number;
  value: string;
  grad: string;
  /** The numbers of a loop, if the line is in one. */
  series: Num[];
  /** The tensors that it tells of. */
  tensors: number[];
  /** From the last run that reached its end, while the present one did not come so far. */
  isOld: boolean;
}

/** Longer values are told by their shape or type. */
const MOST = 26;
const plain = new Set(["int", "float", "bool", "str", "list", "tuple", "dict", "set", "Size", "torch.Size", "NoneType"]);

function tensorWord({ value }: TensorNode): string {
  return shortText(value, MOST) ?? `${value.dtype} ${shapeText(value.shape)}`;
}

function variableWord({ type, repr }: Variable): string {
  if (!plain.has(type)) return "";
  return repr.length <= MOST && !repr.includes("\n") ? repr : type;
}

function valuesOf({ trace, cellIds }: Run, cellId: string): Map<number, LineValue> {
  const lines = new Map<number, LineValue>();
  const at = (line: number) => {
    const known = lines.get(line);
    if (known) return known;
    const made: LineValue = { line, value: "", grad: "", series: [], tensors: [], isOld: false };
    lines.set(line, made);
    return made;
  };
  const tensors = new Map(trace.graph.tensors.map((tensor) => [tensor.id, tensor]));
  const here = trace.variables.flatMap((variable) => (variable.span && cellIds[variable.span.cell] === cellId ? [{ ...variable, line: variable.span.line }] : []));
  for (const variable of here) {
    const tensor = variable.tensor === null ? undefined : tensors.get(variable.tensor);
    const word = tensor ? tensorWord(tensor) : variableWord(variable);
    if (!word) continue;
    const entry = at(variable.line);
    const isAlone = here.filter(({ line }) => line === variable.line).length === 1;
    entry.value += `${entry.value ? ", " : ""}${isAlone ? "" : `${variable.name} `}${word}`;
    if (!tensor) continue;
    entry.tensors.push(tensor.id);
    if (tensor.grad && tensor.gradIsKept) {
      const grad = shortText(tensor.grad, MOST) ?? shapeText(tensor.grad.shape);
      entry.grad += `${entry.grad ? ", " : ""}${isAlone ? "" : `${variable.name} `}${grad}`;
    }
  }
  for (const { span, values, count } of trace.histories) {
    if (cellIds[span.cell] === cellId && count > 1) at(span.line).series = values;
  }
  for (const { span, steps } of trace.passes) {
    if (!span || cellIds[span.cell] !== cellId) continue;
    const filled = steps.flatMap(({ stored, tensor }) => (stored && tensor !== null ? [tensor] : []));
    const names = filled.flatMap((id) => tensors.get(id)?.names.at(-1) ?? []);
    if (!names.length) continue;
    const entry = at(span.line);
    entry.grad = names.length <= 4 ? names.join(", ") : `${names.length} gradients`;
    entry.tensors.push(...filled);
  }
  return lines;
}

/** The values of a cell's lines, in order. Where the present run broke off, those of the last good one stand in. */
export function lineValues(cellId: string): LineValue[] {
  const now = run.value;
  if (!now) return [];
  const lines = valuesOf(now, cellId);
  if (now.trace.status === "error" && goodRun.value) {
    for (const [line, value] of valuesOf(goodRun.value, cellId)) {
      if (!lines.has(line)) lines.set(line, { ...value, isOld: true });
    }
  }
  return [...lines.values()].sort((a, b) => a.line - b.line);
}
