// Turns a lesson, a Markdown file with fenced Python, into the document that the page opens on. Its text is parsed, its formulas are
// typeset and its code is coloured here, so that marked, KaTeX and the editor are loaded only by those who write.
import { readFile } from "node:fs/promises";
import { pythonLanguage } from "@codemirror/lang-python";
import { highlightCode, tagHighlighter } from "@lezer/highlight";
import katex from "katex";
import type { Plugin } from "vite";
import { partsOf } from "./src/check/syntax.ts";
import { colours } from "./src/document/colours.ts";
import { cellsOfMarkdown } from "./src/document/markdown-file.ts";
import { formulasIn } from "./src/document/formula-syntax.ts";
import { parseMarkdown } from "./src/document/markdown-parser.ts";

/** What the page makes no use of, and what would double the text. */
const unused = new Set(["raw", "inLink", "inRawBlock", "escaped", "pre", "title", "block", "loose"]);

const slim = (key: string, value: unknown) => {
  if (unused.has(key)) return undefined;
  const { text, tokens } = (value ?? {}) as { text?: string; tokens?: unknown[] };
  return typeof text === "string" && Array.isArray(tokens) ? { ...(value as object), text: undefined } : value;
};

/** Lines of pieces, each with the class of its colour. */
function colour(code: string): [text: string, name: string][][] {
  const lines: [string, string][][] = [[]];
  highlightCode(
    code,
    pythonLanguage.parser.parse(code),
    tagHighlighter(colours),
    (text, name) => lines.at(-1)!.push([text, name]),
    () => lines.push([]),
  );
  return lines;
}

export function lessons(): Plugin {
  return {
    name: "lessons",
    async load(id) {
      const match = /\/lessons\/([\w-]+)\.md$/.exec(id);
      if (!match) return null;
      const cells = cellsOfMarkdown(await readFile(id, "utf8"));
      const document = { kind: "notebook", name: match[1], cells };
      const tokens: Record<string, unknown> = {};
      const colouredCode: Record<string, [string, string][][]> = {};
      const formulas: Record<string, string> = {};
      for (const cell of cells) {
        if (cell.kind === "code") {
          colouredCode[cell.source] = colour(cell.source);
          continue;
        }
        for (const part of partsOf(cell.source)) if ("text" in part) tokens[part.text] = parseMarkdown(part.text);
        for (const { tex, display } of formulasIn(cell.source)) {
          formulas[(display ? "D" : "I") + tex] = katex.renderToString(tex, { displayMode: display, output: "mathml" });
        }
      }
      const code = `export const document = ${JSON.stringify(document)};
export const tokens = ${JSON.stringify(tokens, slim)};
export const colouredCode = ${JSON.stringify(colouredCode)};
export const formulas = ${JSON.stringify(formulas)};
`;
      return { code, moduleType: "js" };
    },
  };
}
