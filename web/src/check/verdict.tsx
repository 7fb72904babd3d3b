// What comes of a check: right or not, what is off, and the three derivatives side by side. Loaded when there is a formula.
import { useComputed } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useMemo, useRef } from "preact/hooks";
import type { Num } from "../../../wasm/src/trace.ts";
import { documentNow } from "../document/store.ts";
import { Icon } from "../shell/icons.tsx";
import { indexOf } from "../tensor/indices.ts";
import { shapeText } from "../tensor/text.ts";
import { shownRun } from "../worker/session.ts";
import { ask, forget, newReport, type Report } from "./ask.ts";
import { close, diagnose, type Finding, type Point, preferred } from "./diagnose.ts";
import type { CheckPart } from "./syntax.ts";

/** Quiet time after a key. */
const SETTLE_MS = 300;

export function Verdict({ check }: { check: CheckPart }) {
  const asker = useRef({}).current;
  const report = useMemo(newReport, []);
  const document = documentNow.value;
  const code = useComputed(() => documentNow.value.cells.map(({ kind, source }) => (kind === "code" ? source : "")).join("\f")).value;
  // What may stand in a formula, by which it is read: so it is asked anew where a run brings other names.
  const names = useComputed(() => shownRun.value?.trace.variables.flatMap(({ name, tensor, type }) => (tensor !== null || type === "float" || type === "int" ? name : [])).join(" ") ?? "").value;
  const about = [check.title, check.formula, code, names].join("\f");
  useEffect(() => {
    const timer = setTimeout(() => {
      ask(asker, document, check, new Set(names.split(" ").filter(Boolean)), about, report);
    }, SETTLE_MS);
    return () => clearTimeout(timer);
  }, [about]);
  useEffect(() => () => forget(asker), []);
  return (
    <div class="check-verdict" role="status" aria-busy={report.value.about !== about}>
      <Words check={check} report={report.value} />
    </div>
  );
}

function Words({ check, report }: { check: CheckPart; report: Report }) {
  const { result, leaf } = check;
  if (report.state === "asking") return <p class="check-waiting">Checking…</p>;
  const variant = report.variants?.length ? preferred({ kind: "wrong" }, report.variants) : null;
  const better = variant && sentence(variant, NO_POINT, [], []);
  if (report.wrong) return better ? <Line is="wrong">{better}</Line> : <Line is="open">{wordsOf(report.wrong)}</Line>;
  if (report.missing) {
    return (
      <Line is="open">
        The program has no tensor {list(report.missing.map((name) => <code>{name}</code>))} when the gradient is computed.
      </Line>
    );
  }
  if (report.failed !== undefined || !(report.formula || report.unfit)) {
    return <Line is="open">{/StepLimit|steps/.test(report.failed ?? "") ? "The program runs too long to be run again for a check." : `The program does not come to the gradient: ${report.failed ?? "it ends before"}`}</Line>;
  }
  if (report.unfit) {
    return (
      <Line is="wrong">
        {variant?.kind === "variant" && variant.variant.kind === "transpose" ? (
          <>Nearly: it is the transpose of what is asked for. Its shape is {shapeText(report.unfit)}, the gradient has the shape of <code>{leaf}</code>, {shapeText(report.shape!) || "a scalar"}.</>
        ) : better ? (
          better
        ) : (
          <>
            Your formula has the shape {shapeText(report.unfit) || "of a scalar"}; the gradient has that of <code>{leaf}</code>, {shapeText(report.shape!) || "a scalar"}.
            {report.hint === "reduce" && <> Is something to be summed up, since <code>{leaf}</code> takes part in all of it?</>}
            {report.hint === "turned" && " Transposed it would have that."}
          </>
        )}
      </Line>
    );
  }
  const truth: Num[] | null = report.autograd?.values ?? differencesAs(report);
  if (!truth) return <Line is="open">There is nothing to compare with: {report.why ?? "no gradient"}.</Line>;
  const tolerance = report.wide ? 1e-6 : 5e-3;
  const numbers = (values: Num[]) => values.map(Number);
  const here = { formula: numbers(report.formula!.values), autograd: numbers(truth), names: report.names ?? {} };
  const loose = report.autograd ? tolerance : Math.max(tolerance, 1e-5);
  const finding = preferred(diagnose([here, ...(report.autograd ? report.points : [])], leaf, check.formula, loose), report.variants ?? []);
  const isRight = finding.kind === "right" || finding.kind === "leans" || finding.kind === "here";
  const disagree = report.autograd && report.differences?.some((value, i) => value !== null && !close(value, Number(report.autograd!.values[i]), report.wide ? 1e-4 : 3e-2));
  return (
    <>
      <Line is={finding.kind === "right" || finding.kind === "leans" ? "right" : finding.kind === "here" ? "open" : "wrong"}>
        {sentence(finding, here, shownNames(check, report), report.shape!)}
      </Line>
      <Table report={report} tolerance={loose} isOpen={!isRight || here.autograd.length === 1} />
      {(report.result ?? []).some((size) => size > 1) && (
        <p class="check-note">
          {result || "The result"} has several elements: this is the gradient of {report.weighted ? "their sum weighted with what backward() was given" : "their sum"}.
        </p>
      )}
      {!report.autograd && <p class="check-note">Autograd has nothing to compare with: {report.why}.</p>}
      {disagree && <p class="check-note">Autograd and differences part here. Either the curve has a corner at this point, or part of the way is hidden from autograd (detach, no_grad, .item()).</p>}
      {report.reading !== "elements" && report.reading !== undefined && (
        <p class="check-note">
          What stands side by side was read as {report.reading === "outer" ? "an outer product: in Python that is " : "a product of matrices: in Python that is "}
          <code>{report.reading === "outer" ? "torch.outer(a, b)" : "A @ x"}</code>.
        </p>
      )}
      {!report.wide && <p class="check-note">The program does not run in float64, so differences are rough.</p>}
    </>
  );
}

