// The open document as signals, and everything that changes it. Every change is saved as it is made; replacing the document never
// loses the one before, which stays among the saved ones.
import { batch, computed, signal } from "@preact/signals";
import type { Cell, Document } from "../../../wasm/src/document.ts";
import { document as lesson } from "../lessons/gradient-descent.md";
import { notify } from "../shell/notice.ts";
import * as storage from "./storage.ts";
import type { Origin, SavedDocument } from "./storage.ts";

export interface CellItem extends Cell {
  /** Stays the same while the cell is edited, moved or turned into the other kind. */
  id: string;
}

interface OpenDocument {
  id: string;
  origin: Origin;
  name: string;
  kind: Document["kind"];
}

let counter = 0;
const freshId = () => `${Date.now().toString(36)}-${(counter++).toString(36)}`;

const itemsOf = (document: Document): CellItem[] => document.cells.map((cell) => ({ ...cell, id: freshId() }));

export const open = signal<OpenDocument>({ id: freshId(), origin: { kind: "lesson" }, name: lesson.name, kind: lesson.kind });
export const cells = signal<CellItem[]>(itemsOf(lesson));

/** The cell to put the cursor into once it is drawn, e.g. after it was added. */
export const wantsFocus = signal<string | null>(null);
/** Where the click was that gave the focus, if it was one. */
export const clickedAt = signal<{ x: number; y: number } | null>(null);

/** The document as the engine, links and files take it. A script that was given further cells is a notebook. */
export const documentNow = computed<Document>(() => {
  const { kind, name } = open.value;
  const list = cells.value.map(({ kind, source }): Cell => ({ kind, source }));
  return { kind: kind === "script" && list.length === 1 ? "script" : "notebook", name, cells: list };
});

/** The first heading, else the file name. */
export const title = computed(() => titleOf(documentNow.value));

export function titleOf(document: Document): string {
  for (const cell of document.cells) {
    const heading = cell.kind === "markdown" && /^#+\s+(.+)$/m.exec(cell.source);
    if (heading) return heading[1]!.replace(/[*_`$]/g, "");
  }
  return document.name || "Untitled";
}

let warnedOfStorage = false;

function save(): void {
  const { id, origin } = open.peek();
  const kept = storage.saveDocument({ id, origin, document: documentNow.peek(), changed: Date.now() });
  if (!kept && !warnedOfStorage) {
    warnedOfStorage = true;
    notify("This browser does not let nabla save. Use Share or export to keep your work.");
  }
}

function change(next: CellItem[]): void {
  cells.value = next;
  save();
}

export function sourceOf(id: string): string | undefined {
  return cells.peek().find((cell) => cell.id === id)?.source;
}

export function edit(id: string, source: string): void {
  change(cells.peek().map((cell) => (cell.id === id && cell.source !== source ? { ...cell, source } : cell)));
}

/** Adds an empty cell after the one with this id, or at the top. */
export function insertAfter(id: string | null, kind: Cell["kind"]): void {
  const list = cells.peek();
  const at = list.findIndex((cell) => cell.id === id) + 1;
  const cell: CellItem = { id: freshId(), kind, source: "" };
  batch(() => {
    wantsFocus.value = cell.id;
    change([...list.slice(0, at), cell, ...list.slice(at)]);
  });
}

export function remove(id: string): void {
  const list = cells.peek();
  const gone = list.find((cell) => cell.id === id);
  if (!gone) return;
  const rest = list.filter((cell) => cell !== gone);
  change(rest.length ? rest : [{ id: freshId(), kind: "code", source: "" }]);
  if (gone.source.trim() === "") return;
  const at = list.indexOf(gone);
  notify("Cell deleted.", {
    label: "Undo",
    act() {
      const now = cells.peek();
      change([...now.slice(0, at), gone, ...now.slice(at)]);
    },
  });
}

export function move(id: string, by: -1 | 1): void {
  const list = [...cells.peek()];
  const at = list.findIndex((cell) => cell.id === id);
  const to = at + by;
  if (at < 0 || to < 0 || to >= list.length) return;
  [list[at], list[to]] = [list[to]!, list[at]!];
  change(list);
}

export function convert(id: string): void {
  change(
    cells.peek().map((cell) => (cell.id === id ? { ...cell, kind: cell.kind === "code" ? "markdown" : "code" } : cell)),
  );
}

function show({ id, origin, document }: Omit<SavedDocument, "changed">): void {
  batch(() => {
    open.value = { id, origin, name: document.name, kind: document.kind };
    cells.value = itemsOf(document);
  });
}

/** Opens a document that was saved before. */
export function openSaved(id: string): boolean {
  const saved = storage.savedDocument(id);
  if (!saved) return false;
  show(saved);
  storage.setCurrentDocument(id);
  return true;
}

/** Opens the lesson as it was written. What was open stays saved, and one press away. */
export function startOver(): void {
  const before = open.peek();
  show({ id: freshId(), origin: { kind: "lesson" }, document: lesson });
  storage.setCurrentDocument(null);
  offerWayBack("Started over from the tutorial.", before);
}

export function openFile(document: Document): void {
  const before = open.peek();
  show({ id: freshId(), origin: { kind: "file" }, document });
  save();
  offerWayBack(`Opened ${document.name}.`, before);
}

/** Opens a shared document. If this link was opened and edited here before, the edited version is what is shown. */
export function openLink(fragment: string, document: Document): void {
  const id = `link-${fragment.length}-${hash(fragment)}`;
  show(storage.savedDocument(id) ?? { id, origin: { kind: "link", fragment }, document });
}

function hash(text: string): string {
  let h = 0;
  for (let i = 0; i < text.length; i++) h = (Math.imul(h, 31) + text.charCodeAt(i)) | 0;
  return (h >>> 0).toString(36);
}

function offerWayBack(text: string, before: OpenDocument): void {
  const saved = storage.savedDocument(before.id) !== null;
  notify(text, saved ? { label: "Undo", act: () => void openSaved(before.id) } : undefined);
}
