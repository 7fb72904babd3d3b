// The data segments of a wasm file: joined into one, and stretches of memory moved from the first of two files to the second. wasm-opt
// leaves out every few zeros and so makes thousands of segments; to brotli the zeros are nothing, but each segment's address is
// (7 kB in all).

const DATA_COUNT = 12;
const CODE = 10;
const DATA = 11;
const CONST_I32 = 0x41;
const END = 0x0b;

/** What a wasm file puts into memory, as one: {address, bytes}. */
export function dataOf(file) {
  return readData(readSections(file).find(({ id }) => id === DATA).body);
}

/** Both files anew: the stretches [begin, end] of the first one's memory are filled by the second. */
export function moveData(first, rest, stretches) {
  const sections = readSections(first);
  const data = dataOf(first);
  const moved = stretches.map(([begin, end]) => {
    const there = data.bytes.subarray(begin - data.address, end - data.address);
    if (!(data.address <= begin && there.length > 0)) throw new Error("the data to move are not there"); // zeros at the end may be left out
    const bytes = Buffer.from(there);
    there.fill(0);
    return { address: begin, bytes };
  });

  const others = readSections(rest);
  if (others.some(({ id }) => id === DATA || id === DATA_COUNT)) throw new Error("the second file has data already");
  const code = others.findIndex(({ id }) => id === CODE);
  others.splice(code + 1, 0, { id: DATA, body: writeData(moved) });
  return { first: writeFile(replaceData(sections, data)), rest: writeFile(others) };
}

function replaceData(sections, data) {
  const bodies = { [DATA_COUNT]: number(1), [DATA]: writeData([data]) };
  return sections.map(({ id, body }) => ({ id, body: bodies[id] ?? body }));
}

function readSections(bytes) {
  const sections = [];
  for (let at = 8; at < bytes.length; ) {
    const length = readNumber(bytes, at + 1);
    const end = length.end + length.value;
    sections.push({ id: bytes[at], body: bytes.subarray(length.end, end) });
    at = end;
  }
  return sections;
}

function writeFile(sections) {
  const header = Buffer.from([0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
  return Buffer.concat([header, ...sections.flatMap(({ id, body }) => [Buffer.of(id), number(body.length), body])]);
}

/** All segments as one. */
function readData(body) {
  const count = readNumber(body, 0);
  const segments = [];
  let at = count.end;
  for (let i = 0; i < count.value; i++) {
    if (body[at] !== 0 || body[at + 1] !== CONST_I32) throw new Error("a data segment without a plain address");
    const address = readNumber(body, at + 2);
    if (body[address.end] !== END) throw new Error("a data segment without a plain address");
    const length = readNumber(body, address.end + 1);
    segments.push({ address: address.value, bytes: body.subarray(length.end, length.end + length.value) });
    at = length.end + length.value;
  }
  const begin = Math.min(...segments.map(({ address }) => address));
  const end = Math.max(...segments.map(({ address, bytes }) => address + bytes.length));
  const data = Buffer.alloc(end - begin);
  for (const { address, bytes } of segments) data.set(bytes, address - begin);
  return { address: begin, bytes: data };
}

function writeData(segments) {
  const parts = segments.flatMap(({ address, bytes }) => [number(0), Buffer.of(CONST_I32), number(address, 64), Buffer.of(END), number(bytes.length), bytes]);
  return Buffer.concat([number(segments.length), ...parts]);
}

/** LEB128. The addresses are signed, but not negative. */
function readNumber(bytes, at) {
  let value = 0;
  for (let factor = 1; ; factor *= 128) {
    const byte = bytes[at++];
    value += (byte & 127) * factor;
    if (byte < 128) return { value, end: at };
  }
}

/** `last`: what the last byte stays below; 64 where the number is signed. */
function number(value, last = 128) {
  const bytes = [];
  for (; value >= last; value = Math.floor(value / 128)) bytes.push((value % 128) | 128);
  return Buffer.of(...bytes, value);
}
