// What happens at a moment of the time line: the rule, then the same with the learner's own numbers. Loaded when first needed.
import { signal } from "@preact/signals";
import { type ComponentChildren, Fragment } from "preact";
import type { Num, Operation, ParameterChange, Preview, TensorOperand } from "../../../wasm/src/trace.ts";
import { Formula } from "../document/formula.tsx";
import { operationSign } from "../graph/model.ts";
import { HeatMap } from "../tensor/heat-map.tsx";
import { elementCount, shapeText, tensorText } from "../tensor/text.ts";
import { shownRun } from "../worker/session.ts";
import { elementAt, elementName, ElementPicker, pickedIn, placeIn } from "./element.tsx";
import { type Moment, partsOf, sumOf } from "./moments.ts";
import { namesOf, plainly, singleOf, termsOf, texOf } from "./plug.ts";
import { moment, moments, position, stage } from "./state.ts";
import { isOfMatrices } from "./readings.ts";
import { Rule } from "./rule.tsx";
import { codeAt, lineOf, nameOf, optionText } from "./words.ts";
import { workedOut } from "./worked.ts";

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
  if (now.kind === "update") {
    const { optimizer, changes, left } = now.update;
    const iterations = changes.filter(({ tensor }) => tensor === changes[0]!.tensor).length;
    return <>{optimizer} takes a step{iterations > 1 ? ` of ${left ? "more than " : ""}${iterations} iterations` : ""}</>;
  }
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

/** An equation that may go on in the next line before each of its signs of equality, and between the terms of a sum. */
function Worked({ sides }: { sides: string[] }) {
  return (
    <span class="worked">
      {sides.flatMap(termsOf).map((tex, i) => (
        <Fragment key={i}>
          {i > 0 && " "}
          <Tex>{tex}</Tex>
        </Fragment>
      ))}
    </span>
  );
}

/** Below what all elements are: the same for one of them, with its numbers. */
function OfElement({ name, shape, at, sides }: { name: string; shape: number[]; at: number; sides: string[] | null }) {
  if (sides === null || elementCount(shape) < 2) return null;
  return (
    <span class="of-element">
      <code>{elementName(name, shape, at)}</code> <Worked sides={sides} />
    </span>
  );
}

const MOST_TEXT = 48;
const MOST_IN_TABLE = 18;

function Elements({ preview, label, most = MOST_TEXT }: { preview: Preview | null; label: string; most?: number }) {
  if (!preview) return <>None</>;
  const single = singleOf(preview);
  if (single !== null) return <Tex>{texOf(single, preview.dtype)}</Tex>;
  const text = tensorText(preview);
  if (text.length <= most) return <code>{text}</code>;
  return (
    <span class="explain-picture">
      <HeatMap preview={preview} label={`${label}, ${shapeText(preview.shape)}`} /> <small>{shapeText(preview.shape)}</small>
    </span>
  );
}

const previewOf = (id: number): Preview | null => stage.value?.values.get(id) ?? trace().graph.tensors.find((tensor) => tensor.id === id)?.value ?? null;

/** The values of an operation's tensors; of one that it overwrites, what it was before, but as its result. */
const valuesAround = ({ outputs, before }: Operation) => (id: number, isResult = false): Preview | null => (!isResult && before && id === outputs[0] ? before : previewOf(id));

function Forward({ operation }: { operation: Operation }) {
  const [out] = operation.outputs;
  const latex = plainly(operation.latex, operation);
  const result = out === undefined ? null : previewOf(out);
  const at = pickedIn(result?.values.length ?? 0);
  const operandOf = valuesAround(operation);
  const worked = result && workedOut({ tex: ruleOf(latex), operation, valueOf: operandOf, result }, at);
  const isSingle = singleOf(result) !== null;
  const tensors = operation.inputs.filter((input): input is TensorOperand => "tensor" in input);
  const letters = namesOf(operation);
  return (
    <>
      {worked !== null && result && <ElementPicker name={name(out!)} shape={result.shape} known={result.values.length} />}
      <dl>
        <Row label={operationSign(operation)}>
          <Tex>{latex}</Tex>
          {worked !== null && isSingle && <> <Worked sides={worked} /></>}
        </Row>
        {!(worked !== null && isSingle && tensors.every(({ tensor }) => singleOf(operandOf(tensor)) !== null)) && (
          <>
            {tensors.slice(0, 3).map((input, i) => (
              <Row key={i} label={<><Tex>{letters[input.argument] ?? "x"}</Tex> <code>{name(input.tensor)}</code></>}>
                {input.tensor === out && operation.before && "was "}
                <Elements preview={operandOf(input.tensor)} label={name(input.tensor)} />
                {input.broadcast && <small> repeated to {shapeText(result?.shape ?? [])}</small>}
              </Row>
            ))}
            {!(worked !== null && isSingle) && (
              <Row label={out === undefined ? "gives" : <code>{name(out)}</code>}>
                <Elements preview={result} label="result" />
                {result && <OfElement name={name(out!)} shape={result.shape} at={at} sides={worked} />}
              </Row>
            )}
            {operation.outputs.slice(1, MOST_OUTPUTS).map((id) => (
              <Row key={id} label={<code>{name(id)}</code>}>
                <Elements preview={previewOf(id)} label={name(id)} />
              </Row>
            ))}
          </>
        )}
        {!operation.gradMode && <p class="explain-note">Made under no_grad: nothing is kept for a backward pass.</p>}
      </dl>
    </>
  );
}

