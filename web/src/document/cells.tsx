// The document: its cells in order, what can be done to each, and places to add more.
import { hoveredLine } from "../links.ts";
import { isReadOnly } from "../share/embed.ts";
import { Icon } from "../shell/icons.tsx";
import { cellTrace, wantsInput } from "../worker/session.ts";
import { CodeCell } from "./code-cell.tsx";
import { editing, MarkdownCell } from "./markdown-cell.tsx";
import { hasTime } from "../shell/up.ts";
import { type CellItem, cells, convert, insertAfter, move, remove } from "./store.ts";

/** So many fill the window; the others follow when there is time. */
const AT_ONCE = 6;

export function Cells() {
  const list = cells.value;
  const shown = hasTime.value ? list : list.slice(0, AT_ONCE);
  return (
    <div class="cells" onMouseLeave={() => (hoveredLine.value = null)}>
      <AddHere after={null} />
      {shown.map((cell, i) => (
        <CellFrame key={cell.id} cell={cell} index={i} count={list.length} />
      ))}
    </div>
  );
}

function CellFrame({ cell, index, count }: { cell: CellItem; index: number; count: number }) {
  const isCode = cell.kind === "code";
  const label = `${isCode ? "Code" : "Text"} cell ${index + 1} of ${count}`;
  const status = isCode && wantsInput.value !== cell.id ? cellTrace(cell.id)?.status : undefined;
  return (
    <>
      <section
        class={`cell cell-${cell.kind} ${status ? `is-${status}` : ""}`}
        data-cell={cell.id}
        tabindex={isCode ? -1 : 0}
        aria-label={label}
        onKeyDown={(event) => onKey(event, cell)}
      >
        {isCode ? <CodeCell cell={cell} label={`Python, ${label}`} /> : <MarkdownCell cell={cell} label={`Markdown, ${label}`} />}
        {hasTime.value && <CellTools cell={cell} index={index} count={count} />}
      </section>
      <AddHere after={cell.id} />
    </>
  );
}

/** On the cell itself, not within it: Enter edits, arrows go to the neighbours, and Tab goes past the editor, which keeps Tab to itself. */
function onKey(event: KeyboardEvent, cell: CellItem): void {
  const frame = event.currentTarget as HTMLElement;
  if (event.target !== frame) return;
  if (event.key === "Enter") {
    event.preventDefault();
    if (cell.kind === "markdown") editing.value = isReadOnly ? null : cell.id;
    else frame.querySelector<HTMLElement>(".cm-content")?.focus();
  } else if (event.key === "Tab" && !event.shiftKey && cell.kind === "code") {
    event.preventDefault();
    frame.querySelector<HTMLElement>(".cell-tools button:enabled")?.focus();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    const frames = [...document.querySelectorAll<HTMLElement>("[data-cell]")];
    const next = frames[frames.indexOf(frame) + (event.key === "ArrowDown" ? 1 : -1)];
    if (!next) return;
    event.preventDefault();
    next.focus();
  }
}

function CellTools({ cell, index, count }: { cell: CellItem; index: number; count: number }) {
  const { id } = cell;
  const other = cell.kind === "code" ? "text" : "code";
  const isEditable = cell.kind === "markdown" && editing.value !== id;
  return (
    <div class="cell-tools" role="group" aria-label={`Cell ${index + 1}`}>
      <span class="cell-number">Cell {index + 1}</span>
      {isEditable && (
        <button class="icon-button" aria-label="Edit" title="Edit" onClick={() => (editing.value = id)}>
          <Icon name="pen" />
        </button>
      )}
      <button class="icon-button" aria-label="Move up" title="Move up" disabled={index === 0} onClick={() => move(id, -1)}>
        <Icon name="up" />
      </button>
      <button class="icon-button" aria-label="Move down" title="Move down" disabled={index === count - 1} onClick={() => move(id, 1)}>
        <Icon name="down" />
      </button>
      <button class="icon-button" aria-label={`Turn into ${other}`} title={`Turn into ${other}`} onClick={() => convert(id)}>
        <Icon name={other} />
      </button>
      <button class="icon-button" aria-label="Delete" title="Delete" onClick={() => remove(id)}>
        <Icon name="trash" />
      </button>
    </div>
  );
}

function AddHere({ after }: { after: string | null }) {
  return (
    <div class="add-here">
      {hasTime.value && (
        <>
          <button class="add-button" onClick={() => insertAfter(after, "code")}>
            <Icon name="plus" /> Code
          </button>
          <button class="add-button" onClick={() => insertAfter(after, "markdown")}>
            <Icon name="plus" /> Text
          </button>
        </>
      )}
    </div>
  );
}
