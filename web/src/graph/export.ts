// The graph as a file: SVG with the colours of the page, PNG at twice its size, and DOT for Graphviz. Loaded when first needed.
import { documentNow, titleOf } from "../document/store.ts";
import { tensorText } from "../tensor/text.ts";
import type { Placed } from "./layout.ts";
import { operationText, slopeOf } from "./model.ts";

const MARGIN = 16;
const PROPERTIES = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "font-family", "font-size", "font-weight", "font-style", "text-anchor", "opacity"];

export async function exportGraph(kind: "svg" | "png" | "dot", svg: SVGSVGElement, placed: Placed): Promise<void> {
  const name = titleOf(documentNow.peek()).replace(/[^\w-]+/g, "-").replace(/^-|-$/g, "").toLowerCase() || "graph";
  if (kind === "dot") return save(`${name}.dot`, new Blob([dotOf(placed)], { type: "text/vnd.graphviz" }));
  const text = svgOf(svg, placed);
  if (kind === "svg") return save(`${name}.svg`, new Blob([text], { type: "image/svg+xml" }));
  save(`${name}.png`, await pngOf(text, placed));
}

function save(name: string, blob: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

const sizeOf = ({ width, height }: Placed) => ({ width: Math.ceil(width + 2 * MARGIN), height: Math.ceil(height + 2 * MARGIN) });

/** The drawing at its own size, with every style written on its element, so that it needs no style sheet. */
function svgOf(svg: SVGSVGElement, placed: Placed): string {
  const { width, height } = sizeOf(placed);
  const group = svg.querySelector("g")!;
  const copy = group.cloneNode(true) as SVGGElement;
  const from = group.querySelectorAll<SVGElement>("*");
  copy.querySelectorAll<SVGElement>("*").forEach((element, i) => {
    const style = getComputedStyle(from[i]!);
    for (const property of PROPERTIES) element.setAttribute(property, style.getPropertyValue(property));
    const place = from[i]!.style.transform.match(/translate\(([-\d.]+)px, ([-\d.]+)px\)/);
    if (place) element.setAttribute("transform", `translate(${place[1]} ${place[2]})`);
    element.removeAttribute("style");
    element.removeAttribute("class");
  });
  for (const hit of copy.querySelectorAll("[data-key]")) hit.remove();
  copy.setAttribute("transform", `translate(${MARGIN} ${MARGIN})`);
  const ground = getComputedStyle(svg.closest(".side")!).backgroundColor;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><rect width="100%" height="100%" fill="${ground}"/>${new XMLSerializer().serializeToString(copy)}</svg>`;
}

async function pngOf(svg: string, placed: Placed): Promise<Blob> {
  const { width, height } = sizeOf(placed);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = 2 * width;
  canvas.height = 2 * height;
  canvas.getContext("2d")!.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob((blob) => done(blob!), "image/png"));
}

function dotOf({ nodes, edges }: Placed): string {
  const quote = (text: string) => `"${text.replace(/[\\"]/g, "\\$&").replace(/\n/g, "\\n")}"`;
  const lines = nodes.map(({ node: { key, tensor, operation } }) => {
    const slope = tensor && slopeOf(tensor);
    const label = [operation && operationText(operation), tensor && [tensor.names.at(-1), tensorText(tensor.value)].filter(Boolean).join(" = "), slope && `${slope.word} ${tensorText(slope.value)}`, tensor?.gradFn];
    const shape = tensor ? (tensor.isLeaf ? "box, style=filled, fillcolor=lightblue" : "box") : "ellipse";
    return `  ${quote(key)} [label=${quote(label.filter(Boolean).join("\n"))}, shape=${tensor?.requiresGrad === false ? "box, color=gray" : shape}];`;
  });
  const arrows = edges.map(({ edge: { from, to, back } }) => `  ${quote(from)} -> ${quote(to)}${back ? " [style=dashed]" : ""};`);
  return `digraph {\n  node [fontname="monospace"];\n${[...lines, ...arrows].join("\n")}\n}\n`;
}
