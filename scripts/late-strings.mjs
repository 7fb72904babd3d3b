// Which strings the functions of the first wasm file never read, so that they can go along with the second: above all the messages of errors
// that only functions there raise. See Note [Late strings].

// Note [Late strings]
// The linker joins the literal strings of all files into one piece of memory, whose place its map tells (wasm-ld -Map). A function gets at one of them only
// through an address: a number in its code, or a word in the other data. So a string is late when its address stands in no function of the first
// file and in no other data; all other data stay. Numbers that only look like addresses keep a string too much, never one too few;
// CMakeLists.txt puts the data where few numbers reach (GLOBAL_BASE). An address within a string keeps the whole of it: it is the end of a longer
// one, which the linker has shared, or a part that is copied. What this misses is an address before the string ("abc"[i - 1]): write no such thing.

const WORD = 4;

/**
 * Stretches of memory as [begin, end]. `code`: the first file as text (wasm-dis). `map`: the linker's. `data`: what the memory holds,
 * as {address, bytes}.
 */
export function findLateStrings(code, map, { address, bytes }) {
  const [begin, end] = placeOf(String.raw`<internal>:\(\.rodata\)`, map);
  const needed = new Set();
  const need = (number) => {
    if (number >= begin && number < end) needed.add(bytes.lastIndexOf(0, number - address - 1) + 1 + address);
  };
  for (const [, number] of code.matchAll(/(?:i32\.const |offset=)(\d+)/g)) need(Number(number));
  for (let word = Math.ceil(end / WORD) * WORD - address; word + WORD <= bytes.length; word += WORD) need(bytes.readUInt32LE(word));

  const late = [];
  let follows = false; // the string before
  for (let at = begin; at < end; ) {
    const next = bytes.indexOf(0, at - address) + 1 + address;
    if (needed.has(at)) follows = false;
    else if (follows) late.at(-1)[1] = next;
    else follows = late.push([at, next]) > 0;
    at = next;
  }
  return late;
}

/** Where the linker's map has what `name` matches. */
export function placeOf(name, map) {
  const found = new RegExp(`^ +([0-9a-f]+) +[0-9a-f]+ +([0-9a-f]+) +${name}$`, "m").exec(map);
  if (!found) throw new Error(`the linker's map has no ${name}`);
  const [begin, length] = found.slice(1).map((digits) => parseInt(digits, 16));
  return [begin, begin + length];
}
