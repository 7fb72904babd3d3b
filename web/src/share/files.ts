// Documents in and out as files: opened by the menu, dropped on the page or pasted into it; saved as .py, .ipynb or .md.
import type { Document } from "../../../wasm/src/document.ts";
import { FormatError, readDocument, writeNotebook, writeScript } from "../../../wasm/src/formats.ts";
import { cellsOfMarkdown, markdownOf } from "../document/markdown-file.ts";
import { documentNow, open, openFile } from "../document/store.ts";
import { notify } from "../shell/notice.ts";

export const ACCEPTED = ".py,.ipynb,.md,.txt";

/** Larger files are no documents for a page. */
const MOST_BYTES = 8 * 1024 * 1024;

async function importFile(file: File): Promise<void> {
  if (file.size > MOST_BYTES) return notify(`${file.name} is too large to open here.`);
  try {
    const document = read(file.name, await file.text());
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
