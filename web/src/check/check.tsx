// A check in a text: the derivative, a field for the learner's formula, and the verdict, whose code is loaded once there is a formula.
import { signal } from "@preact/signals";
import type { VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { during } from "../shell/busy.ts";
import type { Verdict } from "./verdict.tsx";
import type { CheckPart } from "./syntax.ts";
import "./check.css";

/** The title of a check that is to be gone to. */
export const wantsCheck = signal<string | null>(null);

export interface CheckProps {
  check: CheckPart;
  /** Absent where the text can't be changed. */
  onFormula?: (formula: string) => void;
}

export function Check({ check, onFormula }: CheckProps) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (wantsCheck.value !== check.title) return;
    wantsCheck.value = null;
    field.current!.scrollIntoView({ block: "center" });
    field.current!.focus();
  }, [wantsCheck.value]);
  const spoken = check.result ? `d ${check.result} / d ${check.leaf}` : `the derivative by ${check.leaf}`;
  return (
    <div class="check" role="group" aria-label={`Check ${spoken}`} onClick={(event) => event.stopPropagation()} onDblClick={(event) => event.stopPropagation()}>
      <div class="check-line">
        <Derivative {...check} />
        <input
          ref={field}
          class="check-field"
          aria-label={`Your formula for ${spoken}`}
          placeholder="your formula"
          value={check.formula}
          readOnly={!onFormula}
          spellcheck={false}
          autocomplete="off"
          autocapitalize="off"
          onInput={(event) => onFormula?.(event.currentTarget.value)}
        />
      </div>
      {check.formula.trim() !== "" && <LateVerdict check={check} />}
    </div>
  );
}

function LateVerdict({ check }: { check: CheckPart }) {
  const [Part, setPart] = useState<typeof Verdict | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    during(import("./verdict.tsx")).then(({ Verdict }) => setPart(() => Verdict), () => setFailed(true));
  }, []);
  if (failed) return <p class="check-verdict">The check could not be loaded. Is there a network?</p>;
  return Part && <Part check={check} />;
}

/** ∂y/∂w₁, in MathML of our own: the typesetter is large, and this is all that is needed. */
export function Derivative({ result, leaf }: { result: string; leaf: string }): VNode {
  return (
    <math class="derivative" aria-label={`d ${result} / d ${leaf} =`}>
      <mfrac>
        <mrow>
          <mo>∂</mo>
          <Name text={result} />
        </mrow>
        <mrow>
          <mo>∂</mo>
          <Name text={leaf} />
        </mrow>
      </mfrac>
      <mo>=</mo>
    </math>
  );
}

function Name({ text }: { text: string }): VNode | null {
  if (!text) return null;
  const parts = /^([A-Za-z])_?(\d+)$/.exec(text);
  if (parts) {
    return (
      <msub>
        <mi>{parts[1]}</mi>
        <mn>{parts[2]}</mn>
      </msub>
    );
  }
  return text.length === 1 ? <mi>{text}</mi> : <mtext>{text}</mtext>;
}
