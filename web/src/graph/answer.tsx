// An answer of why.ts: its sentence, with the lines that it speaks of, and the button that changes the code.
import { pointAt } from "../links.ts";
import { lineOf } from "../step/words.ts";
import type { Span } from "../../../wasm/src/trace.ts";
import { carryOut } from "./fix.ts";
import type { Answer } from "./why.ts";

/** `id`: the tensor that it is about, if it is about one; `of`: what that is called, where it does not go without saying. */
export function Why({ answer: { sentence, isProblem, fix }, id, of }: { answer: Answer; id: number | null; of?: string | undefined }) {
  return (
    <p class={isProblem ? "why is-problem" : "why"}>
      {of !== undefined && (
        <>
          <code>{of}</code>:{" "}
        </>
      )}
      {sentence.map((part, i) => (typeof part === "string" ? part : <Place key={i} span={part} id={id} />))}
      {fix && (
        <button class="quiet-button small-button fix" onClick={() => carryOut(fix)}>
          {fix.verb} <code>{fix.code}</code>
        </button>
      )}
    </p>
  );
}

/** A line of the code, shown there while it is pointed at. */
function Place({ span, id }: { span: Span; id: number | null }) {
  const show = () => pointAt({ tensors: id === null ? [] : [id], span });
  const leave = () => pointAt(null);
  return (
    <button class="place" onPointerEnter={show} onFocus={show} onPointerLeave={leave} onBlur={leave}>
      {lineOf(span)}
    </button>
  );
}
