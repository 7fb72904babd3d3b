// A formula as learners write it, in Python or as in a book, as Python: x^2, 2 w1 x, 3(x+1), √x, x², dy/dw1 = ….

const REPLACED: [RegExp, string][] = [
  [/\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}/g, "(($1)/($2))"],
  [/\\(?:cdot|times)\b|[·×∙⋅∗]/g, "*"],
  [/\\(exp|log|ln|sin|cos|tan|tanh|sqrt|pi)\b/g, "$1"],
  [/÷/g, "/"],
  [/[−–]/g, "-"],
  [/√\s*/g, "sqrt "],
  [/π/g, "pi"],
  [/σ(?=\s*\()/g, "sigmoid"],
  [/ᵀ|\^\s*\{?\s*(?:T|\\top)\b\s*\}?/g, ".T"],
  [/[{]/g, "("],
  [/[}]/g, ")"],
];
const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const LOWERED = "₀₁₂₃₄₅₆₇₈₉";

const TOKEN = /\s*(?:(\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)|([\p{L}_][\p{L}\p{N}_]*)|(\*\*|\/\/|[=!<>]=|.))/guy;
const WORDS = new Set(["if", "else", "and", "or", "not", "in", "is", "for", "lambda"]);
/** Functions that a learner may write without parentheses: sqrt x, exp(x). */
const FUNCTIONS = new Set(["exp", "log", "ln", "sqrt", "sin", "cos", "tan", "tanh", "sinh", "cosh", "sigmoid", "relu", "abs", "sum", "mean", "sign", "square", "softmax", "diag", "outer", "dot", "max", "min", "float", "len"]);

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
      out += " * ";
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
  return out;
}
