// `npm run fuzz -- --language`, `--regex`, `--sets`, `--numpy`: draws Python programs (language-draw.mjs, regex-draw.mjs, ...), runs each on CPython and on nabla, and shows where what they print
// or the exception that ends them differs, with the lines cut out that do not matter. With --record the slice on which both agree is kept;
// tests/node/language.test.mjs runs it through wasm.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { drawPrograms } from "./language-draw.mjs";
import { sameText } from "./compare.mjs";
import { drawNumpy } from "./numpy-draw.mjs";
import { drawPatterns } from "./regex-draw.mjs";
import { drawSets } from "./sets-draw.mjs";
import { LANGUAGE_FILE, NUMPY_FILE, RECORDED, REGEX_FILE, SETS_FILE, shortened, writeRecorded } from "./recorded.mjs";
import { askNabla, askPython } from "./sides.mjs";

const PRELUDE = readFileSync(fileURLToPath(new URL("language-prelude.py", import.meta.url)), "utf8");
const MOST_SHOWN = 12;

/** One Python program that runs these: [{seed, text}], the text as a Python literal. */
export function languageProgram(cases) {
  return PRELUDE + cases.map(({ seed, text }) => `program(${JSON.stringify(String(seed))}, ${text})\n`).join("");
}

const literal = (lines) => JSON.stringify(lines.join("\n"));

function ask(programs) {
  const cases = programs.map(({ seed, lines }) => ({ seed, text: literal(lines) }));
  return { cases, python: askPython(cases, languageProgram), nabla: askNabla(cases, false, languageProgram) };
}

/** The program without line `at` and what stands under it. */
function without(lines, at) {
  const depth = (line) => line.length - line.trimStart().length;
  let end = at + 1;
  while (end < lines.length && depth(lines[end]) > depth(lines[at])) ++end;
  return [...lines.slice(0, at), ...lines.slice(end)];
}

function shrink(difference, same) {
  const kind = (answer) => /(\w+(?:Error|Exception)): [^\n]*$/.exec(answer)?.[1] ?? "";
  for (let round = 0; round < 12; ++round) {
    const tries = difference.lines.map((_, at) => ({ seed: 0, lines: without(difference.lines, at) })).filter(({ lines }) => lines.length);
    if (!tries.length) break;
    const { python, nabla } = ask(tries);
    const at = tries.findIndex((_, i) => !same(python[i], nabla[i]) && kind(python[i]) === kind(difference.python) && kind(nabla[i]) === kind(difference.nabla));
    if (at < 0) break;
    difference = { ...difference, lines: tries[at].lines, python: python[at], nabla: nabla[at] };
  }
  return difference;
}

const withoutAddresses = (text) => text.replace(/ at 0x[0-9a-f]+/g, "");

/** What programs are about: how they are drawn, how many are recorded and where, and when two outputs are the same. */
const ABOUT = {
  language: { draw: drawPrograms, file: LANGUAGE_FILE, count: RECORDED.programs, same: (a, b) => withoutAddresses(a) === withoutAddresses(b) },
  regex: { draw: drawPatterns, file: REGEX_FILE, count: RECORDED.patterns, same: (a, b) => a === b },
  sets: { draw: drawSets, file: SETS_FILE, count: RECORDED.sets, same: (a, b) => a === b },
  numpy: { draw: drawNumpy, file: NUMPY_FILE, count: RECORDED.arrays, same: sameText },
};

/** Returns the exit status. */
export function fuzzLanguage(about, { seed, cases, record, all }) {
  const { draw, file, count, same } = ABOUT[about];
  const programs = draw({ seed, count: cases ?? count });
  const { cases: asked, python, nabla } = ask(programs);
  if (record) {
    const kept = asked.map(({ text }, i) => ({ op: "programs", seed: i, text, answer: shortened(python[i]), kept: same(python[i], nabla[i]) && (about !== "numpy" || shortened(python[i]) === python[i]) }));
    writeFileSync(file, writeRecorded(kept));
  }
  const found = programs.map(({ lines }, i) => ({ lines, python: python[i], nabla: nabla[i] })).filter((one) => !same(one.python, one.nabla));
  for (const one of all ? found : found.slice(0, MOST_SHOWN)) {
    const { lines, python, nabla } = record || all ? one : shrink(one, same);
    console.log(`${lines.join("\n")}\n  CPython  ${python}\n  nabla    ${nabla}\n`);
  }
  const ended = python.filter((answer) => /(\w+Error|\berror): /.test(answer)).length;
  console.log(`${programs.length} programs, ${ended} of them with an exception: ${found.length} differences`);
  return found.length ? 1 : 0;
}
