// A word about the selected node: what made it, by which rule, and why its gradient is there or not.
import { spanOf, select, selected } from "../links.ts";
import { Formula } from "../document/formula.tsx";
import { Icon } from "../shell/icons.tsx";
import { tensorText } from "../tensor/text.ts";
import type { TensorNode, Trace } from "../../../wasm/src/trace.ts";
import { cellOfSpan, shownRun } from "../worker/session.ts";
import { cells } from "../document/store.ts";

export function Details() {
  const trace = shownRun.value?.trace;
  const tensor = trace?.graph.tensors.find(({ id }) => id === selected.value);
  if (!trace || !tensor) return null;
  const operation = trace.graph.operations.findLast(({ outputs }) => outputs.includes(tensor.id));
  return (
    <div class="details">
      <p class="details-head">
        <strong class="mono">{tensor.names.at(-1) ?? "intermediate"}</strong>
        <code class="details-value">{tensorText(tensor.value)}</code>
        <small>
          {tensor.value.dtype} {tensor.value.shape.length ? `[${tensor.value.shape.join(", ")}]` : "scalar"}
          {whereOf(trace, tensor)}
        </small>
      </p>
      {operation?.doc && <p>{operation.doc}</p>}
      {operation?.latex && <Formula tex={operation.latex} display={false} />}
      <p>{whyGradient(tensor)}</p>
      <button class="icon-button" aria-label="Close" onClick={() => select(null)}>
        <Icon name="close" />
      </button>
    </div>
  );
}

function whereOf(trace: Trace, tensor: TensorNode): string {
  const span = spanOf(trace, tensor);
  const cell = span && cells.value.findIndex(({ id }) => id === cellOfSpan(span));
  return span && cell !== null && cell >= 0 ? `, cell ${cell + 1}, line ${span.line}` : "";
}

function whyGradient({ requiresGrad, isLeaf, grad, gradIsKept, retainsGrad }: TensorNode): string {
  if (!requiresGrad) return "No gradient is tracked: nothing that it is made of requires one.";
  if (isLeaf) return grad ? "A leaf that requires a gradient: backward() adds it up in .grad." : "A leaf that requires a gradient. .grad is None until backward() reaches it.";
  if (gradIsKept) return "Not a leaf, but retain_grad() was called, so .grad is kept.";
  if (retainsGrad) return "retain_grad() was called: backward() will keep its gradient.";
  if (grad) return "The gradient passed through here, but this is not a leaf, so .grad stays None.";
  return "Not a leaf: a gradient only passes through, and .grad stays None.";
}
