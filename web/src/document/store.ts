// The open document as signals, and everything that changes it. Every change is saved as it is made; replacing the document never
// loses the one before, which stays among the saved ones.
import { batch, computed, signal } from "@preact/signals";
import type { Cell, Document } from "../../../wasm/src/document.ts";
import { FIRST, lessonFile, loadLesson } from "../lessons/list.ts";
import { isEmbedded, isReadOnly } from "../share/embed.ts";
import { during } from "../shell/busy.ts";
import { notify } from "../shell/notice.ts";
import * as storage from "./storage.ts";
import type { LabSettings, Origin, SavedDocument } from "./storage.ts";

export interface CellItem extends Cell {
  /** Stays the same while the cell is edited, moved or turned into the other kind. */
  id: string;
}

interface OpenDocument {
  id: string;
  origin: Origin;
  name: string;
  kind: Document["kind"];
  /** The title that it was given by hand. */
  label?: string;
}

let counter = 0;
const freshId = () => `${Date.now().toString(36)}-${(counter++).toString(36)}`;

const itemsOf = (document: Document): CellItem[] => document.cells.map((cell) => ({ ...cell, id: freshId() }));

const first = lessonFile(FIRST)!.document;

export const open = signal<OpenDocument>({ id: freshId(), origin: { kind: "lesson", lesson: FIRST }, name: first.name, kind: first.kind });
export const cells = signal<CellItem[]>(itemsOf(first));

/** The cell to put the cursor into once it is drawn, e.g. after it was added. */
export const wantsFocus = signal<string | null>(null);
/** Where the click was that gave the focus, if it was one. */
export const clickedAt = signal<{ x: number; y: number } | null>(null);

/** What was chosen in the optimizer lab of the open document. */
export const labSettings = signal<LabSettings | undefined>(undefined);

/** The document as the engine, links and files take it. A script that was given further cells is a notebook. */
export const documentNow = computed<Document>(() => {
  const { kind, name } = open.value;
  const list = cells.value.map(({ kind, source }): Cell => ({ kind, source }));
  return { kind: kind === "script" && list.length === 1 ? "script" : "notebook", name, cells: list };
});

/** The title that it was given, else the first heading, else the file name, else its first line. */
export const title = computed(() => titleOf(documentNow.value, open.value.label));

const UNTITLED = "untitled";

