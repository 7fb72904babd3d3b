// Where a program's input() gets its lines: a box under the cell that ended for want of one, and the lines given so far. With each line the
// document is run again from the top; what was given can be taken back.
import { answerInput, answeredIn, forgetInput, inputLines, wantsInput } from "../worker/session.ts";

export function InputBox({ cellId }: { cellId: string }) {
  const asked = wantsInput.value === cellId;
  const given = inputLines.value.length;
  const startOver = given > 0 && (
    <button type="button" class="quiet-button small-button" onClick={forgetInput}>
      Start over
    </button>
  );
  if (!asked && given > 0 && answeredIn.value === cellId)
    return (
      <div class="input-box">
        input() was given {given === 1 ? "a line" : `${given} lines`} {startOver}
      </div>
    );
  if (!asked) return null;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const field = (event.target as HTMLFormElement).elements.namedItem("line") as HTMLInputElement;
    answerInput(field.value);
    field.value = "";
  };
  return (
    <form class="input-box" onSubmit={submit}>
      <label>
        input() waits for a line <input name="line" autocomplete="off" spellcheck={false} />
      </label>
      <button type="submit" class="quiet-button small-button">Enter</button>
      {startOver}
    </form>
  );
}
