// A Markdown file as a document: fenced Python becomes code cells, the prose between them Markdown cells, one a section.
// Used when the page is built (lessons) and when a file is imported; knows nothing of the page.
import type { Cell, Document } from "../../../wasm/src/document.ts";

const fence = /^(`{3,})(?:python|py)\s*\n([\s\S]*?)^\1\s*$/gm;

export function cellsOfMarkdown(text: string): Cell[] {
  const cells: Cell[] = [];
  let end = 0;
  for (const match of text.matchAll(fence)) {
    cells.push(...proseCells(text.slice(end, match.index)));
    cells.push({ kind: "code", source: match[2]!.replace(/\n$/, "") });
    end = match.index + match[0].length;
  }
  cells.push(...proseCells(text.slice(end)));
  return cells;
}

/** The same the other way. A fence in a cell's code makes the fence around it longer. */
export function markdownOf({ cells }: Document): string {
  const parts = cells.map(({ kind, source }) => {
    if (kind === "markdown") return source.trim();
    const longest = Math.max(2, ...[...source.matchAll(/^`{3,}/gm)].map(([ticks]) => ticks.length));
    const ticks = "`".repeat(longest + 1);
    return `${ticks}python\n${source}\n${ticks}`;
  });
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

/** A heading of the second level starts a cell of its own, so that a section can be moved or deleted as one. */
function proseCells(text: string): Cell[] {
  return text
    .split(/^(?=## )/m)
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .map((source) => ({ kind: "markdown", source }));
}
