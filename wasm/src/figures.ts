// Figures as files: draws them in node, with a small DOM, as the page draws them.
import { mkdir, writeFile } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { parseHTML } from "linkedom";
import { drawFigure } from "./draw.ts";
import type { Figure } from "./figure.ts";

/** `alone`: with colours of its own, for a file. */
export function figureSvg(figure: Figure, alone = true): string {
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  return drawFigure(figure, { document, alone }).outerHTML + "\n";
}

/** Writes each as an SVG file, named as the program saved it or else figure-1.svg and so on; gives the paths. */
export async function writeFigures(figures: Iterable<Figure>, folder: string): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const paths: string[] = [];
  for (const figure of figures) {
    const name = figure.name && basename(figure.name, extname(figure.name)).replace(/[^\w.-]/g, "_");
    let path = join(folder, `${name || `figure-${paths.length + 1}`}.svg`);
    if (paths.includes(path)) path = join(folder, `figure-${paths.length + 1}.svg`);
    await writeFile(path, figureSvg(figure));
    paths.push(path);
  }
  return paths;
}
