// Modules of the page, for node: `await pageModules("step/worked.ts", ...)` gives all that they export.
import { fileURLToPath } from "node:url";
import { build } from "vite";

const path = (name) => fileURLToPath(new URL(`../../${name}`, import.meta.url));

export async function pageModules(...names) {
  const entry = "\0entry";
  const source = names.map((name) => `export * from ${JSON.stringify(path(`web/src/${name}`))};`).join("\n");
  const { output } = await build({
    configFile: false,
    root: path("web"),
    logLevel: "error",
    oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
    plugins: [{ name: "entry", resolveId: (id) => (id === entry ? id : null), load: (id) => (id === entry ? source : null) }],
    ssr: { noExternal: true },
    build: { ssr: true, write: false, minify: false, rolldownOptions: { input: entry } },
  });
  return import(`data:text/javascript,${encodeURIComponent(output[0].code)}`);
}