/** Further pieces of a split are not listed. */
const MOST_OUTPUTS = 4;

/** The last side of a rule that is given in two forms, as of the sigmoid. */
const ruleOf = (tex: string) => tex.split("=").at(-1)!;

function Backward({ now }: { now: Moment & { kind: "backward" } }) {
  const { step, pass, operation, index } = now;
  if (!operation) return <Arrival now={now} />;
  const tensors = operation.inputs.filter((input): input is TensorOperand => "tensor" in input);
  const sent = step.out.flatMap(({ input, grad }) => (tensors[input] ? [{ input, grad, operand: tensors[input] }] : []));
  const largest = [{ grad: step.grad, of: "g" }, ...sent.map(({ grad, operand }) => ({ grad, of: name(operand.tensor) }))].reduce((a, b) => (b.grad.values.length > a.grad.values.length ? b : a));
  const picked = pickedIn(largest.grad.values.length);
  const rows = sent.map(({ input, grad, operand }) => {
    const tex = plainly(operand.gradient ?? "", operation);
    const at = placeIn(grad.shape, largest.grad.shape, picked) ?? pickedIn(grad.values.length);
    const repeatedTo = operand.broadcast ? step.grad.shape : undefined;
    const gradients = operation.outputs.length > 1 ? operation.outputs.map((_, k) => [step, ...step.others].find(({ output }) => output === k)?.grad ?? null) : undefined;
    const worked = tex && !step.earlier ? workedOut({ tex, operation, valueOf: valuesAround(operation), g: step.grad, gradients, result: grad, operand: input, repeatedTo }, at) : null;
    return { input, grad, operand, tex, at, worked };
  });
  return (
    <>
      <ElementPicker name={largest.of} shape={largest.grad.shape} known={rows.some(({ worked }) => worked !== null) ? largest.grad.values.length : 0} />
      <dl>
        {step.others.length === 0 && !rows.some(({ tex }) => tex.includes("g_1")) ? (
          <Row label="comes in">
            <Incoming now={now} />
            {index === 0 && <small> the pass begins here</small>}
          </Row>
        ) : (
          [step, ...step.others].map(({ output, tensor, grad }, i) => (
            <Row key={output} label={tensor !== null ? <>at <code>{name(tensor)}</code></> : i === 0 ? "comes in" : ""}>
              <Tex>{`g_{${output + 1}} =`}</Tex> <Elements preview={grad} label="gradient" />
            </Row>
          ))
        )}
        {rows.map(({ input, grad, operand, tex, at, worked }) => (
          <Row key={input} label={<>to {step.earlier ? <Tex>{namesOf(operation)[operand.argument] ?? "x"}</Tex> : <code>{name(operand.tensor)}</code>}</>}>
            {tex && <Tex>{tex}</Tex>}{" "}
            {worked !== null && singleOf(grad) !== null ? (
              <Worked sides={worked} />
            ) : (
              <>
                <Tex>=</Tex> <Elements preview={grad} label={`gradient to ${name(operand.tensor)}`} />
              </>
            )}
            <Letters tex={tex} operation={operation} />
            {operand.broadcast && <small> summed back to {shapeText(grad.shape) || "a scalar"}</small>}
            <OfElement name="" shape={grad.shape} at={at} sides={worked} />
          </Row>
        ))}
        {step.earlier && <p class="explain-note">An earlier time round of this line; the graph shows the last.</p>}
        {pass.left > 0 && index === pass.steps.length - 1 && <p class="explain-note">{pass.left} further steps of this pass were not recorded.</p>}
      </dl>
    </>
  );
}

/** In a rule of matrices: which tensors its letters are. */
function Letters({ tex, operation }: { tex: string; operation: Operation }) {
  if (!isOfMatrices(tex)) return null;
  const names = namesOf(operation);
  const used = operation.inputs.flatMap((input) => ("tensor" in input && new RegExp(`(^|[^a-zA-Z])${names[input.argument]}([^a-zA-Z]|$)`).test(tex) ? [{ letter: names[input.argument]!, is: name(input.tensor) }] : []));
  return (
    <>
      {used.map(({ letter, is }) => (
        <small key={letter}>
          {" "}
          <Tex>{letter}</Tex> is <code>{is}</code>
        </small>
      ))}
    </>
  );
}

/** Terms with plus signs between them. */
const sumTex = (terms: Num[]) => terms.map((term) => texOf(term)).map((text, i) => (i > 0 && text.startsWith("-") ? `(${text})` : text)).join(" + ");

