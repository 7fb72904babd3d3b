// A challenge as it stands in the text: what is asked, and below it how it goes, whose code is loaded when there is one to judge.
import type { Token } from "marked";
import { type FunctionComponent } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";
import { blocks, CellId } from "../document/markdown.tsx";
import { during } from "../shell/busy.ts";
import "./lessons.css";

export interface ChallengeProps {
  name: string;
  question: Token[];
  rules: string;
  done: Token[];
}

export type VerdictProps = Omit<ChallengeProps, "question"> & { cellId: string };

export function ChallengeCard({ name, question, rules, done }: ChallengeProps) {
  const cellId = useContext(CellId);
  const [Verdict, setVerdict] = useState<FunctionComponent<VerdictProps> | null>(null);
  useEffect(() => {
    let wanted = true;
    during(import("./verdict.tsx")).then(
      (module) => wanted && setVerdict(() => module.Verdict),
      () => {}, // offline before it was loaded: the question can be read all the same
    );
    return () => void (wanted = false);
  }, []);
  return (
    <div class="challenge" role="group" aria-label="Exercise">
      {blocks(question)}
      {Verdict && <Verdict name={name} rules={rules} done={done} cellId={cellId} />}
    </div>
  );
}
