// A code cell: its editor, and below it what it printed.
import { effect } from "@preact/signals";
import type { Output } from "../../../wasm/src/trace.ts";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { cursorLine, hoveredLine, litSpan, wantsScroll } from "../links.ts";
import { cellTrace, isStale, run, wantsInput } from "../worker/session.ts";
import type { Editor, Mark } from "./editor.ts";
import { editorModule, type EditorModule } from "./editor-loader.ts";
import { lineValues } from "./line-values.ts";
import { InputBox } from "./input-box.tsx";
import { Outputs } from "./outputs.tsx";
import { StaticCode } from "./static-code.tsx";
import { type CellItem, clickedAt, edit, sourceOf, wantsFocus } from "./store.ts";

/** What the editor should underline in this cell. */
function marksOf(id: string): Mark[] {
  const error = run.value?.trace.error;
  const marks: Mark[] = [];
  for (const { kind, text, span } of cellTrace(id)?.outputs ?? []) {
    if (kind === "warning" && span) marks.push({ span, severity: "warning", message: text.trim() });
  }
  if (error?.span && wantsInput.value !== id && run.value!.cellIds[error.span.cell] === id) {
    marks.push({ span: error.span, severity: "error", message: [`${error.kind}: ${error.message}`, ...error.notes].join("\n") });
  }
  return marks.filter(({ span }) => run.value!.cellIds[span.cell] === id);
}

/** What a cell printed; that it ended for want of a line to read is said by the box that asks for it. */
function outputsOf(id: string): Output[] {
  const outputs = cellTrace(id)?.outputs ?? [];
  return wantsInput.value === id ? outputs.filter(({ kind }) => kind !== "error") : outputs;
}

export function CodeCell({ cell, label }: { cell: CellItem; label: string }) {
  const module = editorModule.value;
  return (
    <>
      {module ? (
        <LiveCode cell={cell} label={label} module={module} />
      ) : (
        <div class="editor">
          <StaticCode id={cell.id} source={cell.source} label={label} />
        </div>
      )}
      <Outputs outputs={outputsOf(cell.id)} />
      <InputBox cellId={cell.id} />
    </>
  );
}

interface LiveCodeProps {
  cell: CellItem;
  label: string;
  module: EditorModule;
}

function LiveCode({ cell, label, module }: LiveCodeProps) {
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<Editor>(null);
  const { id } = cell;

  useLayoutEffect(() => {
    const made = new module.Editor(host.current!, cell.source, "code", label, {
      onChange: (source) => edit(id, source),
      onLeave: () => host.current!.closest<HTMLElement>("[data-cell]")?.focus(),
      onPoint: (at) => (hoveredLine.value = at && { cellId: id, ...at }),
      onCursor: (at) => {
        if (at) cursorLine.value = { cellId: id, ...at };
        else if (cursorLine.peek()?.cellId === id) cursorLine.value = null;
      },
    });
    editor.current = made;
    if (wantsFocus.peek() === id) {
      made.focus(clickedAt.peek());
      wantsFocus.value = clickedAt.value = null;
    }
    const stops = [effect(() => made.setMarks(marksOf(id))), effect(() => showLit(made, id)), effect(() => made.setValues(lineValues(id))), effect(scrollWhenWanted(made, id))];
    return () => {
      for (const stop of stops) stop();
      made.destroy();
    };
  }, [id]);

  // From the store, not from `cell`: while this was waiting for its turn, more may have been typed.
  useEffect(() => editor.current!.setSource(sourceOf(id) ?? cell.source), [cell.source]);

  return <div class="editor" ref={host} />;
}

function showLit(editor: Editor, id: string): void {
  const lit = litSpan.value;
  editor.setLit(lit?.cellId === id && !isStale.value ? lit.span : null);
}

function scrollWhenWanted(editor: Editor, id: string): () => void {
  let seen = wantsScroll.peek();
  return () => {
    if (wantsScroll.value === seen) return;
    seen = wantsScroll.value;
    const lit = litSpan.peek();
    if (lit?.cellId === id) editor.reveal(lit.span);
  };
}
