// The sheets that lie over the page, one at a time: examples, lessons, documents. The code of each is loaded when it is first opened.
import { signal, type Signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "./icons.tsx";
import { Late } from "./late.tsx";

const loaders = {
  examples: () => import("../gallery/gallery.tsx").then(({ Gallery }) => Gallery),
  lessons: () => import("../lessons/lessons-sheet.tsx").then(({ LessonsSheet }) => LessonsSheet),
  documents: () => import("../document/documents-sheet.tsx").then(({ DocumentsSheet }) => DocumentsSheet),
  names: () => import("../help/names.tsx").then(({ Names }) => Names),
};

export const sheet = signal<keyof typeof loaders | null>(null);

export function Sheets() {
  return sheet.value && <Late key={sheet.value} load={loaders[sheet.value]} />;
}

interface SheetProps {
  title: string;
  /** Between the title and the button that closes it. */
  tools?: ComponentChildren;
  small?: boolean;
  /** There is nothing to press in it, so the keyboard comes to the whole, to scroll it. */
  isText?: boolean;
  children: ComponentChildren;
}

/** The frame of a sheet. Escape and a press beside it close it, and the focus goes back to where it was. */
export function Sheet({ title, tools, small = false, isText = false, children }: SheetProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current!.showModal();
    // On a phone the keyboard would cover the sheet.
    (matchMedia("(pointer: coarse)").matches ? dialog.current : dialog.current!.querySelector<HTMLElement>("[data-first]"))?.focus();
  }, []);
  return (
    <dialog
      class={`sheet ${small ? "is-small" : ""}`}
      ref={dialog}
      tabindex={-1}
      aria-labelledby="sheet-title"
      onClose={() => (sheet.value = null)}
      onClick={(event) => event.target === event.currentTarget && event.currentTarget.close()}
    >
      <div class="sheet-head">
        <h2 id="sheet-title">{title}</h2>
        {tools}
        <button class="icon-button" aria-label="Close" title="Close" onClick={() => dialog.current!.close()}>
          <Icon name="close" />
        </button>
      </div>
      <div class="sheet-body" {...(isText && { tabindex: 0, role: "region", "aria-labelledby": "sheet-title" })}>
        {children}
      </div>
    </dialog>
  );
}

/** A tool of a sheet: a word to look for. */
export function SheetSearch({ placeholder, label, wanted }: { placeholder: string; label: string; wanted: Signal<string> }) {
  return (
    <label class="sheet-search">
      <Icon name="search" />
      <input
        data-first
        type="search"
        placeholder={placeholder}
        aria-label={label}
        value={wanted.value}
        onInput={(event) => (wanted.value = event.currentTarget.value)}
      />
    </label>
  );
}

/** Through the element, so that the browser gives the focus back. */
export function closeSheet(): void {
  document.querySelector<HTMLDialogElement>("dialog.sheet")?.close();
}
