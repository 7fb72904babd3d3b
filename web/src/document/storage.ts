// What is kept in this browser: every document that was edited, each under its own key, and which one was open last.
// A full or forbidden storage is reported once by returning false, and never stops the page.
import type { Document } from "../../../wasm/src/document.ts";

/** Where a document came from: the built-in lesson, a shared link (its fragment), or a file. */
export type Origin = { kind: "lesson" } | { kind: "link"; fragment: string } | { kind: "file" };

export interface SavedDocument {
  id: string;
  origin: Origin;
  document: Document;
  /** When it was edited last, in milliseconds since 1970. */
  changed: number;
}

const PREFIX = "nabla.document.";
const CURRENT = "nabla.current";
const RUNNING = "nabla.running";
const THEME = "nabla.theme";

/** Documents kept; the ones longest untouched go first. */
const KEPT = 20;

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
    const cells: unknown = saved.document.cells;
    return Array.isArray(cells) && cells.every((cell) => typeof cell.source === "string") ? saved : null;
  } catch {
    return null;
  }
}

/** Saves, and makes room among the oldest if need be. */
export function saveDocument(saved: SavedDocument): boolean {
  const fresh = read(PREFIX + saved.id) === null;
  if (fresh) {
    for (const old of savedDocuments().slice(KEPT - 1)) forgetDocument(old.id);
  }
  return write(PREFIX + saved.id, JSON.stringify(saved)) && write(CURRENT, saved.id);
}

export function forgetDocument(id: string): void {
  write(PREFIX + id, null);
}

export function currentDocumentId(): string | null {
  return read(CURRENT);
}

export function setCurrentDocument(id: string | null): void {
  write(CURRENT, id);
}

/** The guard against a document that takes the page down: set while it runs, looked at when the page opens again. */
export function markRunning(id: string | null): void {
  write(RUNNING, id);
}

export function wasRunning(id: string): boolean {
  return read(RUNNING) === id;
}

export function savedTheme(): string | null {
  return read(THEME);
}

export function saveTheme(theme: string | null): void {
  write(THEME, theme);
}
