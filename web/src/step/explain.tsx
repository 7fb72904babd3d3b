// What happens at a moment of the time line: the rule, then the same with the learner's own numbers. Loaded when first needed.
import type { ComponentChildren } from "preact";
import type { Num, Operation, Preview, TensorOperand } from "../../../wasm/src/trace.ts";
import { Formula } from "../document/formula.tsx";
import { operationSign } from "../graph/model.ts";
import { HeatMap } from "../tensor/heat-map.tsx";
import { shapeText, tensorText } from "../tensor/text.ts";
import { shownRun } from "../worker/session.ts";
import { type Moment, partsOf, sumOf } from "./moments.ts";
import { lettersOf, plainly, plugNumbers, singleOf, texOf } from "./plug.ts";
import { moment, moments, position, stage } from "./state.ts";
import { codeAt, lineOf, nameOf } from "./words.ts";

export function Explain() {
  const now = moment.value;
  if (!now) return null;
  return (
    <div class="explain" role="region" aria-label="This step" tabindex={0}>
      <Head now={now} />
      {now.kind === "forward" && <Forward operation={now.operation} />}
      {now.kind === "backward" && <Backward now={now} />}
      {now.kind === "update" && <Update now={now} />}
    </div>
  );
}

const trace = () => shownRun.value!.trace;
const name = (id: number | null) => nameOf(trace(), id);
const times = (count: number, what: string) => (count > 1 ? `, the last of ${count.toLocaleString("en")} ${what}` : "");

function Head({ now }: { now: Moment }) {
  return (
    <p class="explain-head" aria-live="polite">
      <strong class={`explain-kind explain-${now.kind}`}>{headOf(now)}</strong>
      <small>
        {lineOf(now.span)}
        {countOf(now)}
      </small>
      <small class="explain-count">
        {position.value! + 1} of {moments.value.length}
      </small>
    </p>
  );
}

function headOf(now: Moment): ComponentChildren {
  if (now.kind === "forward") return <>Forward: <code>{codeAt(now.span) || now.operation.op}</code></>;
  if (now.kind === "update") return <>{now.update.optimizer} takes a step</>;
  if (now.operation) return <>Backward through <code>{codeAt(now.span) || operationSign(now.operation)}</code></>;
  return <>The gradient arrives at <code>{name(now.step.tensor)}</code></>;
}

function countOf(now: Moment): string {
  if (now.kind === "forward") return times(now.operation.count, "runs");
  if (now.kind === "update") return times(now.update.count, "steps");
  return times(now.pass.count, "passes");
}

// ---- the parts of an explanation: a label and what it says