function differencesAs({ differences }: Report): number[] | null {
  return differences?.every((value) => value !== null) ? (differences as number[]) : null;
}

function Line({ is, children }: { is: "right" | "wrong" | "open"; children: ComponentChildren }) {
  return (
    <p class={`check-words is-${is}`}>
      <Icon name={is === "right" ? "check" : is === "wrong" ? "close" : "pen"} />
      <span>{children}</span>
    </p>
  );
}

const list = (items: ComponentChildren[]) => items.map((item, i) => [i === 0 ? "" : i < items.length - 1 ? ", " : " and ", item]);

const shortNumber = (value: number) => String(Number(value.toPrecision(4)));

/** The names to tell another point by: those in the formula, or if there are none, the first. */
function shownNames({ formula, leaf }: CheckPart, { names = {} }: Report): string[] {
  const single = Object.keys(names).filter((name) => names[name]!.length === 1);
  const used = single.filter((name) => new RegExp(`(?<![\\w.])${name}(?!\\w)`).test(formula));
  return (used.length ? used : single.sort((a, b) => Number(b === leaf) - Number(a === leaf))).slice(0, 3);
}

const NO_POINT: Point = { formula: [], autograd: [], names: {} };

function sentence(finding: Finding, here: Point, names: string[], shape: number[]): ComponentChildren {
  switch (finding.kind) {
    case "right":
      return here.autograd.length > 1 ? "Right, in every element and at other values too." : "Right, and at other values too.";
    case "leans":
      return (
        <>
          Right, with {list(finding.on.slice(0, 3).map((name) => <code>{name}</code>))} as {finding.on.length > 1 ? "they are" : "it is"}: for other numbers there the rule is another.
        </>
      );
    case "here": {
      const { names: there, formula, autograd } = finding.at;
      const k = Math.max(0, formula.findIndex((value, i) => !close(value, autograd[i]!)));
      const shown = names.filter((name) => there[name]);
      return (
        <>
          The number is right for these values, but the rule is not: with{" "}
          {list(shown.map((name) => <code>{`${name} = ${shortNumber(there[name]![0]!)}`}</code>))} yours gives {shortNumber(formula[k]!)}, the derivative is {shortNumber(autograd[k]!)}.
        </>
      );
    }
    case "sign":
      return "Only the sign is off.";
    case "factor":
      return finding.missing ? <>Nearly: a factor of <code>{finding.factor}</code> is missing.</> : <>Nearly: a factor of <code>{finding.factor}</code> is too many.</>;
    case "term":
      return finding.flipped ? (
        <>Nearly: it is off by <code>{finding.term}</code>. Does a term have the wrong sign?</>
      ) : finding.constant ? (
        <>Nearly: it is off by a number, {finding.negative ? "" : "-"}{finding.term} with this data, whatever the rest is.</>
      ) : finding.negative ? (
        <>Nearly: there is <code>{finding.term}</code> too much.</>
      ) : (
        <>Nearly: a term is missing, <code>{finding.term}</code>.</>
      );
    case "variant": {
      const { kind, was, is } = finding.variant;
      if (kind === "transpose") return "Nearly: it is the transpose of what is asked for.";
      if (kind === "sum" || kind === "mean") return <>Nearly: it would be right {kind === "sum" ? "summed up" : "averaged"}, with <code>{is}</code> behind all of it.</>;
      if (kind === "sign") return <>Nearly: one sign is off, the <code>{was === "-" ? "−" : was}</code> before <code>{is}</code>.</>;
      if (is === "") return <>Nearly: it would be right without <code>{was}</code>.</>;
      return <>Nearly: it would be right with <code>{is}</code> in place of <code>{was}</code>.</>;
    }
    case "zero":
      return "Not yet: the derivative is 0.";
    case "spots":
      return (
        <>
          Nearly: in {list([...finding.spots.slice(0, 3).map((k) => <code>[{indexOf(k, shape).join(", ")}]</code>), ...(finding.spots.length > 3 ? [`${finding.spots.length - 3} more`] : [])])}{" "}
          {finding.negative ? <>there is <code>{finding.term}</code> too much</> : <><code>{finding.term}</code> is missing</>}; the other elements are right.
        </>
      );
    case "wrong": {
      const right = here.formula.filter((value, i) => close(value, here.autograd[i]!)).length;
      return right > 0 && right < here.formula.length ? `Not yet: ${right} of ${here.formula.length} elements are right. Compare:` : "Not yet. Compare:";
    }
  }
}