/** The gradient that comes in; where paths meet, as their sum. */
function Incoming({ now }: { now: Moment & { kind: "backward" } }) {
  const { step, pass, index } = now;
  const operations = new Map(trace().graph.operations.map((operation) => [operation.id, operation]));
  const parts = partsOf(pass, index, operations);
  const { shape, values } = step.grad;
  const at = pickedIn(values.length);
  const numbers = parts.flatMap(({ grad }) => elementAt(grad, shape, at) ?? []);
  const worked = parts.length > 1 && numbers.length === parts.length && values[at] !== undefined ? [`= ${sumTex(numbers)}`, `= ${texOf(values[at])}`] : null;
  if (worked !== null && singleOf(step.grad) !== null) {
    return (
      <>
        <Tex>g</Tex> <Worked sides={worked} />
        <small> {parts.length} paths meet</small>
      </>
    );
  }
  return (
    <>
      <Tex>g =</Tex> <Elements preview={step.grad} label="gradient" />
      {parts.length > 1 && <small> the sum of {parts.length} paths</small>}
      <OfElement name="g" shape={shape} at={at} sides={worked} />
    </>
  );
}

function Arrival({ now }: { now: Moment & { kind: "backward" } }) {
  const { step } = now;
  const after = sumOf(step.before, step.grad);
  const { shape, values } = after;
  const at = pickedIn(values.length);
  const terms = [elementAt(step.before, shape, at), elementAt(step.grad, shape, at)];
  const worked = terms[0] !== null && terms[1] !== null && values[at] !== undefined ? [sumTex(terms as Num[]), `= ${texOf(values[at])}`] : null;
  return (
    <>
      {worked !== null && step.stored && <ElementPicker name={name(step.tensor)} shape={shape} known={values.length} />}
      <dl>
        <Row label="comes in">
          <Incoming now={now} />
        </Row>
        {step.stored ? (
          <Row label=".grad">
            {worked !== null && singleOf(after) !== null ? (
              <Worked sides={worked} />
            ) : (
              <>
                {!step.before && <>was None, is now </>}
                <Elements preview={after} label="the new .grad" />
              </>
            )}
            {step.before && <small> added to what was there</small>}
            <OfElement name=".grad" shape={shape} at={at} sides={worked && [`= ${worked[0]}`, worked[1]!]} />
          </Row>
        ) : (
          <p class="explain-note">Handed back by autograd.grad; .grad stays as it was.</p>
        )}
      </dl>
    </>
  );
}

/** How often a step called the closure, for optimizers that count it: once ahead of the first iteration, and on to the count after the last. */
function closureCalls(changes: ParameterChange[]): number | null {
  const counted = (change: ParameterChange | undefined) => change?.state.find(({ name }) => name === "func_evals");
  const [before, after] = [singleOf(counted(changes[0])?.before), singleOf(counted(changes.at(-1))?.after)];
  return typeof before === "number" && typeof after === "number" ? after - before + 1 : null;
}

/** Of which change the rule is shown in numbers: a parameter's, or where a step has several iterations, that of one of them. */
const looked = signal(0);

function Update({ now }: { now: Moment & { kind: "update" } }) {
  const { changes, latex, doc, left } = now.update;
  const options = changes[0]?.options.filter(({ isDefault }) => !isDefault) ?? [];
  const state = changes[0]?.state.filter(({ after }) => after) ?? [];
  const at = Math.min(looked.value, changes.length - 1);
  const round = (i: number) => changes.slice(0, i + 1).filter(({ tensor }) => tensor === changes[i]!.tensor).length;
  const isIterated = changes.some((_, i) => round(i) > 1);
  const calls = left ? null : closureCalls(changes);
  return (
    <>
      <p>
        {doc} {options.map((option) => <code key={option.name} class="option">{optionText(option)} </code>)}
      </p>
      <div class="explain-update">
      {changes[at]?.rule.length ? <Rule change={changes[at]} name={name(changes[at].tensor)} /> : <Formula tex={latex} display={false} />}
      <div class="table-scroll" tabindex={0} role="region" aria-label="Parameters">
        <table class="change-table">
          <thead>
            <tr>
              <th scope="col">parameter</th>
              {isIterated && <th scope="col">iteration</th>}
              <th scope="col">before</th>
              <th scope="col">.grad</th>
              {state.map(({ name }) => <th key={name} scope="col">{name}</th>)}
              <th scope="col">after</th>
            </tr>
          </thead>
          <tbody>
            {changes.map((change, i) => (
              <tr key={i} class={i === at ? "is-looked-at" : ""}>
                <th scope="row">
                  {changes.length > 1 ? (
                    <button aria-pressed={i === at} aria-label={isIterated ? `${name(change.tensor)}, iteration ${round(i)}` : undefined} title="Show the rule with its numbers" onClick={() => (looked.value = i)}>
                      <code>{name(change.tensor)}</code>
                    </button>
                  ) : (
                    <code>{name(change.tensor)}</code>
                  )}
                </th>
                {isIterated && <td>{round(i)}</td>}
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
      {calls !== null && <p class="explain-note">The closure was called {calls === 1 ? "once" : `${calls} times`} in this step.</p>}
      {left > 0 && <p class="explain-note">{left} further {isIterated ? "changes" : "parameters"} are not listed.</p>}
    </>
  );
}