function Row({ label, children }: { label: ComponentChildren; children: ComponentChildren }) {
  return (
    <div class="explain-row">
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Tex({ children }: { children: string }) {
  return <Formula tex={children} display={false} />;
}

/** "= 1 · 4 = 4", and only "= 4" where there is nothing to work out. */
function equation(plugged: string, result: Num): string {
  const text = texOf(result);
  return plugged.replace(/[{}()]/g, "").trim() === text ? `= ${text}` : `= ${plugged} = ${text}`;
}

const MOST_TEXT = 48;
const MOST_IN_TABLE = 18;

function Elements({ preview, label, most = MOST_TEXT }: { preview: Preview | null; label: string; most?: number }) {
  if (!preview) return <>None</>;
  const single = singleOf(preview);
  if (single !== null) return <Tex>{texOf(single)}</Tex>;
  const text = tensorText(preview);
  if (text.length <= most) return <code>{text}</code>;
  return (
    <span class="explain-picture">
      <HeatMap preview={preview} label={`${label}, ${shapeText(preview.shape)}`} /> <small>{shapeText(preview.shape)}</small>
    </span>
  );
}

const numberOf = (id: number): Num | null => {
  const tensor = trace().graph.tensors.find((tensor) => tensor.id === id);
  return tensor ? singleOf(stage.value?.values.get(id) ?? tensor.value) : null;
};
const previewOf = (id: number): Preview | null => stage.value?.values.get(id) ?? trace().graph.tensors.find((tensor) => tensor.id === id)?.value ?? null;

function Forward({ operation }: { operation: Operation }) {
  const [out] = operation.outputs;
  const latex = plainly(operation.latex, operation);
  const plugged = plugNumbers(latex, lettersOf(operation, numberOf));
  const result = out === undefined ? null : previewOf(out);
  const single = singleOf(result);
  const tensors = operation.inputs.filter((input): input is TensorOperand => "tensor" in input);
  const letters = "xyz";
  return (
    <dl>
      <Row label={operationSign(operation)}>
        <Tex>{latex}</Tex>
        {plugged !== null && single !== null && <Tex>{equation(plugged, single)}</Tex>}
      </Row>
      {(plugged === null || single === null) && (
        <>
          {tensors.slice(0, 3).map((input, i) => (
            <Row key={i} label={<><Tex>{letters[input.argument] ?? "x"}</Tex> {name(input.tensor)}</>}>
              <Elements preview={previewOf(input.tensor)} label={name(input.tensor)} />
              {input.broadcast && <small> repeated to {shapeText(result?.shape ?? [])}</small>}
            </Row>
          ))}
          <Row label={out === undefined ? "gives" : name(out)}>
            <Elements preview={result} label="result" />
          </Row>
        </>
      )}
      {!operation.gradMode && <p class="explain-note">Made under no_grad: nothing is kept for a backward pass.</p>}
    </dl>
  );
}

function Backward({ now }: { now: Moment & { kind: "backward" } }) {
  const { step, pass, operation, index } = now;
  if (!operation) return <Arrival now={now} />;
  const letters = lettersOf(operation, numberOf);
  const tensors = operation.inputs.filter((input): input is TensorOperand => "tensor" in input);
  letters.set("g", singleOf(step.grad));
  return (
    <dl>
      <Row label="comes in">
        <Incoming now={now} />
        {index === 0 && <small> the pass begins here</small>}
      </Row>
      {step.out.map(({ input, grad }) => {
        const operand = tensors[input];
        if (!operand) return null;
        const rule = plainly(operand.gradient ?? "", operation);
        const plugged = step.earlier ? null : plugNumbers(rule, letters);
        const single = singleOf(grad);
        return (
          <Row key={input} label={<>to <code>{name(operand.tensor)}</code></>}>
            {rule && <Tex>{rule}</Tex>}{" "}
            {plugged !== null && single !== null ? (
              <Tex>{equation(plugged, single)}</Tex>
            ) : (
              <>
                <Tex>=</Tex> <Elements preview={grad} label={`gradient to ${name(operand.tensor)}`} />
              </>
            )}
            {operand.broadcast && <small> summed back to {shapeText(grad.shape) || "a scalar"}</small>}
          </Row>
        );
      })}
      {step.earlier && <p class="explain-note">An earlier time round of this line; the graph shows the last.</p>}
      {pass.left > 0 && index === pass.steps.length - 1 && <p class="explain-note">{pass.left} further steps of this pass were not recorded.</p>}
    </dl>
  );
}

/** The gradient that comes in; where paths meet, as their sum. */
function Incoming({ now }: { now: Moment & { kind: "backward" } }) {
  const { step, pass, index } = now;
  const operations = new Map(trace().graph.operations.map((operation) => [operation.id, operation]));
  const parts = partsOf(pass, index, operations);
  const numbers = parts.map(({ grad }) => singleOf(grad));
  const sum = singleOf(step.grad);
  if (parts.length > 1 && sum !== null && numbers.every((number) => number !== null)) {
    const terms = numbers.map((number) => texOf(number!)).map((text, i) => (i > 0 && text.startsWith("-") ? `(${text})` : text));
    return (
      <>
        <Tex>{`g = ${terms.join(" + ")} = ${texOf(sum)}`}</Tex>
        <small> {parts.length} paths meet</small>
      </>
    );
  }
  return (
    <>
      <Tex>g =</Tex> <Elements preview={step.grad} label="gradient" />
      {parts.length > 1 && <small> the sum of {parts.length} paths</small>}
    </>
  );
}

function Arrival({ now }: { now: Moment & { kind: "backward" } }) {
  const { step } = now;
  const after = sumOf(step.before, step.grad);
  const [before, grad, sum] = [singleOf(step.before), singleOf(step.grad), singleOf(after)];
  return (
    <dl>
      <Row label="comes in">
        <Incoming now={now} />
      </Row>
      {step.stored ? (
        <Row label=".grad">
          {before !== null && grad !== null && sum !== null ? (
            <Tex>{`${texOf(before)} + ${texOf(grad).startsWith("-") ? `(${texOf(grad)})` : texOf(grad)} = ${texOf(sum)}`}</Tex>
          ) : (
            <>
              {!step.before && <>was None, is now </>}
              <Elements preview={after} label="the new .grad" />
            </>
          )}
          {step.before && <small> added to what was there</small>}
        </Row>
      ) : (
        <p class="explain-note">Handed back by autograd.grad; .grad stays as it was.</p>
      )}
    </dl>
  );
}

function Update({ now }: { now: Moment & { kind: "update" } }) {
  const { changes, latex, doc, left } = now.update;
  const options = changes[0]?.options.filter(({ isDefault }) => !isDefault) ?? [];
  const state = changes[0]?.state.filter(({ after }) => after) ?? [];
  return (
    <>
      <p>
        {doc} {options.map(({ name, value }) => <code key={name} class="option">{`${name}=${value}`} </code>)}
      </p>
      <div class="explain-update">
      <Formula tex={latex} display={false} />
      <div class="table-scroll" tabindex={0} role="region" aria-label="Parameters">
        <table class="change-table">
          <thead>
            <tr>
              <th scope="col">parameter</th>
              <th scope="col">before</th>
              <th scope="col">.grad</th>
              {state.map(({ name }) => <th key={name} scope="col">{name}</th>)}
              <th scope="col">after</th>
            </tr>
          </thead>
          <tbody>
            {changes.map((change, i) => (
              <tr key={i}>
                <th scope="row"><code>{name(change.tensor)}</code></th>
                <td><Elements most={MOST_IN_TABLE} preview={change.before} label="before" /></td>
                <td class="change-grad"><Elements most={MOST_IN_TABLE} preview={change.grad} label="gradient" /></td>
                {change.state.filter(({ after }) => after).map(({ name, before, after }) => (
                  <td key={name}>
                    {before && <><Elements most={MOST_IN_TABLE} preview={before} label={`${name} before`} /> → </>}
                    <Elements most={MOST_IN_TABLE} preview={after} label={name} />
                  </td>
                ))}
                <td><Elements most={MOST_IN_TABLE} preview={change.after} label="after" /></td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      </div>
      {left > 0 && <p class="explain-note">{left} further parameters are not listed.</p>}
    </>
  );
}
