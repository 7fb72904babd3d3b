// A word about the selected tensor: what made it, why it is as it is, and the chain rule that led to its gradient. Loaded when first needed.
import { signal } from "@preact/signals";
import { checkFor, goToCheck } from "../check/place.ts";
import { Formula } from "../document/formula.tsx";
import { sourceOf } from "../document/store.ts";
import { Jacobian } from "../jacobian/jacobian.tsx";
import { hasJacobian } from "../jacobian/results.ts";
import { select, selected } from "../links.ts";
import { Icon } from "../shell/icons.tsx";
import { goToTensor } from "../step/state.ts";
import { nameOf } from "../step/words.ts";
import { elementCount, shapeText, tensorText } from "../tensor/text.ts";
import type { TensorNode, Trace } from "../../../wasm/src/trace.ts";
import { isStale, shownRun } from "../worker/session.ts";
import { chainOf, passOf } from "./chain.ts";
import { Why } from "./answer.tsx";
import { answersFor } from "./why.ts";

/** Is the Jacobian of what is selected shown? */
const wantsJacobian = signal(false);

export function Details() {
  const run = shownRun.value;
  const tensor = run?.trace.graph.tensors.find(({ id }) => id === selected.value);
  if (!run || !tensor) return null;
  const { trace } = run;
  const operation = trace.graph.operations.findLast(({ outputs }) => outputs.includes(tensor.id));
  const source = (cell: number) => (isStale.value ? null : (sourceOf(run.cellIds[cell] ?? "") ?? null));
  return (
    <div class="details" role="region" aria-label="The selected tensor" onKeyDown={(event) => event.key === "Escape" && close(tensor.id)}>
      <p class="details-head">
        <strong class="mono">{nameOf(trace, tensor.id)}</strong>
        <code class="details-value">{tensorText(tensor.value)}</code>
        <small>
          {tensor.value.dtype} {tensor.value.shape.length ? `[${tensor.value.shape.join(", ")}]` : "scalar"}
          {operation?.doc && <> · {operation.doc}</>}
        </small>
      </p>
      {answersFor({ trace, tensor, source }).map((answer, i) => (
        <Why key={i} answer={answer} id={tensor.id} />
      ))}
      <ChainRule trace={trace} tensor={tensor} />
      {wantsJacobian.value && hasJacobian(trace, tensor.id) && !isStale.value && <Jacobian trace={trace} tensor={tensor} />}
      <div class="details-tools">
        {hasJacobian(trace, tensor.id) && !isStale.value && (
          <button class="quiet-button small-button" aria-pressed={wantsJacobian.value} onClick={() => (wantsJacobian.value = !wantsJacobian.value)}>
            Jacobian
          </button>
        )}
        <CheckButton trace={trace} id={tensor.id} />
        {operation && (
          <button class="quiet-button small-button" onClick={() => goToTensor(tensor.id)}>
            Step from here
          </button>
        )}
        <button class="icon-button" aria-label="Close" onClick={() => close(tensor.id)}>
          <Icon name="close" />
        </button>
      </div>
    </div>
  );
}

/** The keyboard goes back to the card in the graph. */
function close(id: number): void {
  select(null);
  document.querySelector<SVGElement>(`.graph [data-key="t${id}"]`)?.focus({ preventScroll: true });
}

function CheckButton({ trace, id }: { trace: Trace; id: number }) {
  const check = isStale.value ? null : checkFor(trace, id);
  return (
    check && (
      <button class="quiet-button small-button" title="Check a formula of your own for its gradient" onClick={() => goToCheck(check)}>
        Check by hand
      </button>
    )
  );
}

function ChainRule({ trace, tensor }: { trace: Trace; tensor: TensorNode }) {
  const pass = tensor.grad ? passOf(trace, tensor.id) : undefined;
  const chain = pass ? chainOf(trace, pass, tensor.id) : null;
  if (!pass || !chain) return null;
  const result = nameOf(trace, pass.steps[0]!.tensor);
  if ("why" in chain) {
    const size = elementCount(tensor.value.shape);
    return (
      <p class="chain-none">
        {chain.why === "too large" && size > 1
          ? `The gradient of ${result} with respect to ${nameOf(trace, tensor.id)} has ${size} numbers (${shapeText(tensor.value.shape)}); step through the pass to see each rule at work, or look at the Jacobian.`
          : `${chain.paths > 1 ? `${chain.paths} paths lead` : "The way"} from ${result} back to ${nameOf(trace, tensor.id)}${chain.paths > 1 ? "" : " is"} too long to write out; step through the pass to see each rule at work.`}
      </p>
    );
  }
  return (
    <div class="chain" role="group" aria-label="Chain rule" tabindex={0}>
      <Formula tex={`${chain.symbols}\\; ${chain.numbers}`} display={false} />
      {chain.letters.length > 0 && (
        <small>
          {chain.letters.map(({ letter, id }, i) => (
            <span key={id}>
              {i > 0 && ", "}
              <Formula tex={letter} display={false} /> = <code>{nameOf(trace, id)}</code>
            </span>
          ))}
        </small>
      )}
    </div>
  );
}
