// All documents kept in this browser: open, rename, duplicate, delete and take that back.
import { signal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { lessons } from "../lessons/list.ts";
import { leaveLink } from "../share/opening.ts";
import { Icon } from "../shell/icons.tsx";
import { closeSheet, Sheet } from "../shell/sheets.tsx";
import "../shell/sheets.css";
import "./documents-sheet.css";
import { saveDocument, type SavedDocument, savedDocuments } from "./storage.ts";
import { discard, duplicate, open, openNew, openSaved, rename, titleOf } from "./store.ts";

/** Grows with every change of what is kept, which is no signal itself. */
const version = signal(0);
const renaming = signal<string | null>(null);
/** Deleted since the sheet was opened, to be brought back. */
const deleted = signal<SavedDocument[]>([]);

export function DocumentsSheet() {
  version.value;
  const list = [...savedDocuments(), ...deleted.value].sort((a, b) => b.changed - a.changed);
  const add = (
    <button
      class="quiet-button small-button"
      onClick={() => {
        closeSheet();
        leaveLink();
        openNew();
      }}
    >
      New
    </button>
  );
  return (
    <Sheet title="Documents" tools={add} small>
      {list.length === 0 && <p class="documents-empty">Nothing yet. A document is kept here as soon as you change it.</p>}
      <ul class="documents">
        {list.map((saved) => (deleted.value.includes(saved) ? <Deleted key={saved.id} saved={saved} /> : <Row key={saved.id} saved={saved} />))}
      </ul>
      <p class="documents-note">All of this is kept in this browser alone.</p>
    </Sheet>
  );
}

function Row({ saved }: { saved: SavedDocument }) {
  const title = titleOf(saved.document, saved.label);
  const isOpen = saved.id === open.value.id;
  if (renaming.value === saved.id) return <Renaming saved={saved} title={title} />;
  const tool = (icon: "pen" | "copy" | "trash", word: string, act: () => void) => (
    <button class="icon-button" aria-label={`${word} ${title}`} title={word} onClick={act}>
      <Icon name={icon} />
    </button>
  );
  return (
    <li class="document-row" aria-current={isOpen}>
      <button
        class="document-open"
        onClick={() => {
          closeSheet();
          if (isOpen) return;
          leaveLink();
          void openSaved(saved.id);
        }}
      >
        <span class="document-title">{title}</span>
        <small>
          {isOpen ? "open, " : ""}
          {ago(saved.changed)}
          {originOf(saved)}
        </small>
      </button>
      {tool("pen", "Rename", () => (renaming.value = saved.id))}
      {tool("copy", "Duplicate", () => {
        renaming.value = duplicate(saved).id;
        version.value++;
      })}
      {tool("trash", "Delete", () => {
        deleted.value = [...deleted.value, saved];
        void discard(saved.id).then(() => version.value++);
      })}
    </li>
  );
}

function Renaming({ saved, title }: { saved: SavedDocument; title: string }) {
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    field.current!.focus();
    field.current!.select();
  }, []);
  const end = (label: string | null) => {
    if (renaming.peek() !== saved.id) return;
    if (label !== null && label !== title) rename(saved.id, label);
    renaming.value = null;
    version.value++;
  };
  return (
    <li class="document-row">
      <input
        class="document-name"
        aria-label="Title"
        value={title}
        ref={field}
        onBlur={(event) => end(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter") end(event.currentTarget.value);
          if (event.key !== "Escape") return;
          event.preventDefault(); // not the sheet
          end(null);
        }}
      />
    </li>
  );
}

function Deleted({ saved }: { saved: SavedDocument }) {
  return (
    <li class="document-row is-deleted">
      <span role="status">Deleted {titleOf(saved.document, saved.label)}</span>
      <button
        class="quiet-button small-button"
        onClick={() => {
          saveDocument(saved);
          deleted.value = deleted.value.filter((one) => one !== saved);
        }}
      >
        Undo
      </button>
    </li>
  );
}

function originOf({ origin }: SavedDocument): string {
  if (origin.kind === "link") return ", from a link";
  if (origin.kind === "example") return ", an example";
  const at = origin.kind === "lesson" ? lessons.findIndex(({ name }) => name === origin.lesson) : -1;
  return at < 0 ? "" : `, lesson ${at + 1}`;
}

function ago(time: number): string {
  const minutes = Math.round((Date.now() - time) / 60_000);
  if (minutes < 1) return "just now";
  if (minutes < 60) return `${minutes} min ago`;
  if (minutes < 48 * 60) return `${Math.round(minutes / 60)} h ago`;
  return `${Math.round(minutes / 60 / 24)} days ago`;
}
