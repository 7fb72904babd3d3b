// Turns a lesson, a Markdown file with fenced Python, into the document that the page opens on. Its formulas are typeset here, so
// that KaTeX is loaded only by those who write formulas of their own.
import { readFile } from "node:fs/promises";
import katex from "katex";
import type { Plugin } from "vite";
import { cellsOfMarkdown } from "./src/document/markdown-file.ts";
import { formulasIn } from "./src/document/formula-syntax.ts";

export function lessons(): Plugin {
  return {
    name: "lessons",
    async load(id) {
      const match = /\/lessons\/([\w-]+)\.md$/.exec(id);
      if (!match) return null;
      const cells = cellsOfMarkdown(await readFile(id, "utf8"));
      const document = { kind: "notebook", name: match[1], cells };
      const formulas: Record<string, string> = {};
      for (const cell of cells) {
        if (cell.kind !== "markdown") continue;
        for (const { tex, display } of formulasIn(cell.source)) {
          formulas[(display ? "D" : "I") + tex] = katex.renderToString(tex, { displayMode: display, output: "mathml" });
        }
      }
      const code = `export const document = ${JSON.stringify(document)};\nexport const formulas = ${JSON.stringify(formulas)};\n`;
      return { code, moduleType: "js" };
    },
  };
}
