// Recorded cases of the fuzzers (tests/fuzz/recorded.mjs) through the wasm package: where nabla answers otherwise than its referee did.
import { loadEngineInNode } from "../../build/package/node.js";
import { readScript } from "../../build/package/formats.js";
import { shortened } from "../fuzz/recorded.mjs";

const exactly = (a, b) => a === b;

/** Cases in one program. */
const PART = 100;

/** What differs, as texts to read. `programOf` makes the program that answers cases, a line each; `same(nabla's, the referee's)`. */
export async function differencesOf(cases, programOf, referee, same = exactly) {
  const engine = await loadEngineInNode();
  const wrong = [];
  for (let at = 0; at < cases.length; at += PART) {
    const part = cases.slice(at, at + PART);
    let out = "";
    engine.run(readScript("cases.py", programOf(part)), { record: false, onOutput: ({ kind, text }) => kind === "stdout" && (out += text) });
    const answers = out.split("\n");
    part.forEach(({ text, answer }, i) => {
      if (!same(shortened(answers[i] ?? ""), answer)) wrong.push(`${JSON.parse(text)}\n  ${referee.padEnd(8)} ${answer}\n  nabla    ${answers[i]}`);
    });
  }
  engine.close();
  return wrong;
}
