// The changes of the code that make a tensor otherwise: what is to be written where, one click each. Knows the trace and the source alone.
import type { Operation, Pass, Span, TensorNode, Trace } from "../../../wasm/src/trace.ts";
import { insertLine, replaceAt, textAt } from "./change.ts";
import { argumentsOf, bare, type Call, callAt, inBrackets, lastSign, statementsFrom, withArgument } from "./python.ts";

/** A change of one cell's text. */
export interface Fix {
  /** What is done, as it stands on the button before the code. */
  verb: "Write" | "Remove" | "Move out of no_grad:";
  code: string;
  cell: number;
  /** Null where the text is no longer what was seen. */
  change(source: string): string | null;
}

/** What makers of tensors are called, who take `requires_grad=` and `dtype=`. */
const MAKERS = /torch\.(tensor|zeros|ones|full|rand|randn|arange|linspace|eye|empty)\(/g;

/** Small enough not to be seen in the result, large enough for float32. */
const EPS = "1e-8";

/** These are written out of place with a method of the same name without the underscore. */
const HAS_NO_TWIN = /^(zero|fill|copy|uniform|normal|random|bernoulli|exponential|set|resize|requires_grad|detach|retain)_$/;

export class Mend {
  #trace: Trace;
  #source: (cell: number) => string | null;

  constructor(trace: Trace, source: (cell: number) => string | null) {
    this.#trace = trace;
    this.#source = source;
  }

  // ---- reading the code

  codeAt(span: Span | null): string | null {
    const source = span && this.#source(span.cell);
    return source === null || !span ? null : textAt(source, span);
  }

  /** The line in which a span begins; empty when it is no longer known. */
  lineAt(span: Span | null): string {
    return (span && this.#source(span.cell)?.split("\n")[span.line - 1]) ?? "";
  }

  /** The call that made a tensor: at its span, or behind the name that is given to it there. */
  callOf({ span }: TensorNode, names: RegExp): Call | null {
    const source = span && this.#source(span.cell);
    return source && span ? callAt(source, span, names) : null;
  }

  // ---- who requires a gradient

  /** Adds an argument to the call that made a tensor. */
  argument(text: string, tensor: TensorNode): Fix | undefined {
    const call = this.callOf(tensor, MAKERS);
    if (!call || call.inside.includes(text.split("=")[0]!)) return;
    return this.#whole(tensor.span!.cell, text, withArgument(call, text));
  }

  /** Whole numbers, written as floats: with a point where they stand, else by dtype. */
  floats(tensor: TensorNode): Fix | undefined {
    const call = this.callOf(tensor, MAKERS);
    if (!call || /dtype/.test(call.inside)) return;
    return this.#asFloats(call, tensor.span!.cell);
  }

  #asFloats(call: Call, cell: number): Fix | undefined {
    const [first = "", ...rest] = argumentsOf(call.inside);
    const isLiteral = call.name === "torch.tensor" && /^[\s\d[\](),-]*\d[\s\d[\](),-]*$/.test(first);
    if (!isLiteral) return this.#whole(cell, "dtype=torch.float32", withArgument(call, "dtype=torch.float32"));
    const inside = [first.replace(/\d+/g, "$&."), ...rest].join(",");
    const text = `${call.name}(${inside})`;
    return this.#whole(cell, text.includes("\n") || text.length > 60 ? `${first.trim().slice(0, 24)}`.replace(/\d+/g, "$&.") : text, call.source.slice(0, call.begin) + text + call.source.slice(call.end));
  }

  /** A call in the line of an error that asks for the gradient of whole numbers. */
  floatsAt(span: Span): Fix | undefined {
    const source = this.#source(span.cell);
    const call = source ? callAt(source, { ...span, column: 0 }, MAKERS) : null;
    return call && !/dtype/.test(call.inside) ? this.#asFloats(call, span.cell) : undefined;
  }

  withoutCut({ span }: Operation): Fix | undefined {
    const code = this.codeAt(span);
    const text = code?.replace(/\.(detach\(\)|data)$/, "");
    return span && code && text !== code ? this.#replaced(span, code, text!) : undefined;
  }

  /** What was computed in a block without a graph, or in a function or after a switch that makes none, with one. */
  outOfNoGrad({ span }: Operation): Fix | undefined {
    const source = span && this.#source(span.cell);
    if (!span || !source) return;
    const lines = source.split("\n");
    const isOff = /^\s*(async\s+)?with\s+torch\.(no_grad\(\)|inference_mode\(\s*(True|mode=True)?\s*\)|set_grad_enabled\((mode=)?False\))\s*:/;
    const head = isOff.exec(lines[span.line - 1] ?? "");
    if (head) {
      const line = lines[span.line - 1]!;
      const statement = line.slice(head[0].length).trim();
      const indent = /^\s*/.exec(line)![0];
      return statement ? this.#whole(span.cell, statement, [...lines.slice(0, span.line - 1), indent + statement, ...lines.slice(span.line)].join("\n"), "Move out of no_grad:") : undefined;
    }
    let width = indentOf(lines[span.line - 1] ?? "");
    for (let i = span.line - 2; i >= 0; i--) {
      const line = lines[i]!;
      if (!line.trim() || /^\s*#/.test(line)) continue;
      if (/^\s*torch\.set_grad_enabled\(\s*False\s*\)\s*$/.test(line) && indentOf(line) <= width) return this.#whole(span.cell, line.trim(), [...lines.slice(0, i), ...lines.slice(i + 1)].join("\n"), "Remove");
      if (indentOf(line) >= width) continue;
      width = indentOf(line);
      if (isOff.test(line)) return this.#splitBlock(lines, i, span);
      if (!/^\s*(async\s+)?def\s/.test(line)) continue;
      for (let above = i - 1; above >= 0 && /^\s*@/.test(lines[above]!); above--) {
        const isDecorator = /^\s*@torch\.(no_grad|inference_mode)\(\)\s*$/.test(lines[above]!);
        if (isDecorator) return this.#whole(span.cell, lines[above]!.trim(), [...lines.slice(0, above), ...lines.slice(above + 1)].join("\n"), "Remove");
      }
    }
    return undefined;
  }

  /** One statement of a block comes out of it; what stands before and after it stays in one. */
  #splitBlock(lines: string[], head: number, { line, cell }: Span): Fix | undefined {
    const statements = statementsFrom(lines, head + 1, indentOf(lines[head]!));
    const at = statements.findIndex(({ from, to }) => from < line && line <= to);
    if (at < 0) return;
    const { from, to } = statements[at]!;
    const outer = /^\s*/.exec(lines[head]!)![0];
    const inner = /^\s*/.exec(lines[from]!)![0];
    const out = lines.slice(from, to).map((text) => (text.startsWith(inner) ? outer + text.slice(inner.length) : text));
    const isFirst = at === 0;
    const rest = statements.slice(at + 1);
    const changed = [...lines.slice(0, isFirst ? head : from), ...out, ...(rest.length ? [lines[head]!] : []), ...lines.slice(to)];
    return this.#whole(cell, out[0]!.trim(), changed.join("\n"), "Move out of no_grad:");
  }

  /** torch.tensor(what was computed), without what makes a copy of it. */
  unwrapped(call: Call, cell: number): Fix | undefined {
    const [first = ""] = argumentsOf(call.inside);
    const items = inBrackets(first.trim(), "[");
    const text = items === null ? bare(first.trim()) : `torch.stack([${argumentsOf(items).map((item) => bare(item.trim())).join(", ")}])`;
    return this.#whole(cell, text, call.source.slice(0, call.begin) + text + call.source.slice(call.end));
  }

  /** The tensor in place of the number that was taken out of it. */
  notAsNumber(span: Span, code: string, text: string): Fix {
    return this.#replaced(span, code, text);
  }

  // ---- shapes

  /** `operand` of an operation with a change of its shape behind it; only where it can be told which word of the code it is. */
  shaped({ span }: Operation, operand: TensorNode, maker: Span | null, method: string): Fix | undefined {
    const code = this.codeAt(span);
    if (!span || !code) return;
    const name = operand.names.at(-1);
    if (name && /^\w+$/.test(name)) {
      const found = [...code.matchAll(new RegExp(`(?<![\\w.])${name}(?![\\w.(\\[=])`, "g"))];
      if (found.length !== 1) return;
      const text = code.slice(0, found[0]!.index) + name + method + code.slice(found[0]!.index + name.length);
      return this.#replaced(span, code, text, name + method);
    }
    const inner = this.codeAt(maker);
    if (!inner || code.split(inner).length !== 2) return;
    const shaped = `${atom(inner)}${method}`;
    return this.#replaced(span, code, code.replace(inner, () => shaped), shaped);
  }

  // ---- numbers that are none

  /** The operand that led out of the numbers, moved away from there. */
  kept({ span, op }: Operation, isBackward: boolean): Fix | undefined {
    const code = this.codeAt(span);
    if (!span || !code) return;
    const away = (operand: string): { whole: string } | null => {
      if (/^log(2|10)?$/.test(op)) return { whole: `${atom(operand)}.clamp(min=${EPS})` };
      if (op === "exp") return isBackward ? null : { whole: `${atom(operand)}.clamp(max=80)` };
      return { whole: `${inBrackets(operand, "(") ?? operand} + ${EPS}` };
    };
    const name = `(${op}|sqrt|rsqrt|reciprocal|pow)`;
    if (/^(div|reciprocal|true_divide|mul)$/.test(op) || (op === "pow" && /\*\*/.test(code))) {
      const at = lastSign(code, op === "pow" ? "**" : "/");
      if (at) {
        const left = code.slice(0, at.from).trimEnd();
        const right = code.slice(at.to).trimStart();
        return this.#replaced(span, code, op === "pow" ? `(${away(left)!.whole}) ** ${right}` : `${left} / (${away(right)!.whole})`);
      }
    }
    const call = new RegExp(`^((?:\\w+\\.)*?)(\\w+)\\((.*)\\)$`, "s").exec(code);
    if (call && inBrackets(code.slice(call[1]!.length + call[2]!.length), "(") !== null && /^(torch\.|math\.|np\.)?$/.test(call[1]!) && (call[2] === op || new RegExp(`^${name}$`).test(call[2]!))) {
      const given = argumentsOf(call[3]!);
      const which = op === "div" ? 1 : 0;
      const moved = given[which] === undefined || /=/.test(given[which]!) ? null : away(given[which]!.trim());
      if (!moved) return;
      const changed = given.map((text, i) => (i === which ? /^\s*/.exec(text)![0] + moved.whole : text)).join(",");
      return this.#replaced(span, code, `${call[1]}${call[2]}(${changed})`);
    }
    const method = new RegExp(`^(.+)\\.${name}\\(([^()]*)\\)$`, "s").exec(code);
    const moved = method && away(method[1]!);
    if (!method || !moved) return;
    const on = /^log|^exp/.test(op) ? moved.whole : `(${moved.whole})`;
    return this.#replaced(span, code, `${on}.${method[2]}(${method[3]})`);
  }

  // ---- in place

  /** The statement in a line, written anew in a block without a graph. */
  underNoGrad(span: Span, statement: string): Fix | undefined {
    const line = this.lineAt(span);
    if (span.endLine !== span.line || !line.trim()) return;
    const indent = /^\s*/.exec(line)![0];
    return this.#lined(span, `with torch.no_grad(): ${statement}`, `${indent}with torch.no_grad():\n${indent}    ${statement}`);
  }

  outOfPlace({ span }: Operation): Fix | undefined {
    const line = this.lineAt(span);
    if (!span || !line) return;
    const indent = /^\s*/.exec(line)![0];
    const sign = /^\s*([\w.]+)\s*(\*\*|\/\/|[-+*/@%])=\s*(.+?)\s*$/.exec(line);
    if (sign) {
      const [, name, operator, rest] = sign;
      const text = `${name} = ${name} ${operator} ${/^[\w.()[\]]+$/.test(rest!) ? rest : `(${rest})`}`;
      return this.#lined(span, text, indent + text);
    }
    const method = /^\s*([\w.]+)\.(\w+_)\((.*)\)\s*$/.exec(line);
    if (method && !HAS_NO_TWIN.test(method[2]!)) {
      const text = `${method[1]} = ${method[1]}.${method[2]!.slice(0, -1)}(${method[3]})`;
      return this.#lined(span, text, indent + text);
    }
    const code = this.codeAt(span) ?? "";
    const bare = code.replace(/,\s*inplace\s*=\s*True/, "").replace(/^((?:torch|F)\.\w+)_\(/, "$1(");
    if (bare !== code) return this.#replaced(span, code, bare);
    const target = /^\s*([A-Za-z_]\w*)(\[|\.\w+_\()/.exec(line)?.[1];
    return target ? this.#inserted(span, `${target} = ${target}.clone()`, 0) : undefined;
  }

  // ---- backward passes

  /** The backward pass that begins there keeps its graph. */
  retainGraph(span: Span | null): Fix | undefined {
    const code = this.codeAt(span);
    if (!span || !code || !/(\.backward|autograd\.grad|autograd\.backward|\bgrad)\(/.test(code) || /retain_graph/.test(code) || !code.endsWith(")")) return;
    const isEmpty = code.endsWith("()");
    return this.#replaced(span, code, `${code.slice(0, -1).trimEnd()}${isEmpty ? "" : ", "}retain_graph=True)`);
  }

  /** autograd.grad() with a graph of what it gives. */
  createGraph(tensor: TensorNode): Fix | undefined {
    const call = this.callOf(tensor, /(torch\.autograd\.grad|autograd\.grad|\bgrad)\(/g);
    return call && !/create_graph/.test(call.inside) ? this.#whole(tensor.span!.cell, "create_graph=True", withArgument(call, "create_graph=True")) : undefined;
  }

  /** `name.backward()`, given a weight for each element. */
  weighted(name: string, span: Span): Fix | undefined {
    const line = this.lineAt(span);
    const text = `${name}.backward(gradient=torch.ones_like(${name}))`;
    const changed = line.replace(`${name}.backward()`, text);
    return changed === line ? undefined : this.#lined(span, text, changed);
  }

  retain(name: string | undefined, made: Operation | null): Fix | undefined {
    return name && made?.span ? this.#inserted(made.span, `${name}.retain_grad()`, 1) : undefined;
  }

  /** y.backward() after the last named result of one element. */
  backward(): Fix | undefined {
    const { tensors, operations } = this.#trace.graph;
    const result = this.#trace.variables.findLast(({ tensor }) => {
      const node = tensors.find(({ id }) => id === tensor);
      return node && node.gradFn && node.value.shape.every((size) => size === 1);
    });
    const made = operations.findLast(({ outputs }) => result && outputs.includes(result.tensor!));
    return result && made?.span ? this.#inserted(made.span, `${result.name}.backward()`, 1) : undefined;
  }

  /** What empties .grad, before a backward pass. */
  zeroBefore({ span }: Pass, text: string): Fix | undefined {
    return span ? this.#inserted(span, text, 0) : undefined;
  }

  // ---- how it is done

  #whole(cell: number, code: string, changed: string, verb: Fix["verb"] = "Write"): Fix | undefined {
    const seen = this.#source(cell);
    return seen === null ? undefined : { verb, code, cell, change: (source) => (source === seen ? changed : null) };
  }

  #replaced(span: Span, code: string, text: string, shown = text): Fix {
    return { verb: "Write", code: shown, cell: span.cell, change: (source) => replaceAt(source, span, code, text) };
  }

  #lined(span: Span, code: string, text: string): Fix | undefined {
    const source = this.#source(span.cell);
    if (!source) return;
    const lines = source.split("\n");
    lines[span.line - 1] = text;
    return this.#whole(span.cell, code, lines.join("\n"));
  }

  #inserted(span: Span, text: string, after: 0 | 1): Fix | undefined {
    const source = this.#source(span.cell);
    if (!source) return;
    const line = source.split("\n")[span.line - 1] ?? "";
    return { verb: "Write", code: text, cell: span.cell, change: (source) => insertLine(source, span.line, line, text, after) };
  }
}

const indentOf = (line: string) => /^\s*/.exec(line)![0].length;

/** In brackets, unless it holds together by itself. */
const atom = (code: string) => (inBrackets(code, "(") !== null || /^[\w.]+(\([^()]*\)|\[[^[\]]*\])*$/.test(code) ? code : `(${code})`);
