// What is kept in this browser: every document that was edited, each under its own key, and which one was open last.
// A full or forbidden storage is reported once by returning false, and never stops the page.
import type { Document } from "../../../wasm/src/document.ts";

/** Where a document came from: a lesson, an example ("folder/name"), a shared link (its fragment), or a file; one that was begun here counts
    as a file. */
export type Origin = { kind: "lesson"; lesson: string } | { kind: "example"; example: string } | { kind: "link"; fragment: string } | { kind: "file" };

/** What was chosen in the optimizer lab by hand; what is absent is as the lab finds it. Elements of leaves are named as in the lab, "w[0, 1]". */
export interface LabSettings {
  loss?: string;
  axes?: [string, string | null];
  range?: { x: [number, number]; y: [number, number] };
  /** Where elements start. */
  starts?: Record<string, number>;
  racers?: [kind: string, options: string][];
  steps?: number;
}

export interface SavedDocument {
  id: string;
  origin: Origin;
  document: Document;
  /** The title that it was given by hand. */
  label?: string;
  /** What was chosen in its optimizer lab. */
  lab?: LabSettings;
  /** When it was edited last, in milliseconds since 1970. */
  changed: number;
}

const PREFIX = "nabla.document.";
const CURRENT = "nabla.current";
const RUNNING = "nabla.running.";
const THEME = "nabla.theme";
const PROGRESS = "nabla.solved";
const SHARE = "nabla.share.";

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, value: string | null): boolean {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
    return true;
  } catch {
    return false;
  }
}

export function savedDocuments(): SavedDocument[] {
  const found: SavedDocument[] = [];
  try {
    for (let i = 0; i < localStorage.length; i++) {
      const key = localStorage.key(i)!;
      const saved = key.startsWith(PREFIX) ? savedDocument(key.slice(PREFIX.length)) : null;
      if (saved) found.push(saved);
    }
  } catch {
    // Storage is switched off: nothing is kept.
  }
  return found.sort((a, b) => b.changed - a.changed);
}

export function savedDocument(id: string): SavedDocument | null {
  const text = read(PREFIX + id);
  if (text === null) return null;
  try {
    const saved = JSON.parse(text) as SavedDocument;
    const { cells, kind, name }: Partial<Document> = saved.document;
    if (!Array.isArray(cells) || !cells.every((cell) => typeof cell.source === "string")) return null;
    // As long as its text is there, a document that came to harm is opened as well as can be.
    saved.document = { kind: kind === "script" ? kind : "notebook", name: String(name ?? ""), cells: cells.map((cell) => (cell.kind === "markdown" ? cell : { ...cell, kind: "code" })) };
    if (typeof saved.origin?.kind !== "string") saved.origin = { kind: "file" };
    if (typeof saved.label !== "string") delete saved.label;
    // Before there were several lessons, theirs was the first.
    if (saved.origin.kind === "lesson") saved.origin.lesson ??= "gradient-descent";
    return saved;
  } catch {
    return null;
  }
}

/** False when there is no room, or no storage. Nothing else is thrown away to make room. */
export function saveDocument(saved: SavedDocument): boolean {
  return write(PREFIX + saved.id, JSON.stringify(saved));
}

/** Hears when another tab saved the document with the id that `id()` gives then. */
export function onSavedElsewhere(id: () => string, hear: (saved: SavedDocument) => void): void {
  addEventListener("storage", ({ key, newValue }) => {
    if (key !== PREFIX + id() || newValue === null) return;
    const saved = savedDocument(id());
    if (saved) hear(saved);
  });
}

export function forgetDocument(id: string): void {
  write(PREFIX + id, null);
}

/** A document that was saved, or the lesson or example whose original is open. */
export type Current = { id: string } | { lesson: string } | { example: string };

/** What was open last. */
export function currentDocument(): Current | null {
  const [, kind, name] = /^(?:(lesson|example):)?(.*)$/s.exec(read(CURRENT) ?? "")!;
  if (!name) return null;
  return kind === "lesson" ? { lesson: name } : kind === "example" ? { example: name } : { id: name };
}

export function setCurrentDocument(current: Current): void {
  write(CURRENT, "id" in current ? current.id : "lesson" in current ? `lesson:${current.lesson}` : `example:${current.example}`);
}

/** Of this page, so that it takes away no mark but its own: the page before may end after this one began, and others may be open. */
const ME = String(Math.random());
let marked: string | null = null;

/** The guard against a document that takes the page down: set while it runs, looked at when the page opens again. */
export function markRunning(id: string | null): void {
  if (marked !== null && marked !== id && read(RUNNING + marked) === ME) write(RUNNING + marked, null);
  if (id !== null) write(RUNNING + id, ME);
  marked = id;
}

export function wasRunning(id: string): boolean {
  return read(RUNNING + id) !== null;
}

export function savedProgress(): string[] {
  try {
    const kept: unknown = JSON.parse(read(PROGRESS) ?? "[]");
    return Array.isArray(kept) ? kept.filter((one) => typeof one === "string") : [];
  } catch {
    return [];
  }
}

export function saveProgress(solved: string[]): void {
  write(PROGRESS, JSON.stringify(solved));
}

export function savedTheme(): string | null {
  return read(THEME);
}

export function saveTheme(theme: string | null): void {
  write(THEME, theme);
}

/** In percent, how much of the room the panes on one side of a line have; null if it was never moved. */
export function savedShare(line: string): number | null {
  const share = parseFloat(read(SHARE + line) ?? "");
  return Number.isFinite(share) ? share : null;
}

export function saveShare(line: string, share: number | null): void {
  write(SHARE + line, share === null ? null : String(share));
}
