// A document, and how it is looked at, as the fragment of a link: a version byte and deflated text, in base64url. No server is asked, so a
// link does not rot. Version 2 deflates with a preset dictionary, text that documents are likely to repeat, and begins with a checksum, since
// with a dictionary a changed link would often give another readable text; version 1 is still read.
import { deflateSync, Inflate, strToU8 } from "fflate";
import type { Cell, Document } from "../../../wasm/src/document.ts";
// Frozen: a link can be read only with the very dictionary that it was made with. Another one would be another version.
import dictionary from "./dictionary-2.md?raw";

const VERSION = 2;

/** How the page stood: each part of it has a key of its own (view.ts). */
export type View = Record<string, unknown>;

export interface Shared {
  document: Document;
  view: View;
}

/** Version 1: JSON of [kind, name, ...cells], a cell being its source after "c" (code) or "m" (Markdown). */
const KINDS: Document["kind"][] = ["notebook", "script"];

/** Version 2: pieces, each begun by one of these, the first by none: the kind's number, the name, the view as JSON; then the cells. */
const MARKS = { name: "\x00", view: "\x01", code: "\x02", markdown: "\x03" };
const MARK = /[\x00-\x03]/;

/** A link can say that it is broken, and how. */
export class BrokenLink extends Error {}

const preset = strToU8(dictionary);

export function toFragment(shared: Shared): string {
  return packed(...textOfLink(shared));
}

/** Would the link to this be one that is not opened? How many bytes it holds, then, and how many it may; else null. */
export function excessOf(shared: Shared): { bytes: number; most: number } | null {
  const bytes = strToU8(textOfLink(shared)[1]).length;
  return bytes > MOST_BYTES ? { bytes, most: MOST_BYTES } : null;
}

function textOfLink({ document, view }: Shared): [version: number, text: string] {
  const { kind, name, cells } = document;
  if (MARK.test(name + cells.map(({ source }) => source).join(""))) return [1, JSON.stringify([KINDS.indexOf(kind), name, ...cells.map((cell) => cell.kind[0]! + cell.source)])];
  const shown = Object.keys(view).length ? MARKS.view + JSON.stringify(view) : "";
  return [VERSION, `${KINDS.indexOf(kind)}${MARKS.name}${name}${shown}${cells.map((cell) => MARKS[cell.kind] + cell.source).join("")}`];
}

function packed(version: number, text: string): string {
  const bytes = strToU8(text);
  if (version === 1) return toBase64Url(Uint8Array.of(1, ...deflateSync(bytes, { level: 9 })));
  return toBase64Url(Uint8Array.of(version, ...checksum(bytes), ...deflateSync(bytes, { level: 9, mem: 12, dictionary: preset })));
}

/** The last three bytes of the text's FNV-1a hash. */
function checksum(bytes: Uint8Array): [number, number, number] {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return [(hash >>> 16) & 255, (hash >>> 8) & 255, hash & 255];
}

export function fromFragment(fragment: string): Shared {
  const bytes = fromBase64Url(fragment);
  const version = bytes[0];
  if (version !== 1 && version !== 2) {
    throw new BrokenLink(version !== undefined && version > VERSION && version < 32 ? "it was made by a newer nabla" : "it is damaged");
  }
  if (version === 1) return { document: unpackFirst(textOf(inflated(bytes.subarray(1), undefined))), view: {} };
  const whole = inflated(bytes.subarray(4), preset);
  if (checksum(whole).some((byte, i) => byte !== bytes[1 + i])) throw damaged();
  return unpack(textOf(whole));
}

function unpackFirst(text: string): Document {
  let packed: unknown;
  try {
    packed = JSON.parse(text);
  } catch {
    throw damaged();
  }
  if (!Array.isArray(packed)) throw new BrokenLink("it holds no document");
  const [kind, name, ...rest] = packed as unknown[];
  const cells = rest.map((text): Cell => {
    if (typeof text !== "string" || (text[0] !== "c" && text[0] !== "m")) throw new BrokenLink("it holds no document");
    return { kind: text[0] === "c" ? "code" : "markdown", source: text.slice(1) };
  });
  return made(KINDS[kind as number], name, cells);
}

function unpack(text: string): Shared {
  const [kind, ...pieces] = text.split(/(?=[\x00-\x03])/);
  const piece = (mark: string) => pieces.filter((one) => one[0] === mark).map((one) => one.slice(1));
  const cells = pieces.flatMap((one): Cell[] => {
    const kind = one[0] === MARKS.code ? "code" : one[0] === MARKS.markdown ? "markdown" : null;
    return kind ? [{ kind, source: one.slice(1) }] : [];
  });
  const document = made(KINDS[Number(kind)], piece(MARKS.name)[0], cells);
  const [shown] = piece(MARKS.view);
  try {
    const view: unknown = shown === undefined ? {} : JSON.parse(shown);
    return { document, view: typeof view === "object" && view !== null ? (view as View) : {} };
  } catch {
    return { document, view: {} };
  }
}

function made(kind: Document["kind"] | undefined, name: unknown, cells: Cell[]): Document {
  if (!kind || typeof name !== "string" || !cells.length) throw new BrokenLink("it holds no document");
  return { kind, name, cells };
}

/** The most that a link may unfold to: one that promises more was made to fill the memory. */
const MOST_BYTES = 4 * 1024 * 1024;
/** Taken in at once: a byte unfolds to a thousand at most. */
const SLICE = 1024;

function inflated(bytes: Uint8Array, dictionary: Uint8Array | undefined): Uint8Array {
  const parts: Uint8Array[] = [];
  let size = 0;
  let isWhole = false;
  const inflate = new Inflate(dictionary ? { dictionary } : {}, (part, final) => {
    parts.push(part.slice());
    size += part.length;
    isWhole = final;
    if (size > MOST_BYTES) throw new BrokenLink("it is too large");
  });
  try {
    for (let at = 0; at < bytes.length; at += SLICE) inflate.push(bytes.subarray(at, at + SLICE), at + SLICE >= bytes.length);
    if (!isWhole) throw new Error("it ends early");
    const whole = new Uint8Array(size);
    let at = 0;
    for (const part of parts) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  } catch (error) {
    throw error instanceof BrokenLink ? error : damaged();
  }
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw damaged();
  }
}

const damaged = () => new BrokenLink("part of it is missing or changed");

function toBase64Url(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function fromBase64Url(text: string): Uint8Array {
  try {
    return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (character) => character.charCodeAt(0));
  } catch {
    throw new BrokenLink("it is damaged");
  }
}
