// A document as the fragment of a link: a version byte and the deflated document, in base64url. No server is asked, so a link does not rot.
import type { Cell, Document } from "../../../wasm/src/document.ts";

const VERSION = 1;

/** What is deflated: short, since every character lengthens the link. A cell is its source after "c" (code) or "m" (Markdown). */
type Packed = [kind: 0 | 1, name: string, ...cells: string[]];

const KINDS: Document["kind"][] = ["notebook", "script"];

/** A link can say that it is broken, and how. */
export class BrokenLink extends Error {}

export async function toFragment({ kind, name, cells }: Document): Promise<string> {
  const packed: Packed = [KINDS.indexOf(kind) as 0 | 1, name, ...cells.map((cell) => cell.kind[0]! + cell.source)];
  const bytes = await pump(new TextEncoder().encode(JSON.stringify(packed)), new CompressionStream("deflate-raw"));
  return toBase64Url(Uint8Array.of(VERSION, ...bytes));
}

export async function fromFragment(fragment: string): Promise<Document> {
  const bytes = fromBase64Url(fragment);
  if (bytes[0] !== VERSION) {
    throw new BrokenLink(bytes.length && bytes[0]! > VERSION && bytes[0]! < 32 ? "it was made by a newer nabla" : "it is damaged");
  }
  let packed: unknown;
  try {
    const text = await pump(bytes.subarray(1), new DecompressionStream("deflate-raw"));
    packed = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(text));
  } catch {
    throw new BrokenLink("part of it is missing or changed");
  }
  return unpack(packed);
}

function unpack(packed: unknown): Document {
  if (!Array.isArray(packed)) throw new BrokenLink("it holds no document");
  const [kind, name, ...rest] = packed as unknown[];
  const cells = rest.map((text): Cell => {
    if (typeof text !== "string" || (text[0] !== "c" && text[0] !== "m")) throw new BrokenLink("it holds no document");
    return { kind: text[0] === "c" ? "code" : "markdown", source: text.slice(1) };
  });
  const known = KINDS[kind as number];
  if (!known || typeof name !== "string" || !cells.length) throw new BrokenLink("it holds no document");
  return { kind: known, name, cells };
}

/** The most that a link may unfold to: one that promises more was made to fill the memory. */
const MOST_BYTES = 4 * 1024 * 1024;

async function pump(bytes: Uint8Array<ArrayBuffer>, through: CompressionStream | DecompressionStream): Promise<Uint8Array> {
  const reader = new Blob([bytes]).stream().pipeThrough(through).getReader();
  const parts: Uint8Array[] = [];
  let size = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    parts.push(part.value);
    size += part.value.length;
    if (size > MOST_BYTES) throw new BrokenLink("it is too large");
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function toBase64Url(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (character) => character.charCodeAt(0));
  } catch {
    throw new BrokenLink("it is damaged");
  }
}
