// A check in Markdown: a fenced block that names a derivative and holds the learner's formula, so that the formula is saved, shared and
// exported with the text.
//
//   ```check dy/dw1
//   x**2
//   ```
//
// `check d loss / d model.weight` names any two expressions of the program; `check d/dw` asks about what backward() was called on.

export interface CheckPart {
  /** As it stands after "check". */
  title: string;
  /** An expression; empty for the root of the backward pass. */
  result: string;
  leaf: string;
  formula: string;
}

export type Part = { text: string } | { check: CheckPart };

const FENCE = /^```check[ \t]+([^\n]+)\n([\s\S]*?)^```[ \t]*$/gm;
const TITLE = /^[d∂]\s*(\S.*?)?\s*\/\s*[d∂]\s*(\S.*)$/;

/** Text and checks in turn. A fence whose title names no derivative is text. */
export function partsOf(source: string): Part[] {
  const parts: Part[] = [];
  let end = 0;
  for (const match of source.matchAll(FENCE)) {
    const title = match[1]!.trim();
    const named = TITLE.exec(title);
    if (!named) continue;
    const text = source.slice(end, match.index);
    if (text.trim()) parts.push({ text });
    parts.push({ check: { title, result: named[1] ?? "", leaf: named[2]!.trim(), formula: match[2]!.replace(/\n$/, "") } });
    end = match.index + match[0].length;
  }
  const rest = source.slice(end);
  if (rest.trim() || !parts.length) parts.push({ text: rest });
  return parts;
}

/** The source with another formula in its check number `index`. */
export function withFormula(source: string, index: number, formula: string): string {
  const line = formula.replace(/[`\n]/g, "");
  let at = -1;
  return source.replace(FENCE, (whole, title: string) => {
    if (!TITLE.test(title.trim()) || ++at !== index) return whole;
    return checkSource(title.trim(), line);
  });
}

export const checkSource = (title: string, formula = ""): string => `\`\`\`check ${title}\n${formula ? `${formula}\n` : ""}\`\`\``;

/** The title of the check of these two; without a result that of what backward() was called on. */
export const checkTitle = (result: string, leaf: string): string =>
  `d${/^\w+$/.test(result) || !result ? result : ` ${result} `}/d${/^\w+$/.test(leaf) ? leaf : ` ${leaf}`}`;
