// How the page is built: relative addresses, so that it can be served from any folder, and no inlined assets, because the
// page's policy allows nothing but files of its own.
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";
import { lessons } from "./lesson-plugin.ts";
import { offline } from "./offline-plugin.ts";

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));

const policy = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "worker-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** The policy is for the built page only: Vite's development server needs inline scripts. */
function contentPolicy(): Plugin {
  return {
    name: "content-policy",
    apply: "build",
    transformIndexHtml: () => [
      { tag: "meta", attrs: { "http-equiv": "Content-Security-Policy", content: policy }, injectTo: "head-prepend" },
    ],
  };
}

/** Starts the engine's worker ahead of the page's own code: the script that does so (src/worker/start.ts) comes first, and needs no other. */
function earlyWorker(): Plugin {
  return {
    name: "early-worker",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler(html, { bundle = {} }) {
        const early = Object.values(bundle).find((part) => part.type === "chunk" && part.name === "start");
        if (early?.type !== "chunk" || early.imports.length > 0) throw new Error("the worker's start is not a script of its own");
        const others = html.replace(new RegExp(`\\n *<(script|link)[^>]*"\\./${early.fileName}">(</script>)?`), "");
        return others.replace('<script src="./theme.js">', (theme) => `<script type="module" async crossorigin src="./${early.fileName}"></script>\n    ${theme}`);
      },
    },
  };
}

/** Asks for the typefaces at once, so that the text does not change its face after it is first seen. */
function preloadFonts(): Plugin {
  return {
    name: "preload-fonts",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler: (_html, { bundle = {} }) =>
        Object.keys(bundle)
          .filter((name) => name.endsWith(".woff2"))
          .map((name) => ({
            tag: "link",
            attrs: { rel: "preload", as: "font", type: "font/woff2", href: `./${name}`, crossorigin: "" },
            injectTo: "head" as const,
          })),
    },
  };
}

export default defineConfig({
  root: path("."),
  base: "./",
  plugins: [lessons(), earlyWorker(), contentPolicy(), preloadFonts(), offline()],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  worker: { format: "es" },
  build: {
    outDir: path("../build/web"),
    emptyOutDir: true,
    target: "es2022",
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      input: path("index.html"),
      output: {
        // What the first view needs comes in one file, but for the worker's start, which comes before it.
        codeSplitting: {
          groups: [
            { name: "start", test: /worker.start\.ts$/, priority: 2, includeDependenciesRecursively: false },
            { name: "page", tags: ["$initial"], priority: 1 },
          ],
        },
      },
    },
  },
});
