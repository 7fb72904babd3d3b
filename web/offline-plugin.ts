// Puts the list of all files of the built page, and a version made of their contents, into the service worker.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));

export function offline(): Plugin {
  return {
    name: "offline",
    apply: "build",
    enforce: "post",
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        const hash = createHash("sha256");
        const files: string[] = [];
        for (const name of readdirSync(path("public")).sort()) {
          files.push(name);
          hash.update(name).update(readFileSync(path(`public/${name}`)));
        }
        for (const [name, part] of Object.entries(bundle).sort(([a], [b]) => (a < b ? -1 : 1))) {
          files.push(name);
          hash.update(name).update(part.type === "chunk" ? part.code : part.source);
        }
        const worker = readFileSync(path("src/offline/service-worker.js"), "utf8");
        hash.update(worker);
        const version = hash.digest("hex").slice(0, 12);
        this.emitFile({ type: "asset", fileName: "sw.js", source: worker.replace('"__FILES__"', JSON.stringify(files)).replace("__VERSION__", version) });
      },
    },
  };
}
