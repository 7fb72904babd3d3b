// Markdown to tokens, by marked, with formulas as tokens of their own. Used when the page is built (the lesson) and, loaded when first
// needed, in the page; what is made of the tokens is markdown.tsx's matter.
import { Marked, type Token } from "marked";
import { formulaAt } from "./formula-syntax.ts";

const marked = new Marked({
  gfm: true,
  extensions: [
    {
      name: "formula",
      level: "inline",
      start: (text) => text.indexOf("$"),
      tokenizer(text) {
        const formula = formulaAt(text);
        return formula ? { type: "formula", ...formula } : undefined;
      },
    },
  ],
});

export function parseMarkdown(source: string): Token[] {
  return marked.lexer(source);
}
