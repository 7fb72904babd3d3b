// Documents in and out as files: opened by the menu, dropped on the page or pasted into it; saved as .py, .ipynb or .md.
import type { Document } from "../../../wasm/src/document.ts";
import { FormatError, readDocument, writeNotebook, writeScript } from "../../../wasm/src/formats.ts";
import { cellsOfMarkdown, markdownOf } from "../document/markdown-file.ts";
import { documentNow, open, openFile } from "../document/store.ts";
import { isReadOnly } from "./embed.ts";
import { during } from "../shell/busy.ts";
import { notify } from "../shell/notice.ts";

export const ACCEPTED = ".py,.ipynb,.md,.txt";

/** Larger files are no documents for a page. */
const MOST_BYTES = 8 * 1024 * 1024;

async function importFile(file: File): Promise<void> {
  if (file.size > MOST_BYTES) return notify(`${file.name} is too large to open here.`);
  try {
    const document = read(file.name, await during(file.text()));
    if (!document.cells.length) return notify(`${file.name} is empty.`);
    openFile(document);
  } catch (error) {
    notify(error instanceof FormatError ? error.message : `${file.name} could not be read.`);
  }
}

function read(name: string, text: string): Document {
  if (/\.md$/i.test(name)) return { kind: "notebook", name, cells: cellsOfMarkdown(text) };
  return readDocument(name, text);
}

export function pickFile(): void {
  const input = document.createElement("input");
  input.type = "file";
  input.accept = ACCEPTED;
  input.onchange = () => input.files?.[0] && void importFile(input.files[0]);
  input.click();
}

/** Text that was pasted, as a document: a notebook, Markdown with Python in it, an exported notebook, else Python. */
function readPasted(text: string): Document {
  if (isNotebook(text)) return readDocument("pasted.ipynb", text);
  if (/^`{3,}(python|py)\s*$/m.test(text)) return read("pasted.md", text);
  return readDocument("pasted.txt", text);
}

const isNotebook = (text: string) => /^\s*\{/.test(text) && /"(cells|worksheets)"\s*:/.test(text) && /"nbformat"\s*:/.test(text);

/** Takes a file that is pasted, a notebook's text wherever it is pasted, and other text where nothing takes it, as a document of its own. */
export function acceptPastes(): () => void {
  const paste = (event: ClipboardEvent) => {
    const file = event.clipboardData?.files[0];
    const text = event.clipboardData?.getData("text/plain") ?? "";
    const isTaken = document.activeElement?.closest("input, textarea, .cm-editor, [role=textbox], dialog") != null;
    const isFile = file && ACCEPTED.split(",").some((ending) => file.name.toLowerCase().endsWith(ending));
    if (isReadOnly || !(isFile || isNotebook(text) || (!isTaken && text.trim() !== ""))) return;
    event.preventDefault();
    event.stopPropagation();
    if (isFile) return void importFile(file);
    try {
      openFile(readPasted(text));
    } catch (error) {
      notify(error instanceof FormatError ? error.message : "What was pasted could not be read.");
    }
  };
  addEventListener("paste", paste, true);
  return () => removeEventListener("paste", paste, true);
}

/** Lets a file be dropped anywhere on the page. `onOver` hears whether one is being held over it. */
export function acceptDrops(onOver: (over: boolean) => void): () => void {
  const hasFile = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
  const over = (event: DragEvent) => {
    if (!hasFile(event)) return;
    event.preventDefault();
    onOver(true);
  };
  const leave = (event: DragEvent) => event.relatedTarget === null && onOver(false);
  const drop = (event: DragEvent) => {
    if (!hasFile(event)) return;
    event.preventDefault();
    onOver(false);
    const file = event.dataTransfer?.files[0];
    if (file) void importFile(file);
  };
  // In the capturing phase: an editor would otherwise paste the file's text.
  addEventListener("dragover", over, true);
  addEventListener("dragleave", leave, true);
  addEventListener("drop", drop, true);
  return () => {
    removeEventListener("dragover", over, true);
    removeEventListener("dragleave", leave, true);
    removeEventListener("drop", drop, true);
  };
}

const formats = {
  py: { type: "text/x-python", write: writeScript },
  ipynb: { type: "application/x-ipynb+json", write: writeNotebook },
  md: { type: "text/markdown", write: markdownOf },
};

export function exportAs(format: keyof typeof formats): void {
  const { type, write } = formats[format];
  download(write(documentNow.peek()), type, format);
}

/** Hands a text over as a file named for the document. */
export function download(text: string, type: string, ending: string): void {
  const { name, label } = open.peek();
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = `${(label?.replace(/[/\\:*?"<>|]+/g, "-") || name || "nabla").replace(/\.(py|ipynb|md|txt)$/i, "")}.${ending}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