function wordsOf({ kind, text }: { kind: string; text: string }): ComponentChildren {
  const name = kind === "NameError" ? /name '(.+?)'/.exec(text)?.[1] : undefined;
  if (name !== undefined) return <><code>{name}</code> is not a name in the program.</>;
  if (kind === "SyntaxError") return "Not a whole formula yet.";
  return `Python says: ${text}`;
}

const MOST_ROWS = 16;

function Table({ report, tolerance, isOpen }: { report: Report; tolerance: number; isOpen: boolean }) {
  const { formula, autograd, differences } = report;
  const rows = formula!.values.slice(0, MOST_ROWS);
  const table = (
    <div class="table-scroll">
      <table class="check-table">
        <thead>
          <tr>
            {rows.length > 1 && <th scope="col">element</th>}
            <th scope="col">yours</th>
            <th scope="col">autograd</th>
            <th scope="col">differences</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((value, i) => {
            const truth = Number(autograd ? autograd.values[i] : differences?.[i]);
            const isOff = !close(Number(value), truth, tolerance);
            return (
              <tr key={i} class={isOff ? "is-off" : ""}>
                {rows.length > 1 && <th scope="row">[{indexOf(i, report.shape!).join(", ")}]</th>}
                <td>
                  {number(value)}
                  {isOff && <span class="visually-hidden"> differs</span>}
                </td>
                <td>{autograd ? number(autograd.values[i]!) : "–"}</td>
                <td>{differences?.[i] == null ? "–" : number(differences[i]!)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {formula!.values.length > rows.length && <p class="check-note">The first {rows.length} of {formula!.values.length} elements.</p>}
    </div>
  );
  if (isOpen) return table;
  return (
    <details class="check-more">
      <summary>Compare element by element</summary>
      {table}
    </details>
  );
}

const number = (value: Num) => (typeof value === "number" ? String(Number(value.toPrecision(6))) : value);
