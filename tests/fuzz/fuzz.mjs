// `npm run fuzz`: draws calls of every operator and tensors to print, asks PyTorch and nabla, and tells where they differ, made as small as
// they get. The cases on which both agree can be recorded; that slice runs in `npm test` without PyTorch.
//
//   npm run fuzz                                   the calls of the recorded slice
//   npm run fuzz -- --seed 7 --cases 100           other calls, 100 for each operator
//   npm run fuzz -- --op cumsum --cases 500        of one operator
//   npm run fuzz -- --kind value                   differences of one kind alone: value, node, fails, words, strides (compare.mjs)
//   npm run fuzz -- --print --seed 7 --cases 5000  printing alone
//   npm run fuzz -- --language --seed 7            Python programs without torch, against CPython (language.mjs)
//   npm run fuzz -- --regex --seed 7               the same about regular expressions
//   npm run fuzz -- --sets --seed 7                the same about the order in which sets are walked
//   npm run fuzz -- --numpy --seed 7               the same about numpy's arrays
//   npm run fuzz -- --autograd --seed 7            programs of autograd, against PyTorch (autograd.mjs)
//   npm run fuzz -- --views --seed 7               the same about chains of views and their second derivatives
//   npm run fuzz -- --rare --seed 7                the same about autograd's rarer tools; not recorded yet
//   npm run fuzz -- --record                       write the recorded slice anew; with --op, the calls of that operator
//
// --all shows every difference, not three for each operator; where there are very many, they are shown as drawn. The exit status is 1 when there are any.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { build } from "../../scripts/build.mjs";
import { comparable, knownDifference } from "./known.mjs";
import { drawCalls, simpler, textOf } from "./draw.mjs";
import { drawPrinting } from "./draw-print.mjs";
import { OPS_FILE, PRINT_FILE, RECORDED, writeRecorded } from "./recorded.mjs";
import { askNabla, askPyTorch, listOps } from "./sides.mjs";
import { KINDS, kindOf, same } from "./compare.mjs";
import { fuzzAutograd } from "./autograd.mjs";
import { fuzzLanguage } from "./language.mjs";

const MOST_SHRUNK = 100;
const options = { seed: RECORDED.seed, cases: null, op: null, kind: null, print: false, language: false, regex: false, sets: false, numpy: false, autograd: false, views: false, rare: false, record: false, all: false };
const given = process.argv.slice(2);
while (given.length) {
  const name = given.shift().replace(/^--/, "");
  if (!(name in options)) usage(`there is no option --${name}`);
  if (options[name] === false) options[name] = true;
  else if (!given.length) usage(`--${name} needs a value`);
  else options[name] = name === "op" || name === "kind" ? given.shift() : Number(given.shift());
}

function usage(problem) {
  console.error(`fuzz: ${problem}; see the head of tests/fuzz/fuzz.mjs`);
  process.exit(2);
}

/** The slice with the part of one operator in the place of what it had there. */
function withOperator(slice, part) {
  const parts = slice.split(/^(?=# )/m);
  const head = part.slice(0, part.indexOf("\n") + 1);
  const at = parts.findIndex((one) => one.startsWith(head));
  if (at < 0 || !head) usage("the operator is new, or draws no calls: record the whole slice");
  parts[at] = part;
  return parts.join("");
}

function differ({ pytorch, nabla }, at) {
  return !same(comparable(pytorch[at]), comparable(nabla[at]));
}

/** The cases on which the two sides differ, with their answers. */
function differences(calls) {
  const cases = calls.map((call) => ({ seed: call.seed, text: textOf(call), options: call.options }));
  const pytorch = askPyTorch(cases), nabla = askNabla(cases);
  const found = [];
  calls.forEach((call, at) => {
    if (!differ({ pytorch, nabla }, at)) return;
    if (knownDifference(cases[at].text, pytorch[at], nabla[at])) return;
    found.push({ call, text: cases[at].text, pytorch: pytorch[at], nabla: nabla[at] });
  });
  return { found, pytorch, nabla, cases };
}

/** Each difference with the smallest call that still shows one. */
function shrink(found) {
  for (let round = 0; round < 6; ++round) {
    const tries = found.flatMap((difference, at) => (difference.call.args ? simpler(difference.call).slice(0, 40).map((call) => ({ call, at })) : []));
    if (!tries.length) break;
    const smaller = new Map(differences(tries.map(({ call }) => call)).found.map((difference) => [difference.call, difference]));
    let changed = false;
    for (const { call, at } of tries) {
      const difference = smaller.get(call);
      const kind = (answer) => /^\w+Error: /.exec(answer)?.[0] ?? "";
      if (!difference || difference.text.length >= found[at].text.length) continue;
      if (kind(difference.pytorch) !== kind(found[at].pytorch) || kind(difference.nabla) !== kind(found[at].nabla)) continue;
      found[at] = difference;
      changed = true;
    }
    if (!changed) break;
  }
  return found;
}

function show({ call, text, pytorch, nabla }) {
  console.log(`${call.seed} ${text}${call.options ? `   with ${call.options}` : ""}   [${kindOf(pytorch, nabla)}]\n  PyTorch  ${pytorch}\n  nabla    ${nabla}`);
}

if (!existsSync("/usr/bin/python3")) usage("there is no /usr/bin/python3; on Debian 12: apt install python3-torch");
build("asked");
const about = ["language", "regex", "sets", "numpy"].find((name) => options[name]);
const graphs = ["autograd", "views", "rare"].find((name) => options[name]);
if (graphs) process.exit(fuzzAutograd(graphs, options));
if (about) process.exit(fuzzLanguage(about, options));
const ops = listOps();
if (options.op && !ops.some((op) => op.name === options.op || op.aliases.includes(options.op))) usage(`there is no operator ${options.op}`);

const calls = options.print ? [] : drawCalls(ops, { seed: options.seed, count: options.cases ?? RECORDED.calls, only: options.op });
const printing = options.op ? [] : drawPrinting({ seed: options.seed, count: options.print && options.cases ? options.cases : RECORDED.printing });
const both = differences([...calls, ...printing]);

if (options.record) {
  const lines = both.cases.map(({ seed, text, options }, at) => ({ op: [...calls, ...printing][at].op, seed, text, options, answer: both.pytorch[at], kept: !differ(both, at) && !both.pytorch[at].startsWith("CRASH") }));
  const text = writeRecorded(lines.slice(0, calls.length));
  writeFileSync(OPS_FILE, options.op ? withOperator(readFileSync(OPS_FILE, "utf8"), text) : text);
  if (!options.op) writeFileSync(PRINT_FILE, writeRecorded(lines.slice(calls.length)));
}
const shown = new Map();
const kinds = both.found.map(({ pytorch, nabla }) => kindOf(pytorch, nabla));
const chosen = both.found.filter(({ call }, at) => {
  if (options.kind && kinds[at] !== options.kind) return false;
  shown.set(call.op, (shown.get(call.op) ?? 0) + 1);
  return options.all || shown.get(call.op) <= 3;
});
for (const difference of options.record || chosen.length > MOST_SHRUNK ? chosen : shrink(chosen)) show(difference);
console.log(`${calls.length} calls of ${new Set(calls.map((call) => call.op)).size} operators and ${printing.length} printed texts: ${both.found.length} differences (${KINDS.map((kind) => `${kinds.filter((one) => one === kind).length} ${kind}`).join(", ")})`);
process.exitCode = both.found.length ? 1 : 0;
