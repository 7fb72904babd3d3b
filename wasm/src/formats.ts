// Documents in and out of files: Python scripts (.py), notebooks (.ipynb, nbformat 3 and 4), and the plain text that notebook
// viewers export ("In [3]:" above each code cell).

import type { Cell, Document } from "./document.ts";

/** The file is not what its name says it is. */
export class FormatError extends Error {
  override name = "FormatError";
}

/** Reads a file by the ending of its name; text that holds "In [n]:" lines is taken for an exported notebook. */
export function readDocument(name: string, text: string): Document {
  if (/\.ipynb$/i.test(name)) return readNotebook(name, text);
  if (!/\.py$/i.test(name) && PROMPT.test(text)) return readExport(name, text);
  return readScript(name, text);
}

/** One code cell, to be run as a plain Python file. */
export function readScript(name: string, text: string): Document {
  return { kind: "script", name, cells: [{ kind: "code", source: tidy(text) }] };
}

// ---- notebooks

interface RawCell {
  cell_type?: unknown;
  source?: unknown;
  /** nbformat 3: a code cell's source, and a heading's level. */
  input?: unknown;
  level?: unknown;
}

export function readNotebook(name: string, text: string): Document {
  let json: any;
  try {
    json = JSON.parse(text.replace(/^\ufeff/, ""));
  } catch (error) {
    throw new FormatError(`${name} is not a notebook: it does not hold JSON (${(error as Error).message})`);
  }
  const raw: unknown = json?.cells ?? json?.worksheets?.flatMap?.((sheet: any) => sheet?.cells ?? []);
  if (!Array.isArray(raw)) throw new FormatError(`${name} is not a notebook: it has no list of cells`);
  const language: unknown = json.metadata?.kernelspec?.language ?? json.metadata?.language_info?.name;
  if (typeof language === "string" && !/^i?python\d*$/i.test(language)) {
    throw new FormatError(`${name} is a notebook in ${language}: nabla runs Python`);
  }
  return { kind: "notebook", name, cells: raw.map((cell, index) => readCell(name, cell, index)) };
}

function readCell(name: string, raw: RawCell, index: number): Cell {
  const lines = raw?.source ?? raw?.input ?? "";
  const source = Array.isArray(lines) ? lines.join("") : lines;
  if (typeof source !== "string") throw new FormatError(`${name}: cell ${index + 1} has no source`);
  switch (raw?.cell_type) {
    case "code":
      return { kind: "code", source: tidy(source) };
    case "markdown":
      return { kind: "markdown", source: tidy(source) };
    case "heading":
      return { kind: "markdown", source: `${"#".repeat(Number(raw.level) || 1)} ${source}` };
    case "raw":
      return { kind: "markdown", source: "```\n" + tidy(source) + "\n```" };
    default:
      throw new FormatError(`${name}: cell ${index + 1} has the unknown type ${JSON.stringify(raw?.cell_type)}`);
  }
}

export function writeNotebook(document: Document): string {
  const notebook = {
    cells: document.cells.map((cell, index) => {
      const common = { id: `cell-${index + 1}`, metadata: {}, source: cell.source.split(/(?<=\n)/) };
      return cell.kind === "code"
        ? { cell_type: "code", ...common, execution_count: null, outputs: [] }
        : { cell_type: "markdown", ...common };
    }),
    metadata: {
      kernelspec: { display_name: "Python 3", language: "python", name: "python3" },
      language_info: { name: "python" },
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
  return JSON.stringify(notebook, null, 1) + "\n";
}

/** A Python file. A notebook's cells are parted by "# %%" lines, which editors know; its Markdown and magic lines become comments. */
export function writeScript(document: Document): string {
  if (document.kind === "script") return document.cells.map((cell) => cell.source).join("\n");
  const comment = (line: string) => (line === "" ? "#" : `# ${line}`);
  const parts = document.cells.map(({ kind, source }) => {
    const lines = source.replace(/\n+$/, "").split("\n");
    return kind === "markdown"
      ? ["# %% [markdown]", ...lines.map(comment)].join("\n")
      : ["# %%", ...lines.map((line) => (/^[%!]/.test(line) ? comment(line) : line))].join("\n");
  });
  return parts.join("\n\n") + "\n";
}

// ---- exported text

const PROMPT = /^In \[[^\]\n]*\]:[ \t]*$/m;

/**
 * The export does not say where code ends, output begins, and prose goes on: only blank lines part them. So what follows a prompt
 * is taken paragraph by paragraph: code as long as it reads like a statement, then output as long as it reads like a printed
 * value; the rest is Markdown.
 */
export function readExport(name: string, text: string): Document {
  const [head = "", ...blocks] = tidy(text).split(new RegExp(PROMPT, "gm"));
  const cells: Cell[] = [];
  const add = (kind: Cell["kind"], pieces: string[]) => {
    const source = pieces.join("").replace(/^\n+|\s+$/g, "");
    if (source !== "" || kind === "code") cells.push({ kind, source });
  };
  add("markdown", [head]);
  for (const block of blocks) {
    // Paragraphs, and between them (at the odd places) the line ends that part them.
    const pieces = block.replace(/^\n/, "").split(/(\n{2,})/);
    let end = 2;
    while (end < pieces.length && readsLikeCode(pieces[end]!, pieces[end - 2]!)) end += 2;
    let after = end;
    while (after < pieces.length && readsLikeOutput(pieces[after]!)) after += 2;
    add("code", pieces.slice(0, end));
    add("markdown", pieces.slice(after));
  }
  return { kind: "notebook", name, cells };
}

/** A name, an attribute or an element. */
const TARGET = String.raw`\*?[A-Za-z_][\w.]*(\[[^\]]*\])*`;

const STATEMENTS = [
  /^#(?!#)/, // one "#" is a comment, more are a heading
  /^[@%!]\w/,
  /^(import \w|from \S+ import\b)/,
  /^(async|def|class|for|while|if|with|try)\b.*:\s*(#.*)?$/,
  /^(del|assert|raise|return|global) \w+/,
  new RegExp(String.raw`^\(?${TARGET}(\s*,\s*${TARGET})*\)?(:\s*\w+)?\s*([-+*/%@&|^]|\*\*|//|<<|>>)?=(?!=)`),
  /^(?!tensor\()[A-Za-z_][\w.]*(\[[^\]]*\])?(\.\w+)*\(.*[(),]\s*(#.*)?$/, // a call
];

function readsLikeCode(paragraph: string, before: string): boolean {
  const line = paragraph.split("\n", 1)[0]!;
  // A body with a blank line in it.
  if (/^\s/.test(line)) return /(^|\n)([ \t][^\n]*|[^\n]*:[ \t]*)$/.test(before);
  return STATEMENTS.some((pattern) => pattern.test(line));
}

const VALUES = /^(tensor\(|(None|True|False)\s*$|[-+]?(\d|\.\d|inf\b|nan\b)|[[({'"<]|\s|Traceback |\w*(Error|Warning)\b|\/)/;

function readsLikeOutput(paragraph: string): boolean {
  return VALUES.test(paragraph);
}

/** As Python reads a source file: no byte order mark, and one kind of line ending. */
function tidy(text: string): string {
  return text.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n");
}
