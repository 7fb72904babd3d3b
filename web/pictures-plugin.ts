// A small picture of each program that the gallery shows first, made by running it: its figure, or the outlines of its graph as the page draws it.
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";
import { shelves } from "./src/gallery/choice.ts";
import { componentsOf } from "./src/graph/components.ts";
import { place } from "./src/graph/layout.ts";
import { BADGE } from "./src/graph/measure.ts";
import { type GraphModel, type GraphNode, modelOf } from "./src/graph/model.ts";
import type { Trace } from "../wasm/src/trace.ts";

const NAME = "virtual:pictures";
const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const KEPT = path("../build/pictures.json");

/** Draws them and keeps them in a file; `kept`: takes them from there. */
export function pictures({ kept = false } = {}): Plugin {
  return {
    name: "pictures",
    resolveId: (id) => (id === NAME ? `\0${NAME}` : null),
    async load(id) {
      if (id !== `\0${NAME}`) return null;
      if (!kept) await writeFile(KEPT, JSON.stringify(await drawAll()));
      return `export const pictures = ${await readFile(KEPT, "utf8")};`;
    },
  };
}

async function drawAll(): Promise<Record<string, string>> {
  const from = (name: string) => import(/* @vite-ignore */ path(`../build/package/${name}`));
  const [{ loadEngineInNode }, { readScript }, { figureSvg }] = await Promise.all([from("node.js"), from("formats.js"), from("figures.js")]);
  const engine = await loadEngineInNode();
  const drawn: Record<string, string> = {};
  for (const [program] of shelves.flatMap(({ programs }) => programs)) {
    engine.open(readScript("program.py", await readFile(path(`../tests/programs/${program}.py`), "utf8")), { record: true });
    while (engine.step(10_000_000) === "running");
    const trace: Trace = engine.trace();
    const figure = trace.cells.flatMap(({ outputs }) => outputs).findLast(({ kind }) => kind === "figure");
    drawn[program] = figure ? ownNames(figureSvg(JSON.parse(figure.text), false), program) : outlines(trace);
  }
  engine.close();
  return drawn;
}

/** Many figures are shown on one page, so what is named in one gets a name of its own. */
const ownNames = (svg: string, program: string) => svg.replace(/\b(id="|url\(#)/g, `$1${program.replace("/", "-")}-`);

const classOf = ({ tensor, isResult }: GraphNode) =>
  [tensor?.requiresGrad && "is-tracked", tensor?.requiresGrad && tensor.isLeaf && "is-leaf", isResult && "is-result"].filter(Boolean).join(" ");

/** A picture is of this size at least, so that a small graph is not drawn large. */
const LEAST = { width: 420, height: 230 };

/** The graph without its texts: of its pieces the one in which most is tracked. */
function outlines(trace: Trace): string {
  const pieces = componentsOf(modelOf(trace));
  const worth = ({ nodes }: GraphModel) => nodes.length + 1000 * nodes.filter(({ tensor }) => tensor?.requiresGrad).length;
  const { nodes, edges, width, height } = place(pieces.reduce((best, piece) => (worth(piece) > worth(best) ? piece : best)), LEAST);
  const r = Math.round;
  const lines = edges.map(({ edge, path, x, y }) => `<path class="${edge.tracked ? "is-tracked" : ""}" d="${path.replace(/-?\d+\.\d+/g, (n) => String(r(Number(n))))}"${x || y ? ` transform="translate(${r(x)} ${r(y)})"` : ""}/>`);
  const cards = nodes.map(({ node, parts, x, y }) => {
    const card = node.tensor ? `<rect x="${r(x)}" y="${r(y)}" width="${parts.width}" height="${r(parts.height)}" rx="7"/>` : "";
    const sign = parts.badge ? `<rect class="sign" x="${r(x + (parts.width - parts.badge.width) / 2)}" y="${r(node.tensor ? y - BADGE / 2 : y)}" width="${r(parts.badge.width)}" height="${BADGE}" rx="13"/>` : "";
    return `<g class="${classOf(node)}">${card}${sign}</g>`;
  });
  const [w, h] = [Math.max(LEAST.width, r(width)), Math.max(LEAST.height, r(height))];
  return `<svg class="outlines" viewBox="${r((width - w) / 2)} ${r((height - h) / 2)} ${w} ${h}">${lines.join("")}${cards.join("")}</svg>`;
}
