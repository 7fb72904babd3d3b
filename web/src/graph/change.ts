// Changes of a piece of source text, each of which is done only where the text is still what was seen.
import type { Span } from "../../../wasm/src/trace.ts";

export function textAt(source: string, { line, column, endLine, endColumn }: Span): string {
  const lines = source.split("\n").slice(line - 1, endLine);
  if (!lines.length) return "";
  lines[lines.length - 1] = lines.at(-1)!.slice(0, endColumn);
  lines[0] = lines[0]!.slice(column);
  return lines.join("\n");
}

/** Null when what stands there is not what was expected. */
export function replaceAt(source: string, span: Span, expected: string, text: string): string | null {
  if (textAt(source, span) !== expected) return null;
  const lines = source.split("\n");
  const before = [...lines.slice(0, span.line - 1), lines[span.line - 1]!.slice(0, span.column)].join("\n");
  const after = [lines[span.endLine - 1]!.slice(span.endColumn), ...lines.slice(span.endLine)].join("\n");
  return before + text + after;
}

/** A statement of its own, before (0) or after (1) the statement that begins in this line, as far indented. */
export function insertLine(source: string, line: number, expected: string, text: string, after: 0 | 1): string | null {
  const lines = source.split("\n");
  if (lines[line - 1] !== expected) return null;
  let first = line - 1;
  let last = first;
  // A statement goes on while brackets are open.
  const open = (from: number, to: number) => {
    const code = lines.slice(from, to + 1).join("\n").replace(/#.*|"[^"\n]*"|'[^'\n]*'/g, "");
    return (code.match(/[([{]/g)?.length ?? 0) - (code.match(/[)\]}]/g)?.length ?? 0);
  };
  while (first > 0 && open(first, last) < 0) first--;
  while (last < lines.length - 1 && open(first, last) > 0) last++;
  const indent = /^\s*/.exec(lines[first]!)![0];
  lines.splice(after ? last + 1 : first, 0, indent + text);
  return lines.join("\n");
}
