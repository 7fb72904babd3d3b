// Joins the data segments of a wasm file into one. wasm-opt leaves out every few zeros and so makes thousands of segments; to brotli the
// zeros are nothing, but each segment's address is (7 kB in all).

const DATA_COUNT = 12;
const DATA = 11;
const CONST_I32 = 0x41;
const END = 0x0b;

export function joinSegments(bytes) {
  const parts = [bytes.subarray(0, 8)];
  for (let at = 8; at < bytes.length; ) {
    const id = bytes[at];
    const length = readNumber(bytes, at + 1);
    const body = bytes.subarray(length.end, length.end + length.value);
    if (id === DATA_COUNT) parts.push(section(id, number(1)));
    else if (id === DATA) parts.push(section(id, joined(body)));
    else parts.push(bytes.subarray(at, length.end + length.value));
    at = length.end + length.value;
  }
  return Buffer.concat(parts);
}

function joined(body) {
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
  return Buffer.concat([number(1), number(0), Buffer.of(CONST_I32), number(begin, 64), Buffer.of(END), number(data.length), data]);
}

function section(id, body) {
  return Buffer.concat([Buffer.of(id), number(body.length), body]);
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
