// An optimizer's step, line by line: its rule in letters, and below each line the same with the numbers of one element of a parameter.
import type { ParameterChange, RuleLine } from "../../../wasm/src/trace.ts";
import { Formula } from "../document/formula.tsx";
import { elementAt, ElementPicker, pickedIn } from "./element.tsx";
import { plug, texOf } from "./plug.ts";

export function Rule({ change, name }: { change: ParameterChange; name: string }) {
  const { rule, before } = change;
  if (!rule.length) return null;
  const at = pickedIn(before.values.length);
  return (
    <div class="rule" role="group" aria-label={`The rule with the numbers of ${name}`}>
      <ElementPicker name={name} shape={before.shape} known={before.values.length} />
      <ol class="rule-lines">
        {rule.map((line, i) => (
          <li key={i}>
            <Formula tex={inLetters(change, line)} display={false} />
            <Formula tex={inNumbers(change, i, at)} display={false} />
          </li>
        ))}
      </ol>
    </div>
  );
}

const letterOf = ({ symbols }: ParameterChange, name: string) => symbols.find((symbol) => symbol.name === name)?.tex ?? `\\text{${name}}`;

function inLetters(change: ParameterChange, { sets, tex, keeps }: RuleLine): string {
  return `${letterOf(change, sets)} ${keeps ? "\\leftarrow" : "="} ${tex.replace(/<([^<>]+)>/g, (_, name: string) => `{${letterOf(change, name)}}`)}`;
}

/** "= 0.9 · 2 + 4 = 5.8". A symbol that an earlier line has set is meant as it was then. */
function inNumbers({ rule, symbols, before: parameter }: ParameterChange, line: number, at: number): string {
  const set = new Set(rule.slice(0, line).map(({ sets }) => sets));
  const numbers = new Map<string, string | null>();
  for (const { name, before, after } of symbols) {
    const value = elementAt(set.has(name) ? after : before, parameter.shape, at);
    numbers.set(`<${name}>`, value === null ? null : texOf(value));
  }
  const { sets, tex } = rule[line]!;
  const result = elementAt(symbols.find(({ name }) => name === sets)?.after, parameter.shape, at);
  const plugged = /^\\text\{[^}]*\}$/.test(tex) ? null : plug(tex, numbers);
  const equals = result === null ? "\\text{?}" : texOf(result);
  return plugged === null || plugged.replace(/[{}()]/g, "").trim() === equals ? `= ${equals}` : `= ${plugged} = ${equals}`;
}
