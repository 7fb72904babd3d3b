// `npm run fuzz -- --autograd`, `--views`, `--rare`: draws programs of autograd (autograd-draw.mjs, views-draw.mjs, autograd-rare-draw.mjs), runs each on PyTorch and on nabla, and shows the first lines of what
// they print that differ. With --record the slice on which both agree is kept; tests/node/autograd.test.mjs runs it through wasm.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { drawAutograd } from "./autograd-draw.mjs";
import { drawRare } from "./autograd-rare-draw.mjs";
import { knownProgram } from "./known.mjs";
import { AUTOGRAD_FILE, VIEWS_FILE, shortened, writeRecorded } from "./recorded.mjs";
import { askNabla, askPython } from "./sides.mjs";
import { drawViews } from "./views-draw.mjs";

const PRELUDE = readFileSync(fileURLToPath(new URL("autograd-prelude.py", import.meta.url)), "utf8");
const COUNT = 310;
const MOST_SHOWN = 12;
const DIGITS = /\d\.\d{6}/; // numbers in full: the last digit is the library's (glibc, musl), so such programs are not kept

/** One Python program that runs these: [{seed, text}], the text as a Python literal; statements have an empty line between them. */
export function autogradProgram(cases) {
  return PRELUDE + cases.map(({ seed, text }) => `program(${JSON.stringify(String(seed))}, ${text})\n`).join("");
}

/** The first line in which two printed texts differ, of each; they are Python literals, in either kind of quotes. */
function firstDifference(a, b) {
  const [x, y] = [a, b].map((text) => text.slice(1, -1).replaceAll("\\'", "'").split("\\n"));
  const at = x.findIndex((line, i) => line !== y[i]);
  return [x[at] ?? "", y[at] ?? ""];
}

/** What programs are about: how they are drawn, and where the recorded ones lie. */
const ABOUT = { autograd: { draw: drawAutograd, file: AUTOGRAD_FILE }, views: { draw: drawViews, file: VIEWS_FILE }, rare: { draw: drawRare } };

/** Returns the exit status. */
export function fuzzAutograd(about, { seed, cases, record, all }) {
  const { draw, file } = ABOUT[about];
  const programs = draw({ seed, count: cases ?? COUNT });
  const asked = programs.map(({ seed, lines }) => ({ seed, text: JSON.stringify(lines.join("\n\n")) }));
  const pytorch = askPython(asked, autogradProgram), nabla = askNabla(asked, false, autogradProgram);
  if (record && file) {
    const kept = (i) => pytorch[i] === nabla[i] && !DIGITS.test(pytorch[i]);
    writeFileSync(file, writeRecorded(asked.map(({ text }, i) => ({ op: "programs", seed: i, text, answer: shortened(pytorch[i]), kept: kept(i) }))));
  }
  const differing = programs.map(({ lines }, i) => ({ lines, answers: [pytorch[i], nabla[i]] })).filter(({ answers: [a, b] }) => a !== b);
  const reasons = differing.map(({ lines, answers }) => knownProgram(lines.join("\n"), ...answers));
  const found = differing.filter((_, i) => !reasons[i]);
  for (const { lines, answers } of all ? found : found.slice(0, MOST_SHOWN)) {
    const [expected, given] = firstDifference(...answers);
    console.log(`${lines.join("\n")}\n  PyTorch  ${expected}\n  nabla    ${given}\n`);
  }
  const known = [...new Set(reasons)].filter(Boolean).map((reason) => `${reasons.filter((one) => one === reason).length} of ${reason}`);
  console.log(`${programs.length} programs: ${found.length} differences${known.length ? `, and of those that are known ${known.join(", ")}` : ""}`);
  return found.length ? 1 : 0;
}
