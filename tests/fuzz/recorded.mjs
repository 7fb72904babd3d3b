// The recorded slice: what PyTorch answered, as text:
//   # operator
//   seed call
//   <tab>answer
// and for printing, "seed expression   with options".
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const OPS_FILE = fileURLToPath(new URL("recorded/calls.txt", import.meta.url));
export const LANGUAGE_FILE = fileURLToPath(new URL("recorded/language.txt", import.meta.url));
export const REGEX_FILE = fileURLToPath(new URL("recorded/regex.txt", import.meta.url));
export const SETS_FILE = fileURLToPath(new URL("recorded/sets.txt", import.meta.url));
export const NUMPY_FILE = fileURLToPath(new URL("recorded/numpy.txt", import.meta.url));
export const AUTOGRAD_FILE = fileURLToPath(new URL("recorded/autograd.txt", import.meta.url));
export const VIEWS_FILE = fileURLToPath(new URL("recorded/views.txt", import.meta.url));
export const PRINT_FILE = fileURLToPath(new URL("recorded/printing.txt", import.meta.url));
/** How the slice is drawn: calls for each operator, and printed texts. */
export const RECORDED = { seed: 1, calls: 13, printing: 2000, programs: 300, patterns: 500, arrays: 600, sets: 100 };
const WITH = "   with ";
const LONGEST = 240;

/** Long texts are kept by their beginning and a hash. */
export function shortened(answer) {
  if (answer.length <= LONGEST) return answer;
  return `${answer.slice(0, 80)}... ${answer.length} ${createHash("sha1").update(answer).digest("hex").slice(0, 12)}`;
}

export function writeRecorded(cases) {
  let op = null;
  return cases
    .filter(({ kept }) => kept)
    .map((one) => {
      const head = one.op === op ? "" : `# ${(op = one.op)}\n`;
      return `${head}${one.seed} ${one.text}${one.options ? WITH + one.options : ""}\n\t${one.options === undefined ? one.answer : shortened(one.answer)}\n`;
    })
    .join("");
}

export function readRecorded(file) {
  const printed = file === PRINT_FILE;
  const cases = [];
  let op = null;
  for (const line of readFileSync(file, "utf8").split("\n")) {
    if (line.startsWith("# ")) {
      op = line.slice(2);
    } else if (line.startsWith("\t")) {
      cases.at(-1).answer = line.slice(1);
    } else if (line) {
      const [call, options] = printed ? line.split(WITH) : [line]; // a program may have the words itself
      const space = call.indexOf(" ");
      cases.push({ op, seed: Number(call.slice(0, space)), text: call.slice(space + 1), options: printed ? (options ?? "") : undefined });
    }
  }
  return cases;
}
