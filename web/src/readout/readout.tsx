// The readout: every named tensor with the answers that Python gives, then the series of numbers from loops, then other variables.
import type { Preview, TensorNode, Variable } from "../../../wasm/src/trace.ts";
import { hovered, litTensors, select, selected } from "../links.ts";
import { HeatMap } from "../tensor/heat-map.tsx";
import { elementCount, shapeText, tensorText, textUpTo } from "../tensor/text.ts";
import { isStale, shownRun } from "../worker/session.ts";
import { Series } from "./series.tsx";

export function Readout() {
  const trace = shownRun.value?.trace;
  const byId = new Map(trace?.graph.tensors.map((tensor) => [tensor.id, tensor]));
  const tensors = trace?.variables.flatMap((variable) => {
    const tensor = variable.tensor === null ? undefined : byId.get(variable.tensor);
    return tensor ? [{ variable, tensor }] : [];
  });
  const others = trace?.variables.filter(({ tensor }) => tensor === null || !byId.has(tensor)) ?? [];
  return (
    <section class={`readout ${isStale.value ? "is-stale" : ""}`} aria-labelledby="values-title">
      <div class="pane-bar">
        <h2 id="values-title">Values</h2>
      </div>
      <div class="readout-body">
        {tensors && tensors.length > 0 ? <TensorTable rows={tensors} /> : <p class="readout-empty">No tensor has a name yet.</p>}
        {trace && trace.histories.length > 0 && <Series histories={trace.histories} />}
        {others.length > 0 && <Others variables={others} />}
      </div>
    </section>
  );
}

function TensorTable({ rows }: { rows: { variable: Variable; tensor: TensorNode }[] }) {
  const old = shownRun.value?.old;
  return (
    <div class="table-scroll" tabindex={0} role="region" aria-label="Tensors">
      <table class="tensor-table" aria-label="Tensors">
        <thead>
          <tr>
            <th scope="col">name</th>
            <th scope="col">value</th>
            <th scope="col">.grad</th>
            <th scope="col">requires_grad</th>
            <th scope="col">is_leaf</th>
            <th scope="col">grad_fn</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ variable, tensor }) => (
            <Row key={variable.name} name={variable.name} tensor={tensor} isOld={old?.variables.has(variable.name) ?? false} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ name, tensor, isOld }: { name: string; tensor: TensorNode; isOld: boolean }) {
  const { id, value, grad, gradIsKept, requiresGrad, isLeaf, gradFn } = tensor;
  const isSelected = selected.value === id;
  return (
    <tr
      class={`${litTensors.value.has(id) ? "is-lit" : ""} ${isSelected ? "is-selected" : ""} ${isOld ? "is-old" : ""}`}
      onPointerEnter={() => (hovered.value = id)}
      onPointerLeave={() => (hovered.value = null)}
      onClick={() => select(isSelected ? null : id)}
    >
      <th scope="row">
        <button class="row-name" title={name.length > 24 ? name : undefined} aria-pressed={isSelected}>
          {name}
        </button>
      </th>
      <td>
        <Elements preview={value} label={`value of ${name}`} />
      </td>
      <td class="grad-cell">
        {grad && gradIsKept ? (
          <span class="grad-kept">
            <Elements preview={grad} label={`gradient of ${name}`} />
          </span>
        ) : (
          <span class="none">None</span>
        )}
      </td>
      <td class={requiresGrad ? "" : "none"}>{requiresGrad ? "True" : "False"}</td>
      <td class={isLeaf ? "" : "none"}>{isLeaf ? "True" : "False"}</td>
      <td class={gradFn ? "" : "none"}>{gradFn ? `<${gradFn}>` : "None"}</td>
    </tr>
  );
}

/** Tensors up to this length are written out, larger ones drawn. */
const MOST_TEXT = 30;

function Elements({ preview, label }: { preview: Preview; label: string }) {
  const text = elementCount(preview.shape) <= 1 ? tensorText(preview) : textUpTo(preview, MOST_TEXT);
  if (text !== null) return <>{text}</>;
  return (
    <span class="elements">
      <HeatMap preview={preview} label={`${label}, ${shapeText(preview.shape)}`} />
      <small>{shapeText(preview.shape)}</small>
    </span>
  );
}

function Others({ variables }: { variables: Variable[] }) {
  return (
    <dl class="others">
      {variables.map(({ name, type, repr }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <code>{repr}</code> <small>{type}</small>
          </dd>
        </div>
      ))}
    </dl>
  );
}
