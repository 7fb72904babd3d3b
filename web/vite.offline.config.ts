// Builds the page once more, as one file that needs nothing else: offline.html, which the page exports with a document in it. Everything
// is written into it, the engine and the typefaces as data: addresses, the worker as text.
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";
import { themeScript } from "./first-plugin.ts";
import { lessons } from "./lesson-plugin.ts";
import { pictures } from "./pictures-plugin.ts";

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));

const policy = [
  "default-src 'none'",
  "script-src 'unsafe-inline' 'wasm-unsafe-eval' blob:",
  "style-src 'unsafe-inline'",
  "img-src data: blob:",
  "font-src data:",
  "worker-src blob:",
  "connect-src data: blob:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** A file cannot start a worker from another file. */
function inlineWorkers(): Plugin {
  return {
    name: "inline-workers",
    enforce: "pre",
    transform(code) {
      const pattern = /new Worker\(new URL\(("[^"]+"), import\.meta\.url\), \{[^}]*\}\)/;
      const match = pattern.exec(code);
      if (!match) return null;
      const address = match[1]!.replace(/"$/, '?worker&inline"');
      return { code: `import InlineWorker from ${address};\n${code.replace(pattern, "new InlineWorker()")}`, map: null };
    },
  };
}

/** The script and the styles go into the page itself. In a script, what looks like its end must not. */
function oneFile(): Plugin {
  return {
    name: "one-file",
    enforce: "post",
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        const parts = Object.values(bundle);
        const page = parts.find(({ fileName }) => fileName.endsWith(".html"));
        if (page?.type !== "asset") return this.error("there is no page");
        const styles = parts.flatMap((part) => (part.type === "asset" && part.fileName.endsWith(".css") ? [String(part.source)] : []));
        const scripts = parts.flatMap((part) => (part.type === "chunk" ? [part.code] : []));
        if (scripts.length !== 1) return this.error(`there are ${scripts.length} scripts`);
        const head = [
          `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
          `<style>${styles.join("\n").replaceAll("</style", "<\\/style")}</style>`,
          `<script>${themeScript()}</script>`,
        ].join("\n");
        const html = String(page.source)
          .replace(/<script[^>]*><\/script>|<link[^>]*>/g, "")
          .replace("<head>", () => `<head>\n${head}`)
          .replace("</body>", () => `<script type="module">${scripts[0]!.replaceAll("</script", "<\\/script").replaceAll("<!--", "<\\!--")}</script>\n</body>`);
        for (const { fileName } of parts) delete bundle[fileName];
        this.emitFile({ type: "asset", fileName: "offline.html", source: html });
      },
    },
  };
}

export default defineConfig({
  root: path("."),
  base: "./",
  publicDir: false,
  define: { "import.meta.env.PROD": "false" }, // no service worker
  plugins: [inlineWorkers(), lessons(), pictures({ kept: true }), oneFile()],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  worker: { format: "iife" }, // a file may start a worker of text, but no module
  build: {
    outDir: path("../build/web"),
    emptyOutDir: false,
    target: "es2022",
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    cssCodeSplit: false,
    assetsInlineLimit: Number.MAX_SAFE_INTEGER,
    modulePreload: false,
    reportCompressedSize: false,
    chunkSizeWarningLimit: Infinity,
    rolldownOptions: { checks: { pluginTimings: false }, output: { codeSplitting: false } },
  },
});