export function titleOf(document: Document, label?: string): string {
  if (label) return label;
  for (const cell of document.cells) {
    const heading = cell.kind === "markdown" && /^#+\s+(.+)$/m.exec(cell.source);
    if (heading) return heading[1]!.replace(/[*_`$]/g, "");
  }
  if (document.name && document.name !== UNTITLED) return document.name;
  // Of its own first words, so that several without a name can be told apart.
  const line = document.cells.map(({ source }) => /\S.*/.exec(source)?.[0]).find((found) => found !== undefined);
  return line ? line.replace(/^#\s*/, "").slice(0, 60) : "Untitled";
}

let warnedOfStorage = false;

function save(): void {
  const { id, origin, label } = open.peek();
  const kept = storage.saveDocument({ id, origin, document: documentNow.peek(), label, lab: labSettings.peek(), changed: Date.now() });
  if (!isEmbedded) storage.setCurrentDocument({ id });
  if (!kept && !warnedOfStorage) {
    warnedOfStorage = true;
    notify("This browser does not let nabla save. Use Share or export to keep your work.");
  }
}

function change(next: CellItem[]): void {
  if (isReadOnly) return;
  cells.value = next;
  save();
}

export function sourceOf(id: string): string | undefined {
  return cells.peek().find((cell) => cell.id === id)?.source;
}

export function edit(id: string, source: string): void {
  change(cells.peek().map((cell) => (cell.id === id && cell.source !== source ? { ...cell, source } : cell)));
}

/** Adds a cell after the one with this id, or at the top. An empty one is there to be written in. */
export function insertAfter(id: string | null, kind: Cell["kind"], source = ""): void {
  const list = cells.peek();
  const at = list.findIndex((cell) => cell.id === id) + 1;
  const cell: CellItem = { id: freshId(), kind, source };
  batch(() => {
    if (!source) wantsFocus.value = cell.id;
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

/** Keeps what was chosen in the lab, with the document. */
export function keepLab(settings: LabSettings | undefined): void {
  if (JSON.stringify(settings) === JSON.stringify(labSettings.peek())) return;
  labSettings.value = settings;
  if (!isReadOnly) save();
}

function show({ id, origin, document, label, lab }: Omit<SavedDocument, "changed">): void {
  batch(() => {
    labSettings.value = lab;
    open.value = { id, origin, name: document.name, kind: document.kind, label };
    cells.value = itemsOf(document);
  });
}

/** Opens a document that was saved before. */
export async function openSaved(id: string): Promise<boolean> {
  const saved = storage.savedDocument(id);
  if (!saved) return false;
  if (saved.origin.kind === "lesson") await during(loadLesson(saved.origin.lesson)).catch(() => {}); // offline: it is drawn without what was made ready
  show(saved);
  storage.setCurrentDocument({ id });
  return true;
}

/** Opens a lesson where it was left, or as it was written. False when it could not be loaded. */
export async function openLesson(name: string): Promise<boolean> {
  const left = storage.savedDocuments().find(({ origin }) => origin.kind === "lesson" && origin.lesson === name);
  if (left) return openSaved(left.id);
  return openOriginal(name);
}

async function openOriginal(lesson: string): Promise<boolean> {
  try {
    const { document } = await during(loadLesson(lesson));
    show({ id: freshId(), origin: { kind: "lesson", lesson }, document });
    storage.setCurrentDocument({ lesson });
    return true;
  } catch {
    notify("This lesson could not be loaded. Is there a network?");
    return false;
  }
}

/** The document that was open last, or the lesson. */
export async function openLast(): Promise<void> {
  const last = storage.currentDocument();
  if (!last) return;
  if ("lesson" in last) await openOriginal(last.lesson);
  else if ("example" in last) await showExample(last.example);
  else await openSaved(last.id);
}

/** Opens an example as it was written; one that was changed is among the saved documents. */
export async function openExample(example: string): Promise<void> {
  const before = open.peek();
  const name = await showExample(example);
  const wasOnlyRead = before.origin.kind === "example" && !storage.savedDocument(before.id);
  if (name !== null && !wasOnlyRead) offerWayBack(`Opened ${name}.`, before);
}

async function showExample(example: string): Promise<string | null> {
  try {
    const { programAt } = await during(import("../gallery/programs.ts"));
    const program = programAt(example);
    if (!program) return null;
    const document: Document = { kind: "script", name: program.file, cells: [{ kind: "code", source: program.source }] };
    show({ id: freshId(), origin: { kind: "example", example }, document });
    storage.setCurrentDocument({ example });
    return program.file;
  } catch {
    notify("The examples could not be loaded. Is there a network?");
    return null;
  }
}

/** Opens a lesson as it was written. What was open stays saved, and one press away. */
export async function startOver(lesson = FIRST): Promise<void> {
  const before = open.peek();
  if (await openOriginal(lesson)) offerWayBack(lesson === FIRST ? "Started over from the tutorial." : "Started this lesson over.", before);
}

/** An empty document of one's own. */
export function openNew(): void {
  const before = open.peek();
  show({ id: freshId(), origin: { kind: "file" }, document: { kind: "notebook", name: UNTITLED, cells: [{ kind: "code", source: "" }] } });
  wantsFocus.value = cells.peek()[0]!.id;
  save();
  offerWayBack("A new document.", before);
}

/** Gives a saved document another title; an empty one gives back its own. */
export function rename(id: string, label: string): void {
  const saved = storage.savedDocument(id);
  const given = label.trim() || undefined;
  if (saved) storage.saveDocument({ ...saved, label: given });
  if (open.peek().id !== id) return;
  open.value = { ...open.peek(), label: given };
  if (!saved) save();
}

/** A copy beside it, of its own from now on. */
export function duplicate({ document, label, lab }: SavedDocument): SavedDocument {
  const copy: SavedDocument = { id: freshId(), origin: { kind: "file" }, document, label: `${titleOf(document, label)} (copy)`, lab, changed: Date.now() };
  storage.saveDocument(copy);
  return copy;
}

/** Deletes a saved document; `saveDocument` of the storage brings it back. Of the open one, the next takes its place. */
export async function discard(id: string): Promise<void> {
  storage.forgetDocument(id);
  if (open.peek().id !== id) return;
  const next = storage.savedDocuments()[0];
  if (!next || !(await openSaved(next.id))) await openOriginal(FIRST);
}

/** What another tab writes into the open document is shown here as well; cells keep their ids, so that editors and cursors stay. */
export function followOtherTabs(): void {
  storage.onSavedElsewhere(
    () => open.peek().id,
    ({ document, label }) => {
      const now = cells.peek();
      batch(() => {
        open.value = { ...open.peek(), name: document.name, kind: document.kind, label };
        cells.value = document.cells.map((cell, i) => ({ ...cell, id: now[i]?.kind === cell.kind ? now[i].id : freshId() }));
      });
    },
  );
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
