// Formulas that differ from a learner's in one place: the usual slips. Where one of them is right, that place is what is off. They are worked out
// beside the formula itself (check.py), at the same points.

export interface Variant {
  /** In Python, as the formula. */
  text: string;
  kind: "sign" | "other" | "transpose" | "sum" | "mean";
  /** What was written, and what would be right in its place (empty: nothing); of a sign, what stands behind it. */
  was: string;
  is: string;
}

/** How a product is written that the learner did not write a sign for (formula.ts). */
export const SIDE_BY_SIDE = " *_by* ";

const MOST = 150;
const TOKEN = /(\s*\*_by\*\s*)|(\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+)|([\p{L}_][\p{L}\p{N}_]*)|(\*\*|\/\/|[=!<>]=|\S)/gu;

const TAKEN_FOR: string[][] = [["sin", "cos"], ["sinh", "cosh"], ["exp", "log"], ["tanh", "sigmoid"], ["sum", "mean"]];
const OF_FALLING_ARGUMENT = new Set(["exp", "sigmoid"]);

interface Token {
  text: string;
  kind: "by" | "number" | "name" | "sign";
  from: number;
  to: number;
}

/** `names`: of the numbers and tensors that may stand in a formula, the likeliest first. */
export function variantsOf(formula: string, names: string[]): Variant[] {
  const tokens = tokensOf(formula);
  const text = (i: number) => tokens[i]?.text;
  const found: Variant[] = [];
  const replace = (from: number, to: number, by: string, variant: Omit<Variant, "text">) => {
    found.push({ ...variant, text: formula.slice(0, from) + by + formula.slice(to) });
  };
  const shown = (from: number, to: number) => formula.slice(from, to).replaceAll(SIDE_BY_SIDE, " ").trim();
  const known = new Set(names);

  for (const [i, token] of tokens.entries()) {
    const { from, to } = token;
    if (token.text === "+" || token.text === "-") {
      const behind = termEnd(tokens, i + 1);
      const isFirst = i === 0 || (/^[(,*/@[]$|^\*\*$/.test(text(i - 1)!) || tokens[i - 1]!.kind === "by");
      replace(from, to, isFirst ? "" : token.text === "+" ? "-" : "+", { kind: "sign", was: token.text, is: shown(tokens[i + 1]?.from ?? to, behind) });
    }
    if (token.text === "*" || token.kind === "by") replace(from, to, " / ", { kind: "other", was: around(tokens, i, shown, " * "), is: around(tokens, i, shown, " / ") });
    if (token.text === "/") replace(from, to, " * ", { kind: "other", was: around(tokens, i, shown, " / "), is: around(tokens, i, shown, " * ") });
    if (token.text === "**" && tokens[i + 1]?.kind === "number") {
      const power = Number(text(i + 1));
      const base = text(i - 1) === ")" ? "(…)" : text(i - 1);
      for (const other of [power - 1, power + 1]) {
        const written = other === 1 ? "" : `**${other}`;
        if (other !== 0) replace(from, tokens[i + 1]!.to, written, { kind: "other", was: `${base}**${text(i + 1)}`, is: `${base}${written}` });
      }
    }
    if (token.kind === "number" && text(i + 1) === ")" && /^[(,]$/.test(text(i - 1) ?? "") && tokens.slice(0, i).some(({ kind }) => kind === "name")) {
      for (const other of ["0", "1"]) if (other !== token.text && /^[01]$/.test(token.text)) replace(from, to, other, { kind: "other", was: `dimension ${token.text}`, is: `dimension ${other}` });
    }
    if (token.kind !== "name") continue;
    const opens = text(i + 1) === "(";
    const isAttribute = text(i - 1) === ".";
    if (opens) {
      const group = TAKEN_FOR.find((group) => group.includes(token.text));
      for (const other of group ?? []) if (other !== token.text) replace(from, to, other, { kind: "other", was: token.text, is: other });
      const end = closing(tokens, i + 1);
      if (end === null) continue;
      const inside = [tokens[i + 1]!.to, tokens[end]!.from] as const;
      const whole = shown(from, tokens[end]!.to);
      if (OF_FALLING_ARGUMENT.has(token.text) && text(i + 2) !== "-") replace(...inside, `-(${formula.slice(...inside)})`, { kind: "other", was: whole, is: `${token.text}(-${end === i + 3 ? "" : "("}${shown(...inside)}${end === i + 3 ? "" : ")"})` });
      if (/^(sum|mean)$/.test(token.text)) {
        if (!isAttribute) replace(from, tokens[end]!.to, `(${formula.slice(...inside)})`, { kind: "other", was: whole, is: shown(...inside) });
        else if (end === i + 2) replace(tokens[i - 1]!.from, tokens[end]!.to, "", { kind: "other", was: `.${token.text}()`, is: "" });
      }
      continue;
    }
    if (isAttribute) {
      if (token.text === "T") replace(tokens[i - 1]!.from, to, "", text(i - 2) === ")" ? { kind: "other", was: ".T", is: "" } : { kind: "other", was: `${text(i - 2)}.T`, is: text(i - 2)! });
      continue;
    }
    if (!known.has(token.text) || text(i + 1) === ".") continue;
    if (text(i + 1) !== "**") replace(from, to, `${token.text}**2`, { kind: "other", was: token.text, is: `${token.text}**2` });
    const isFactorOfMatrices = [tokens[i - 1], tokens[i + 1]].some((next) => next?.text === "@" || next?.kind === "by");
    if (isFactorOfMatrices) replace(to, to, ".T", { kind: "other", was: token.text, is: `${token.text}.T` });
    for (const other of names.slice(0, 8)) if (other !== token.text) replace(from, to, other, { kind: "other", was: token.text, is: other });
  }
  found.push({ text: `(${formula}).T`, kind: "transpose", was: "", is: "" });
  // Another function or name is likelier than a quotient for a product.
  const isQuotient = ({ is }: Variant) => is.includes(" / ");
  const likely = [...found.filter((one) => !isQuotient(one)), ...found.filter(isQuotient)].slice(0, MOST);
  const reduced = ["", "0", "1"].flatMap((dim) => (["sum", "mean"] as const).map((kind): Variant => ({ text: `(${formula}).${kind}(${dim})`, kind, was: "", is: `.${kind}(${dim})` })));
  return [...likely, ...reduced];
}

function tokensOf(formula: string): Token[] {
  return [...formula.matchAll(TOKEN)].map(({ 0: text, 1: by, 2: number, 3: name, index }) => ({
    text,
    kind: by !== undefined ? "by" : number !== undefined ? "number" : name !== undefined ? "name" : "sign",
    from: index,
    to: index + text.length,
  }));
}

const depthOf = (text: string) => (/^[([]$/.test(text) ? 1 : /^[)\]]$/.test(text) ? -1 : 0);

/** The place of the bracket that closes the one at `open`. */
function closing(tokens: Token[], open: number): number | null {
  let depth = 0;
  for (let i = open; i < tokens.length; i++) {
    depth += depthOf(tokens[i]!.text);
    if (depth === 0) return i;
  }
  return null;
}

/** Where the term ends that begins with token `i`. */
function termEnd(tokens: Token[], i: number): number {
  let depth = 0;
  let end = tokens[i]?.from ?? 0;
  for (; i < tokens.length; i++) {
    const { text, to } = tokens[i]!;
    depth += depthOf(text);
    if (depth < 0 || (depth === 0 && /^[-+,=<>]$/.test(text))) break;
    end = to;
  }
  return end;
}

/** A sign with what stands on both sides of it, short. */
function around(tokens: Token[], i: number, shown: (from: number, to: number) => string, sign: string): string {
  const [left, right] = [tokens[i - 1], tokens[i + 1]];
  const side = (token: Token | undefined) => (token === undefined ? "" : /^[()[\]]$/.test(token.text) ? "(…)" : shown(token.from, token.to));
  return side(left) + sign + side(right) + (right?.kind === "name" && tokens[i + 2]?.text === "(" ? "(…)" : "");
}
