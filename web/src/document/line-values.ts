// What each line of a cell gave, told from the trace: the value of what it binds, its gradient, the numbers that a loop went through, and
// which gradients a backward pass filled.
import type { Binding, Num, Preview, TensorNode, Variable } from "../../../wasm/src/trace.ts";
import { shapeText, shortText } from "../tensor/text.ts";
import { isPicked, pickedRun } from "../worker/rounds.ts";
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

/** Of longer tensors the shape is told, of other values how they begin. */
const MOST = 26;
const plain = new Set(["int", "float", "bool", "str", "list", "tuple", "dict", "set", "Size", "torch.Size", "NoneType", "numpy.ndarray", "numpy.float64", "numpy.int64"]);

function tensorWord(value: Preview): string {
  return shortText(value, MOST) ?? `${value.dtype} ${shapeText(value.shape)}`;
}

interface Named {
  name: string;
  line: number;
  word: string;
  tensor: TensorNode | undefined;
}

function variableWord({ type, repr }: Variable): string {
  if (!plain.has(type)) return "";
  const text = (/^array\((.*?)(, dtype=\w+)?\)?$/s.exec(repr)?.[1] ?? repr).replace(/\s+/g, " ");
  return text.length <= MOST ? text : `${/^(.+,) /.exec(text.slice(0, MOST))?.[1] ?? text.slice(0, MOST - 2)} …`;
}

/** Does a name stand where a comprehension binds it? It is gone afterwards, and what counts is the whole. */
const isOfComprehension = (line: string, column: number) => /\bfor\s[\w\s,()*]*$/.test(line.slice(0, column)) && !/^\s*(async\s+)?for\s/.test(line);

/** Is it plain which name a line's value is of? */
const isPlainIn = (line: string, name: string) => new RegExp(`^\\s*(for\\s+)?${name}(?!\\w)`).test(line);

function valuesOf({ trace, cellIds, cells }: Run, cellId: string): Map<number, LineValue> {
  const source = cells[cellIds.indexOf(cellId)]?.source.split("\n") ?? [];
  const isPassing = ({ line, column }: Binding["span"]) => isOfComprehension(source[line - 1] ?? "", column);
  const lines = new Map<number, LineValue>();
  const at = (line: number) => {
    const known = lines.get(line);
    if (known) return known;
    const made: LineValue = { line, value: "", grad: "", series: [], tensors: [], isOld: false };
    lines.set(line, made);
    return made;
  };
  const tensors = new Map(trace.graph.tensors.map((tensor) => [tensor.id, tensor]));
  const known = (id: number | null) => (id === null ? undefined : tensors.get(id));
  const here = (span: Binding["span"] | null) => span !== null && cellIds[span.cell] === cellId;
  // A line in a function is reached along several calls: the last of them counts.
  const last = new Map<string, Binding>();
  for (const binding of [...trace.bindings].sort((a, b) => a.at - b.at)) {
    if (here(binding.span) && !isPassing(binding.span)) last.set(`${binding.span.line} ${binding.span.column} ${binding.name}`, binding);
  }
  const named: Named[] = [...last.values()].sort((a, b) => a.span.line - b.span.line || a.span.column - b.span.column).map(({ name, span, text, tensor: id, value }) => {
    const tensor = known(id);
    const shown = tensor?.value ?? value;
    return { name, line: span.line, word: shown ? tensorWord(shown) : (text ?? ""), tensor };
  });
  // What is neither a tensor nor a number is known of a variable alone, as it is now.
  for (const variable of trace.variables) {
    const { name, span } = variable;
    if (!here(span) || named.some((one) => one.line === span!.line && one.name === name)) continue;
    const tensor = known(variable.tensor);
    named.push({ name, line: span!.line, word: tensor ? tensorWord(tensor.value) : variableWord(variable), tensor });
  }
  for (const { name, line, word, tensor } of named) {
    if (!word) continue;
    const entry = at(line);
    const isAlone = named.filter((one) => one.line === line).length === 1 && isPlainIn(source[line - 1] ?? name, name);
    entry.value += `${entry.value ? ", " : ""}${isAlone ? "" : `${name} `}${word}`;
    if (!tensor) continue;
    entry.tensors.push(tensor.id);
    if (tensor.grad && tensor.gradIsKept) {
      const grad = shortText(tensor.grad, MOST) ?? shapeText(tensor.grad.shape);
      entry.grad += `${entry.grad ? ", " : ""}${isAlone ? "" : `${name} `}${grad}`;
    }
  }
  for (const { span, values, count } of trace.histories) {
    if (here(span) && count > 1 && !isPassing(span)) at(span.line).series = values;
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
  const now = isPicked.value ? pickedRun.value : run.value;
  if (!now) return [];
  const lines = valuesOf(now, cellId);
  if (now.trace.status === "error" && goodRun.value) {
    for (const [line, value] of valuesOf(goodRun.value, cellId)) {
      if (!lines.has(line)) lines.set(line, { ...value, isOld: true });
    }
  }
  return [...lines.values()].sort((a, b) => a.line - b.line);
}
