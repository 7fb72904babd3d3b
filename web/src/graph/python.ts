// Reading a little Python: calls and their arguments, statements of a block, the last sign of an expression. By brackets and strings alone.

/** Where brackets and strings leave us at each place of a text: `depth` counts open brackets before it, -1 is within a string or a comment. */
function depths(code: string): number[] {
  const found: number[] = [];
  let depth = 0;
  for (let i = 0; i < code.length; ) {
    const skipped = /^(?:#[^\n]*|"""[^]*?"""|'''[^]*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')/.exec(code.slice(i))?.[0];
    if (skipped) {
      for (let k = 0; k < skipped.length; k++) found.push(-1);
      i += skipped.length;
      continue;
    }
    if (")]}".includes(code[i]!)) depth--;
    found.push(depth);
    if ("([{".includes(code[i]!)) depth++;
    i++;
  }
  return found;
}

export interface Call {
  source: string;
  /** What is called. */
  name: string;
  inside: string;
  begin: number;
  end: number;
}

/** The first call, from a place on and within its statement, of what `names` (with its opening bracket, and the flag g) says. */
export function callAt(source: string, { line, column }: { line: number; column: number }, names: RegExp): Call | null {
  const lines = source.split("\n");
  const start = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
  names.lastIndex = start + column;
  const found = names.exec(source);
  if (!found || found.index > start + (lines[line - 1]?.length ?? 0)) return null;
  const open = found.index + found[0].length - 1;
  const inner = depths(source.slice(open));
  const close = inner.findIndex((depth, i) => i > 0 && depth === 0);
  if (close < 0) return null;
  return { source, name: found[0].slice(0, -1), inside: source.slice(open + 1, open + close), begin: found.index, end: open + close + 1 };
}

export function withArgument({ source, inside, end }: Call, text: string): string {
  const isOpen = /,\s*$/.test(inside);
  const before = source.slice(0, end - 1);
  return `${isOpen ? before.trimEnd() : before}${inside.trim() === "" ? "" : isOpen ? " " : ", "}${text}${source.slice(end - 1)}`;
}

/** Split at the commas that stand in no brackets of their own. */
export function argumentsOf(inside: string): string[] {
  const depth = depths(inside);
  const given: string[] = [];
  let from = 0;
  for (let i = 0; i <= inside.length; i++) {
    if (i < inside.length && !(inside[i] === "," && depth[i] === 0)) continue;
    if (i < inside.length || inside.slice(from, i).trim() !== "") given.push(inside.slice(from, i));
    from = i + 1;
  }
  return given;
}

/** What stands between brackets that enclose the whole text; null where they do not. */
export function inBrackets(code: string, open: "(" | "["): string | null {
  if (!code.startsWith(open) || !code.endsWith(open === "(" ? ")" : "]")) return null;
  const depth = depths(code);
  return depth.findIndex((one, i) => i > 0 && one === 0) === code.length - 1 ? code.slice(1, -1) : null;
}

/** The last such sign that stands in no brackets. */
export function lastSign(code: string, sign: "/" | "**"): { from: number; to: number } | null {
  const depth = depths(code);
  for (let i = code.length - 1; i > 0; i--) {
    if (depth[i] !== 0 || !code.startsWith(sign, i)) continue;
    if (sign === "/" && (code[i + 1] === "/" || code[i - 1] === "/")) continue;
    return { from: i, to: i + sign.length };
  }
  return null;
}

interface OperandPlace {
  /** The sign between the two, if the expression has one. */
  sign: string;
  /** Which of the operands, and of the operator's arguments. */
  at: number;
  argument: number;
  /** An operand that is no tensor, as it is printed. */
  number: string | null;
}

/** The code of one operand in an expression that applies one operator: `a` in `a + b`, `a.exp()`, `torch.exp(a)`, `a[0]`, `a.T`; null where it can't be told. */
export function operandIn(code: string, { sign, at, argument, number }: OperandPlace): string | null {
  if (!/^[\w.]/.test(sign)) {
    const sides = sidesOf(code, sign);
    if (!sides) return null;
    if (number === null) return sides[at] ?? null;
    return sides[0] === number ? sides[1]! : sides[1] === number ? sides[0]! : null;
  }
  const depth = depths(code);
  const opens = depth.findLastIndex((one, i) => one === 0 && "([".includes(code[i]!));
  if (opens < 0 || !/[)\]]$/.test(code)) return argument === 0 ? (/^(.+)\.[A-Za-z_]\w*$/s.exec(code)?.[1] ?? null) : null;
  if (code[opens] === "[") return argument === 0 && opens > 0 ? code.slice(0, opens) : null;
  const called = /^(?:(.+)\.)?[A-Za-z_]\w*$/s.exec(code.slice(0, opens));
  if (!called) return null;
  const isMethod = called[1] !== undefined && !/^(torch|F|nn)(\.\w+)*$/.test(called[1]);
  if (isMethod && argument === 0) return called[1]!;
  const given = argumentsOf(code.slice(opens + 1, -1))[argument - (isMethod ? 1 : 0)]?.trim();
  return given && !/^(\*|\w+\s*=[^=])/.test(given) && !/^[[(]/.test(given) ? given : null;
}

/** What stands on both sides of the sign that an expression applies last. */
function sidesOf(code: string, sign: string): [string, string] | null {
  const depth = depths(code);
  const isIt = (_: unknown, i: number) =>
    depth[i] === 0 && code.startsWith(sign, i) && /[\w)\]"'.]\s*$/.test(code.slice(0, i)) && !"*/<>=".includes(code[i + sign.length] ?? "") && !(code[i - 1] === sign[0] && "*/<>=".includes(sign[0]!));
  const i = sign === "**" ? depth.findIndex(isIt) : depth.findLastIndex(isIt);
  return i < 0 ? null : [code.slice(0, i).trim(), code.slice(i + sign.length).trim()];
}

/** An expression without what makes plain numbers of tensors in it: .item(), .tolist(), .detach(), float(). */
export function bare(code: string): string {
  let text = code.replace(/\.(item|tolist|detach|cpu|numpy)\(\)|\.data\b/g, "");
  for (;;) {
    const found = /(?<![\w.])(float|int)\(/.exec(text);
    const call = found && callAt(text, { line: 1, column: found.index }, /(float|int)\(/g);
    if (!call || text.includes("\n")) return text;
    const inside = /^[\w.]+(\([^()]*\)|\[[^[\]]*\])?$/.test(call.inside) || call.begin + call.inside.length + found[0].length + 1 === text.length ? call.inside : `(${call.inside})`;
    text = text.slice(0, call.begin) + inside + text.slice(call.end);
  }
}

/** The statements of the block whose head stands at this indentation, as lines from (counted from 0) and to (exclusive). */
export function statementsFrom(lines: string[], first: number, outer: number): { from: number; to: number }[] {
  const indent = (line: string) => /^\s*/.exec(line)![0].length;
  const found: { from: number; to: number }[] = [];
  let width = -1;
  for (let i = first; i < lines.length; i++) {
    const line = lines[i]!;
    const last = found.at(-1);
    const depth = last ? depths(lines.slice(last.from, i).join("\n") + "\n").findLast((one) => one >= 0) : 0;
    if (last && depth! > 0) last.to = i + 1;
    else if (!line.trim() || /^\s*#/.test(line)) continue;
    else if (indent(line) <= outer) break;
    else if (width < 0 || indent(line) <= width) {
      width = indent(line);
      found.push({ from: i, to: i + 1 });
    } else if (last) last.to = i + 1;
  }
  return found;
}
