/// <reference types="vite/client" />

declare module "*.md" {
  import type { Token } from "marked";
  import type { Document } from "../../wasm/src/document.ts";
  export const document: Document;
  /** The Markdown cells, parsed, by their source. */
  export const tokens: Record<string, Token[]>;
  /** The code cells by their source: lines of pieces, each with the class of its colour. */
  export const colouredCode: Record<string, [text: string, name: string][][]>;
  /** Typeset formulas by "D" (display) or "I" (inline) and their TeX. */
  export const formulas: Record<string, string>;
}

declare module "virtual:pictures" {
  /** SVG by the path of a program that the gallery shows first (pictures-plugin.ts). */
  export const pictures: Record<string, string>;
}
