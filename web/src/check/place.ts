// From a tensor of the graph to its check: the one that the document has, else a new one below the code that computes the gradient.
import { cells, insertAfter, sourceOf } from "../document/store.ts";
import { tab } from "../shell/tab.ts";
import { shownRun } from "../worker/session.ts";
import type { Trace } from "../../../wasm/src/trace.ts";
import { wantsCheck } from "./check.tsx";
import { checkSource, checkTitle, partsOf } from "./syntax.ts";

/** The check that can be asked for a tensor: of the last pass that reached it. Null where there is none, or it has no name. */
export function checkFor(trace: Trace, id: number): { title: string; cellId: string | undefined } | null {
  const leaf = trace.graph.tensors.find((tensor) => tensor.id === id)?.names.at(-1);
  const pass = trace.passes.findLast(({ steps }) => steps.some(({ tensor }) => tensor === id));
  if (!leaf || !pass || pass.steps[0]?.tensor === id) return null;
  const root = trace.graph.tensors.find((tensor) => tensor.id === pass.steps[0]!.tensor)?.names.at(-1) ?? "";
  const cell = pass.span?.cell;
  return { title: checkTitle(root, leaf), cellId: cell === undefined ? undefined : shownRun.peek()?.cellIds[cell] };
}

export function goToCheck({ title, cellId }: { title: string; cellId: string | undefined }): void {
  tab.value = "code";
  const same = (text: string) => text.replace(/\s/g, "") === title.replace(/\s/g, "");
  for (const { kind, source } of cells.peek()) {
    if (kind !== "markdown") continue;
    for (const part of partsOf(source)) {
      if (!("check" in part) || !same(part.check.title)) continue;
      wantsCheck.value = part.check.title;
      return;
    }
  }
  const after = cellId !== undefined && sourceOf(cellId) !== undefined ? cellId : (cells.peek().at(-1)?.id ?? null);
  wantsCheck.value = title;
  insertAfter(after, "markdown", checkSource(title));
}
