// A Markdown cell: the text as it reads, and an editor in its place while it is edited. A first click chooses the cell, so that reading
// with a finger does not open editors; a click on the chosen cell, a double click or Enter edits it.
import { signal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { withFormula } from "../check/syntax.ts";
import { isReadOnly } from "../share/embed.ts";
import { editorModule, type EditorModule, loadEditor } from "./editor-loader.ts";
import { CellId, Markdown } from "./markdown.tsx";
import { type CellItem, edit, sourceOf, wantsFocus } from "./store.ts";

/** The Markdown cell that is being edited. */
export const editing = signal<string | null>(null);

export function MarkdownCell({ cell, label }: { cell: CellItem; label: string }) {
  const wasChosen = useRef(false);
  if (editing.value === cell.id || wantsFocus.value === cell.id) {
    if (editorModule.value) return <SourceEditor cell={cell} label={label} module={editorModule.value} />;
    loadEditor();
  }
  return (
    <div
      class="prose"
      onPointerDown={(event) => {
        wasChosen.current = event.currentTarget.closest("[data-cell]")!.contains(document.activeElement);
      }}
      onClick={(event) => {
        const inLink = (event.target as Element).closest("a, button");
        const selecting = getSelection()?.isCollapsed === false;
        if (wasChosen.current && !isReadOnly && !inLink && !selecting) editing.value = cell.id;
      }}
      onDblClick={() => !isReadOnly && (editing.value = cell.id)}
    >
      {cell.source.trim() ? (
        <CellId.Provider value={cell.id}>
          <Markdown source={cell.source} onFormula={isReadOnly ? undefined : (check, formula) => edit(cell.id, withFormula(sourceOf(cell.id) ?? cell.source, check, formula))} />
        </CellId.Provider>
      ) : (
        <p class="prose-empty">Empty text. Click to write.</p>
      )}
    </div>
  );
}

interface SourceEditorProps {
  cell: CellItem;
  label: string;
  module: EditorModule;
}

function SourceEditor({ cell, label, module }: SourceEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const leave = () => {
    if (editing.peek() === cell.id) editing.value = null;
  };

  useLayoutEffect(() => {
    editing.value = cell.id;
    wantsFocus.value = null;
    const article = host.current!.closest<HTMLElement>("[data-cell]");
    const made = new module.Editor(host.current!, cell.source, "markdown", label, {
      onChange: (source) => edit(cell.id, source),
      onLeave() {
        leave();
        article?.focus();
      },
    });
    made.focus();
    return () => made.destroy();
  }, [cell.id]);

  return (
    <div
      class="editor editor-markdown"
      ref={host}
      onFocusOut={(event) => {
        if (!host.current?.contains(event.relatedTarget as Node | null)) leave();
      }}
    />
  );
}
