// Turns a lesson, a Markdown file with fenced Python, into the document that the page opens on. Its text is parsed and its formulas are
// typeset here, so that marked and KaTeX are loaded only by those who write texts of their own.
import { readFile } from "node:fs/promises";
import katex from "katex";
import type { Plugin } from "vite";
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

export function lessons(): Plugin {
  return {
    name: "lessons",
    async load(id) {
      const match = /\/lessons\/([\w-]+)\.md$/.exec(id);
      if (!match) return null;
      const cells = cellsOfMarkdown(await readFile(id, "utf8"));
      const document = { kind: "notebook", name: match[1], cells };
      const tokens: Record<string, unknown> = {};
      const formulas: Record<string, string> = {};
      for (const cell of cells) {
        if (cell.kind !== "markdown") continue;
        tokens[cell.source] = parseMarkdown(cell.source);
        for (const { tex, display } of formulasIn(cell.source)) {
          formulas[(display ? "D" : "I") + tex] = katex.renderToString(tex, { displayMode: display, output: "mathml" });
        }
      }
      const code = `export const document = ${JSON.stringify(document)};
export const tokens = ${JSON.stringify(tokens, slim)};
export const formulas = ${JSON.stringify(formulas)};
`;
      return { code, moduleType: "js" };
    },
  };
}
