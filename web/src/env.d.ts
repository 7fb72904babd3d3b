/// <reference types="vite/client" />

declare module "*.md" {
  import type { Document } from "../../wasm/src/document.ts";
  export const document: Document;
  /** Typeset formulas by "D" (display) or "I" (inline) and their TeX. */
  export const formulas: Record<string, string>;
}
