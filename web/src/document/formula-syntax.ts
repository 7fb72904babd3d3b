// Where a formula begins and ends in Markdown: $…$ within a line, $$…$$ on its own. A dollar followed by a space, or a closing one
// followed by a digit, is money and stays text.

export interface Formula {
  tex: string;
  display: boolean;
  /** The whole text matched, dollars included. */
  raw: string;
}

const displayed = /^\$\$([\s\S]+?)\$\$/;
const inline = /^\$(?!\s)((?:\\.|[^$\\\n])+?)(?<!\s)\$(?!\d)/;

/** The formula that `text` starts with, if it does. */
export function formulaAt(text: string): Formula | null {
  const match = displayed.exec(text) ?? inline.exec(text);
  if (!match) return null;
  return { tex: match[1]!.trim(), display: match[0].startsWith("$$"), raw: match[0] };
}

/** All formulas of a Markdown text, code spans and code blocks left out; challenges are prose. */
export function formulasIn(text: string): Formula[] {
  const found: Formula[] = [];
  const prose = text.replace(/^```(.*)\n([\s\S]*?)^```/gm, (_, info: string, body: string) => (info.startsWith("challenge") ? body : "")).replace(/`[^`\n]*`/g, "");
  for (let at = prose.indexOf("$"); at >= 0; at = prose.indexOf("$", at)) {
    const formula = formulaAt(prose.slice(at));
    if (formula) found.push(formula);
    at += formula ? formula.raw.length : 1;
  }
  return found;
}
