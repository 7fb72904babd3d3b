// Carries out a one-click change of the code, with a way back.
import { effect } from "@preact/signals";
import { cells, edit, sourceOf } from "../document/store.ts";
import { dismiss, notice, notify } from "../shell/notice.ts";
import { shownRun } from "../worker/session.ts";
import type { Fix } from "./mend.ts";

const DONE: Record<Fix["verb"], string> = { Write: "Written", Remove: "Removed", "Move out of no_grad:": "Moved out of no_grad" };

export function carryOut(fix: Fix): void {
  const id = shownRun.peek()?.cellIds[fix.cell];
  const before = id === undefined ? undefined : sourceOf(id);
  const after = before === undefined ? null : fix.change(before);
  if (id === undefined || before === undefined || after === null) {
    notify("The code has changed since; nothing was done.");
    return;
  }
  edit(id, after);
  notify(`${DONE[fix.verb]}: ${fix.code}`, { label: "Undo", act: () => edit(id, before) });
  // It can be undone so as long as nothing else is changed there.
  const offered = notice.peek();
  const end = effect(() => {
    const isAsItWas = cells.value.some((cell) => cell.id === id && cell.source === after);
    if (notice.value === offered && !isAsItWas) dismiss();
    if (notice.value !== offered) queueMicrotask(() => end());
  });
}
