// Below an error of the graph: what brought it about, and the change of the code that mends it. Loaded with the first error.
import { sourceOf } from "../document/store.ts";
import { isStale, shownRun } from "../worker/session.ts";
import { nameOf } from "../step/words.ts";
import { Why } from "./answer.tsx";
import { answerForError } from "./why.ts";

export function ErrorHelp() {
  const run = shownRun.value;
  if (!run?.trace.error || isStale.value) return null;
  const found = answerForError(run.trace, (cell) => sourceOf(run.cellIds[cell] ?? "") ?? null);
  return found && <Why answer={found.answer} id={found.id} of={found.id === null ? undefined : nameOf(run.trace, found.id)} />;
}
