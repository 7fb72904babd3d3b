// A Markdown file as a document: fenced Python becomes code cells, the prose between them Markdown cells, one a section.
// Used when the page is built (lessons) and when a file is imported; knows nothing of the page.
import type { Cell } from "../../../wasm/src/document.ts";

const fence = /^```(?:python|py)\s*\n([\s\S]*?)^```\s*$/gm;

export function cellsOfMarkdown(text: string): Cell[] {
  const cells: Cell[] = [];
  let end = 0;
  for (const match of text.matchAll(fence)) {
    cells.push(...proseCells(text.slice(end, match.index)));
    cells.push({ kind: "code", source: match[1]!.replace(/\n$/, "") });
    end = match.index + match[0].length;
  }
  cells.push(...proseCells(text.slice(end)));
  return cells;
}

/** A heading of the second level starts a cell of its own, so that a section can be moved or deleted as one. */
function proseCells(text: string): Cell[] {
  return text
    .split(/^(?=## )/m)
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .map((source) => ({ kind: "markdown", source }));
}
