// The Jacobian of a result by the selected tensor, as a picture: a row for each element of the result, a column for each of the tensor, and how
// backward(gradient=v) makes one row of it. Shown when it is asked for.
import { signal } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Num, TensorNode, Trace } from "../../../wasm/src/trace.ts";
import { documentNow } from "../document/store.ts";
import { indexOf } from "../tensor/indices.ts";
import { shapeText } from "../tensor/text.ts";
import { bindings, codeOf, inquirer } from "../worker/inquirer.ts";
import driver from "../worker/driver.py?raw";
import lastPass from "../worker/last_pass.py?raw";
import questions from "./jacobian.py?raw";
import { resultsOf } from "./results.ts";
import "./jacobian.css";

interface Answer {
  result: number[];
  leaf: number[];
  rows: Num[][];
  /** What backward() was given as gradient. */
  weights: Num[] | null;
  isRoot: boolean;
  missing?: string[];
  failed?: string;
}

/** The result that was chosen last. */
const chosen = signal<string | null>(null);

export function Jacobian({ trace, tensor }: { trace: Trace; tensor: TensorNode }) {
  const results = resultsOf(trace, tensor.id);
  const name = tensor.names.at(-1)!;
  const result = chosen.value !== null && results.includes(chosen.value) ? chosen.value : results[0]!;
  const asker = useRef({}).current;
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  useEffect(() => {
    setAnswer(null);
    setFailed(null);
    const text = bindings({ RESULT: result || null, LEAF: name }) + "import torch\n" + driver + lastPass + questions;
    void inquirer.inquire(asker, codeOf(documentNow.peek()), { text }, (given) => {
      const found = given as Answer;
      if (found.missing) setFailed(`${result} does not depend on ${name} by a way that autograd can go.`);
      else if (found.failed !== undefined) setFailed(found.failed);
      else setAnswer(found);
    }).then((outcome) => outcome.kind === "failed" && setFailed(outcome.text));
  }, [result, name, trace]);
  useEffect(() => () => inquirer.forget(asker), []);
  return (
    <div class="jacobian" role="group" aria-label="Jacobian">
      <p class="jacobian-head">
        Jacobian of{" "}
        {results.length > 1 ? (
          <select aria-label="Of which result" value={result} onChange={(event) => (chosen.value = event.currentTarget.value)}>
            {results.map((one) => <option key={one} value={one}>{one || "the result"}</option>)}
          </select>
        ) : (
          <code>{result || "the result"}</code>
        )}{" "}
        by <code>{name}</code>
      </p>
      {failed !== null ? <p class="chain-none">{failed}</p> : answer ? <Picture answer={answer} result={result || "the result"} name={name} /> : <p class="chain-none">…</p>}
    </div>
  );
}

const count = (shape: number[]) => shape.reduce((product, size) => product * size, 1);
const text = (value: Num) => (typeof value === "number" ? String(Number(value.toPrecision(4))).replace("-", "−") : value);

/** Beyond so many columns there is no room for numbers. */
const MOST_IN_NUMBERS = 6;

function Picture({ answer, result, name }: { answer: Answer; result: string; name: string }) {
  const { rows, weights } = answer;
  const [n, m] = [count(answer.result), count(answer.leaf)];
  const columns = rows[0]?.length ?? 0;
  const inNumbers = columns <= MOST_IN_NUMBERS && rows.length <= 12;
  const largest = Math.max(0, ...rows.flat().map((value) => (typeof value === "number" ? Math.abs(value) : 0)));
  const v = weights ?? (n === 1 ? [1] : null);
  const product = v && rows.length === n ? Array.from({ length: columns }, (_, j) => rows.reduce((sum, row, i) => sum + Number(v[i]) * Number(row[j]), 0)) : null;
  const cell = (value: Num, key: number, label: string) => (
    <td key={key} class={typeof value === "number" && value < 0 ? "is-minus" : "is-plus"} style={{ "--level": typeof value === "number" && largest ? Math.abs(value) / largest : 0 }} title={`${label} = ${text(value)}`}>
      {inNumbers ? text(value) : <span class="visually-hidden">{text(value)}</span>}
    </td>
  );
  const of = (what: string, shape: number[], at: number) => (count(shape) === 1 ? what : `${what}[${indexOf(at, shape).join(", ")}]`);
  return (
    <>
      <div class="table-scroll" tabindex={0} role="region" aria-label={`Jacobian of ${result} by ${name}, ${n} by ${m}`}>
        <table class={`jacobian-table ${inNumbers ? "in-numbers" : ""}`}>
          <thead>
            <tr>
              {n > 1 && v && <th scope="col" class="jacobian-weight">v</th>}
              <td />
              {rows[0]?.map((_, j) => <th key={j} scope="col">{inNumbers ? of(name, answer.leaf, j) : <span class="visually-hidden">{of(name, answer.leaf, j)}</span>}</th>)}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, i) => (
              <tr key={i}>
                {n > 1 && v && <td class="jacobian-weight">{text(v[i]!)}</td>}
                <th scope="row">{inNumbers ? of(result, answer.result, i) : <span class="visually-hidden">{of(result, answer.result, i)}</span>}</th>
                {row.map((value, j) => cell(value, j, `∂${of(result, answer.result, i)}/∂${of(name, answer.leaf, j)}`))}
              </tr>
            ))}
          </tbody>
          {n > 1 && product && inNumbers && (
            <tfoot>
              <tr>
                <td class="jacobian-weight" />
                <th scope="row">vᵀJ</th>
                {product.map((value, j) => <td key={j}>{text(value)}</td>)}
              </tr>
            </tfoot>
          )}
        </table>
      </div>
      <p class="jacobian-note">
        {n === 1
          ? `${result} is one number, so the Jacobian is one row: the gradient itself, in the shape of ${name}${answer.leaf.length > 1 ? `, ${shapeText(answer.leaf)}` : ""}.`
          : weights
            ? `${result} has ${n} elements. backward(gradient=v) weighs each row by its element of v and adds them up: vᵀJ is what arrives at ${name}.`
            : answer.isRoot
              ? `Each row says how one element of ${result} moves with ${name}.`
              : `${result} has ${n} elements, and so ${n} slopes by each number of ${name}. backward() sends back one row only: with backward(gradient=v) the rows are weighed by v and added up, vᵀJ.`}
        {(rows.length < n || columns < m) && ` The first ${rows.length} of ${n} rows and ${columns} of ${m} columns are shown.`}
      </p>
    </>
  );
}
