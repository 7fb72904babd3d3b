// Documents in and out as files: opened by the menu or dropped on the page, saved as .py or .ipynb.
import type { Document } from "../../../wasm/src/document.ts";
import { FormatError, readDocument, writeNotebook, writeScript } from "../../../wasm/src/formats.ts";
import { cellsOfMarkdown } from "../document/markdown-file.ts";
import { documentNow, openFile } from "../document/store.ts";
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

export function exportAs(format: "py" | "ipynb"): void {
  const now = documentNow.peek();
  const text = format === "py" ? writeScript(now) : writeNotebook(now);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: format === "py" ? "text/x-python" : "application/x-ipynb+json" }));
  link.download = `${(now.name || "nabla").replace(/\.(py|ipynb|md|txt)$/i, "")}.${format}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
