// What stands in the page's head ahead of everything else, written into it so that nothing has to be fetched for it: small scripts (web/first), the
// rules that name the typefaces, and the policy, which allows these scripts by their hashes and otherwise nothing but files of the page's own.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { Plugin, Rolldown } from "vite";

const script = (name: string) => readFileSync(fileURLToPath(new URL(`first/${name}.js`, import.meta.url)), "utf8").replace(/^ *\/\/.*\n/gm, "").trim();

/** The chosen theme, before the first paint. */
export const themeScript = () => script("theme");

const policyFor = (scripts: string[]) =>
  [
    "default-src 'self'",
    `script-src 'self' 'wasm-unsafe-eval' ${scripts.map((text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`).join(" ")}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");

/** Takes the rules for typefaces out of the style sheets, and returns them with addresses as the page needs them. */
function takeFontFaces(bundle: Rolldown.OutputBundle): string {
  let rules = "";
  for (const part of Object.values(bundle)) {
    if (part.type !== "asset" || !part.fileName.endsWith(".css")) continue;
    part.source = String(part.source).replace(/@font-face\s*\{[^}]*\}/g, (rule) => {
      rules += rule.replace(/url\(\.\//g, `url(./${dirname(part.fileName)}/`);
      return "";
    });
  }
  return rules;
}

/**
 * Nearly all of these scripts runs as soon as they are there, which V8 is told: it then compiles them in the background while they come in, not
 * function by function on the page's own thread as they are called.
 */
const atOnce = ["page", "drawing"];

function compileAtOnce(bundle: Rolldown.OutputBundle): void {
  for (const name of atOnce) {
    const script = Object.values(bundle).find((part) => part.type === "chunk" && part.name === name);
    if (script?.type !== "chunk") throw new Error(`the build made no script "${name}"`);
    script.code = `//# allFunctionsCalledOnLoad\n${script.code}`;
  }
}

/** Behind the line that says how the page is encoded, which must stand among its first 1,024 bytes. */
const put = (html: string, tags: string[]) => html.replace(/<meta charset[^>]*>/, (charset) => [charset, ...tags].join("\n    "));

const inline = (text: string) => `<script>${text}</script>`;

/** Vite's development server makes the worker's address itself, and needs inline scripts of its own: there the theme is all. */
export function first(): Plugin {
  return {
    name: "first",
    generateBundle: { order: "post", handler: (_, bundle) => compileAtOnce(bundle) }, // the line must be the file's first
    transformIndexHtml: {
      order: "post",
      handler(html, { bundle }) {
        if (!bundle) return put(html, [inline(themeScript())]);
        const worker = Object.keys(bundle).find((name) => /^worker-.*\.js$/.test(basename(name)));
        if (!worker) throw new Error("the build made no worker");
        const fontFaces = takeFontFaces(bundle);
        if (!fontFaces) throw new Error("no style sheet names a typeface");
        const scripts = [script("worker").replace("__WORKER__", `./${worker}`), script("typefaces"), themeScript()];
        const [early, ...others] = scripts.map(inline);
        return put(html, [`<meta http-equiv="Content-Security-Policy" content="${policyFor(scripts)}">`, early!, `<style>${fontFaces}</style>`, ...others]);
      },
    },
  };
}
