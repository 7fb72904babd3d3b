// Whether two lines of answers say the same: texts to the letter, numbers within a few units in the last place, since the libraries of
// functions differ there (glibc, musl).

const NUMBER = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/;
const ERROR = /^\w+(Error|Warning|Exception): /;

/** Whether two texts are the same but for the last digits of their numbers, and the spaces that these cost. */
export function sameText(a, b) {
  if (a === b) return true;
  const numbers = /\d+\.?\d*(?:e[+-]?\d+)?/g;
  const rest = (text) => text.replace(numbers, "#").replace(/(\\n| )+/g, " ");
  if (a === undefined || b === undefined || rest(a) !== rest(b)) return false;
  const x = a.match(numbers) ?? [], y = b.match(numbers) ?? [];
  return x.every((number, at) => Math.abs(number - y[at]) <= 1e-6 * Math.abs(number) + 1e-12);
}

function digits(number) {
  return number.replace(/e.*/, "").replace(/\D/g, "").replace(/^0+/, "").length;
}

export function same(a, b) {
  if (a === b) return true;
  if (a === undefined || b === undefined || ERROR.test(a)) return false;
  const x = a.split(/([ ~]|, |\) ?)/), y = b.split(/([ ~]|, |\) ?)/);
  return x.length === y.length && x.every((word, at) => word === y[at] || near(x, y, at));
}

function near(x, y, at) {
  if (!NUMBER.test(x[at]) || !NUMBER.test(y[at])) return false;
  if (/^-?\d{1,6}$/.test(x[at]) && /^-?\d{1,6}$/.test(y[at])) return Number(x[at]) === Number(y[at]);
  // Numbers stand in groups, the elements of one tensor: what cancelled out in one of them is measured by the largest.
  let first = at, last = at;
  while (first > 0 && (x[first - 1] === " " || x[first - 1] === "~" || NUMBER.test(x[first - 1]))) --first;
  while (last + 1 < x.length && (x[last + 1] === " " || NUMBER.test(x[last + 1]))) ++last;
  const largest = Math.max(...x.slice(first, last + 1).filter((word) => NUMBER.test(word)).map((word) => Math.abs(Number(word))));
  const relative = digits(x[at]) > 7 || digits(y[at]) > 7 ? 1e-8 : 1e-5;
  return Math.abs(Number(x[at]) - Number(y[at])) <= relative * (Math.abs(Number(y[at])) + largest / 2) + 1e-30;
}

// --- kinds of differences --------------------------------------------------------------------------------------------------------------

/** fails: one side does and the other does not; words: both fail, differently. */
export const KINDS = ["value", "node", "fails", "words", "strides"];

/** In what two differing answers differ first. */
export function kindOf(pytorch, nabla) {
  const failures = (answer) => answer.match(/(?:^|[|] )(\w+(Error|Exception): |CRASH)/g)?.length ?? 0;
  if (failures(pytorch) !== failures(nabla)) return "fails";
  if (failures(pytorch)) return "words";
  const plain = (answer) => answer.replace(/(\])\/\[[-\d,]*\]/g, "$1");
  if (same(plain(pytorch), plain(nabla))) return "strides";
  const nameless = (answer) => plain(answer).replace(/:\w+ /g, " ");
  return same(nameless(pytorch), nameless(nabla)) ? "node" : "value";
}
