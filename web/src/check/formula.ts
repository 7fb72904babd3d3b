// A formula as learners write it, in Python or as in a book, as Python: x^2, 2 w1 x, 3(x+1), √x, x², dy/dw1 = …. What stands side by side without a
// sign is multiplied by `*_by*`, which check.py reads element by element or as a product of matrices; a list that is reckoned with is a tensor.
import { SIDE_BY_SIDE } from "./variants.ts";

const REPLACED: [RegExp, string][] = [
  [/\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}/g, "(($1)/($2))"],
  [/\\(?:cdot|times)\b|[·×∙⋅∗]/g, "*"],
  [/\\(exp|log|ln|sin|cos|tan|tanh|sqrt|pi)\b/g, "$1"],
  [/÷/g, "/"],
  [/[−–]/g, "-"],
  [/√\s*/g, "sqrt "],
  [/π/g, "pi"],
  [/σ(?=\s*\()/g, "sigmoid"],
  [/ᵀ|\^\s*(?:\{\s*(?:T|\\top)\s*\}|(?:T|\\top)\b)/g, ".T "],
  [/[{]/g, "("],
  [/[}]/g, ")"],
];
const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const LOWERED = "₀₁₂₃₄₅₆₇₈₉";

const TOKEN = /\s*(?:(\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)|([\p{L}_][\p{L}\p{N}_]*)|(\*\*|\/\/|[=!<>]=|.))/guy;
const WORDS = new Set(["if", "else", "and", "or", "not", "in", "is", "for", "lambda"]);
/** Functions that a learner may write without parentheses: sqrt x, exp(x). */
const FUNCTIONS = new Set(["exp", "log", "ln", "sqrt", "sin", "cos", "tan", "tanh", "sinh", "cosh", "sigmoid", "relu", "abs", "sum", "mean", "sign", "square", "softmax", "diag", "outer", "dot", "max", "min", "float", "len", "log_softmax", "one_hot", "norm"]);

interface Token {
  kind: "number" | "name" | "sign";
  text: string;
}

function tokensOf(text: string): Token[] {
  const out: Token[] = [];
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(text); match && match[0]; match = TOKEN.exec(text)) {
    const [, number, name, sign] = match;
    if (number !== undefined) out.push({ kind: "number", text: number });
    else if (name !== undefined) out.push({ kind: "name", text: name });
    else if (sign!.trim()) out.push({ kind: "sign", text: sign === "^" ? "**" : sign! });
  }
  return out;
}

/** `tensors`: the names that a parenthesis after them multiplies, and does not call. */
export function pythonOf(formula: string, tensors: ReadonlySet<string> = new Set()): string {
  let text = formula.replace(/^[^=<>!]*=(?!=)/, "");
  text = text.replace(new RegExp(`[${RAISED}]+`, "g"), (digits) => `**${[...digits].map((digit) => RAISED.indexOf(digit)).join("")}`);
  text = text.replace(new RegExp(`[${LOWERED}]`, "g"), (digit) => String(LOWERED.indexOf(digit)));
  for (const [from, to] of REPLACED) text = text.replace(from, to);
  let out = "";
  let before: Token | null = null;
  let isAttribute = false;
  let call = false; // a function without its parentheses, waiting for its argument
  for (const token of tokensOf(text)) {
    const named = token.kind === "name" && !WORDS.has(token.text);
    const opens = token.text === "(";
    const ends = before !== null && (before.kind === "number" || (before.kind === "name" && !WORDS.has(before.text)) || before.text === ")" || before.text === "]");
    const begins = token.kind === "number" || named || opens;
    const isFunction = before?.kind === "name" && !isAttribute && FUNCTIONS.has(before.text) && !tensors.has(before.text);
    const calls = opens && (isFunction || (isAttribute && before?.text !== "T") || (before?.kind === "name" && !tensors.has(before.text) && before.text.length > 1) || before?.text === "]");
    if (ends && begins && isFunction && !opens) {
      out += "(";
      call = true;
    } else if (ends && begins && !calls) {
      out += SIDE_BY_SIDE;
    } else if (out && before && before.kind !== "sign" && token.kind === "name") {
      out += " ";
    }
    out += token.text;
    if (before?.kind === "name" && WORDS.has(before.text) && token.kind !== "sign") out = out.slice(0, -token.text.length).trimEnd() + ` ${token.text}`;
    if (call && !(ends && begins && isFunction)) call = false;
    if (call) {
      out += ")";
      call = false;
    }
    isAttribute = token.kind === "name" && before?.text === ".";
    before = token;
  }
  return withTensors(out);
}

const ARITHMETIC = /[-+*/@]$/;

/** Lists beside a sign of arithmetic, made tensors. */
function withTensors(text: string): string {
  for (let open = text.indexOf("["); open >= 0; open = text.indexOf("[", open + 1)) {
    let depth = 0;
    let close = open;
    for (; close < text.length; close++) {
      depth += text[close] === "[" ? 1 : text[close] === "]" ? -1 : 0;
      if (depth === 0) break;
    }
    const before = text.slice(0, open).trimEnd();
    const after = text.slice(close + 1).trimStart();
    if (depth !== 0 || /[\p{L}\p{N}_)\]]$/u.test(before) || !(ARITHMETIC.test(before) || /^[-+*/@]/.test(after))) continue;
    const list = `torch.tensor(${text.slice(open, close + 1)})`;
    text = text.slice(0, open) + list + text.slice(close + 1);
    open += list.length - 1;
  }
  return text;
}
