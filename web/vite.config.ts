// How the page is built: relative addresses, so that it can be served from any folder, and no inlined assets, because the
// page's policy allows nothing but files of its own.
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { first } from "./first-plugin.ts";
import { lessons } from "./lesson-plugin.ts";
import { offline } from "./offline-plugin.ts";
import { pictures } from "./pictures-plugin.ts";

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));

export default defineConfig({
  root: path("."),
  base: "./",
  plugins: [lessons(), pictures(), first(), offline()],
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
    chunkSizeWarningLimit: Infinity, // sizes are tested
    rolldownOptions: {
      checks: { pluginTimings: false },
      input: path("index.html"),
      output: {
        // What the first view needs comes in one file, and the graph, which follows, in another, with all that it needs itself.
        codeSplitting: { groups: [{ name: "page", tags: ["$initial"] }, { name: "page", test: /rolldown/ }, { name: "drawing", test: /graph\/graph\.tsx$/ }] },
      },
    },
  },
});
