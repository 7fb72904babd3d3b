// Markdown to tokens, by marked, with formulas and challenges as tokens of their own. Used when the page is built (the lesson) and, loaded when first
// needed, in the page; what is made of the tokens is markdown.tsx's matter.
import { Marked, type Token, type Tokens } from "marked";
import { challengeName, parseChallenge, partsOf } from "../lessons/challenge-syntax.ts";
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
  return marked.lexer(source).map((token) => (token.type === "code" ? (challengeOf(token as Tokens.Code) ?? token) : token));
}

/** `{ type: "challenge", name, question, rules, done }`, the question and what is said at the end as tokens. Null for other fences, and for
    one that cannot be read, which stays to be seen as it was written. */
function challengeOf({ lang, text }: Tokens.Code): Token | null {
  const name = challengeName(lang);
  if (name === null) return null;
  const { question, rules } = partsOf(text);
  try {
    return { type: "challenge", raw: "", name, question: marked.lexer(question), rules, done: marked.lexer(parseChallenge(name, text).done) };
  } catch {
    return null;
  }
}
