// Panning and zooming the drawing: d3-zoom on the outer element moves the inner group. Until someone moves it, the drawing fits itself
// into the pane whenever either changes its size.
import { signal } from "@preact/signals";
import { select } from "d3-selection";
import { zoom, zoomIdentity, type D3ZoomEvent } from "d3-zoom";

import type { Size } from "./components.ts";
import type { Box } from "./curves.ts";
import { READABLE } from "./direction.ts";

const MARGIN = 20;
/** What the tools on the right take. */
const TOOLS = 32;
const LARGEST_FIT = 1.35;
const SMALLEST_FIT = 0.3;
const DUST = 0.15;
/** Below this scale nobody can read a card. */
const LEGIBLE = 0.35;
/** What is in view is told in steps of this size, so that it is not told at every frame. */
const TILE = 400;

export interface View {
  left: number;
  top: number;
  right: number;
  bottom: number;
  isLegible: boolean;
}

/** What can be seen of the drawing, generously. */
export const view = signal<View | null>(null);

/** The room in a pane that is not shown. */
export const HIDDEN: Size = { width: Infinity, height: Infinity };

export class Viewport {
  #svg: SVGSVGElement;
  #behaviour = zoom<SVGSVGElement, unknown>().scaleExtent([DUST, 4]);
  #moved = false;
  #isNear = false;
  /** What was brought into view last. */
  #looked: Box | null = null;
  /** All of it is shown, however small, since someone asked for that. */
  #isAsked = false;
  #isPart = false;
  #size = { width: 1, height: 1, isSideways: false };
  /** The pane, as it was laid out last: asking for it in between would have all of the page laid out anew. */
  #pane = { width: 0, height: 0 };
  #observer: ResizeObserver;
  #onMoved: (hasMore: boolean) => void;
  #onSized: (room: Size) => void;
  #group: SVGGElement;
  #paper = matchMedia("print");
  /** On paper stands all of the drawing, whatever is looked at. */
  #turn = (): void => {
    if (this.#paper.matches) {
      this.#svg.setAttribute("viewBox", `${-MARGIN} ${-MARGIN} ${this.#size.width + 2 * MARGIN} ${this.#size.height + 2 * MARGIN}`);
      this.#group.removeAttribute("transform");
    } else {
      this.#svg.removeAttribute("viewBox");
      this.#group.setAttribute("transform", this.#svg.__zoom.toString());
    }
  };

  /** `onMoved` hears whether fit() would show more, or something else, than is shown; `onSized` how much room there is for the drawing. */
  constructor(svg: SVGSVGElement, group: SVGGElement, onMoved: (hasMore: boolean) => void, onSized: (room: Size) => void) {
    this.#svg = svg;
    this.#onMoved = onMoved;
    this.#onSized = onSized;
    this.#group = group;
    this.#paper.addEventListener("change", this.#turn);
    this.#behaviour.on("zoom", ({ transform, sourceEvent }: D3ZoomEvent<SVGSVGElement, unknown>) => {
      if (!this.#paper.matches) group.setAttribute("transform", transform.toString());
      this.#tell(transform);
      if (sourceEvent) this.#setMoved(true);
    });
    this.#behaviour.extent(() => [[0, 0], [this.#pane.width, this.#pane.height]]);
    select(svg).call(this.#behaviour).on("dblclick.zoom", null);
    this.#measure(svg.getBoundingClientRect());
    this.#observer = new ResizeObserver(([entry]) => {
      this.#measure(entry!.contentRect);
      if (!this.#isNear) return this.#refit();
      this.#fill();
      if (this.#looked) this.reveal(this.#looked);
    });
    this.#observer.observe(svg);
  }

  /** The drawing has this size now, and runs this way. */
  show({ width, height, isSideways }: Size & { isSideways: boolean }): void {
    if (width === this.#size.width && height === this.#size.height && isSideways === this.#size.isSideways) return;
    this.#size = { width, height, isSideways };
    this.#refit();
  }

  /** Shows all of the drawing. */
  fit(): void {
    this.#isNear = false;
    this.#isAsked = true;
    this.#setMoved(false);
    this.#refit();
  }

  /** Makes a drawing that was fitted to less than a readable size larger, until goBack(). */
  comeNear(): void {
    if (this.#moved || this.#svg.__zoom.k >= READABLE) return;
    this.#isNear = true;
    select(this.#svg).call(this.#behaviour.scaleTo, READABLE);
    this.#fill();
    this.#setMoved(true);
  }

  /** Leaves no room empty beside a part of the drawing: what fits stands in the middle. */
  #fill(): void {
    const { k, x, y } = this.#svg.__zoom;
    const along = (at: number, length: number, room: number) => (length <= room ? (room - length) / 2 : Math.min(MARGIN, Math.max(at, room - MARGIN - length)));
    const { width, height } = this.#pane;
    select(this.#svg).call(this.#behaviour.transform, zoomIdentity.translate(along(x, this.#size.width * k, width - TOOLS), along(y, this.#size.height * k, height)).scale(k));
  }

  goBack(): void {
    if (this.#isNear) this.fit();
  }

  zoomBy(factor: number): void {
    select(this.#svg).call(this.#behaviour.scaleBy, factor);
    this.#setMoved(true);
  }

  /** Brings a part of the drawing into view, if it is not. */
  reveal(box: Box): void {
    this.#looked = box;
    const { x, y, width, height } = box;
    const { k: scale, x: left, y: top } = this.#svg.__zoom;
    const shift = (low: number, high: number, to: number) => (low < MARGIN ? MARGIN - low : high > to - MARGIN ? to - MARGIN - high : 0);
    const dx = shift(x * scale + left, (x + width) * scale + left, this.#pane.width);
    const dy = shift(y * scale + top, (y + height) * scale + top, this.#pane.height);
    if (!dx && !dy) return;
    select(this.#svg).call(this.#behaviour.translateBy, dx / scale, dy / scale);
    this.#setMoved(true);
  }

  destroy(): void {
    this.#observer.disconnect();
    this.#paper.removeEventListener("change", this.#turn);
    select(this.#svg).on(".zoom", null);
  }

  #tell({ k, x, y }: { k: number; x: number; y: number }): void {
    const { width, height } = this.#pane;
    const low = (edge: number) => (Math.floor(edge / k / TILE) - 1) * TILE;
    const high = (edge: number) => (Math.ceil(edge / k / TILE) + 1) * TILE;
    const next: View = { left: low(-x), top: low(-y), right: high(width - x), bottom: high(height - y), isLegible: k >= LEGIBLE };
    const now = view.peek();
    if (!now || (Object.keys(next) as (keyof View)[]).some((key) => next[key] !== now[key])) view.value = next;
  }

  #setMoved(moved: boolean): void {
    if (moved === this.#moved) return;
    this.#moved = moved;
    if (moved) this.#isAsked = false;
    this.#onMoved(moved || this.#isPart);
  }

  #measure({ width, height }: Size): void {
    this.#pane = { width: Math.round(width), height: Math.round(height) };
    this.#onSized(width && height ? this.#room() : HIDDEN);
  }

  #room(): Size {
    const { width, height } = this.#pane;
    return { width: width - 2 * MARGIN - TOOLS, height: height - 2 * Math.min(MARGIN, height / 20) };
  }

  #refit(): void {
    const pane = this.#pane;
    if (this.#moved || !pane.width || !pane.height) return;
    const { width, height, isSideways } = this.#size;
    const room = this.#room();
    const inside = Math.min(room.width / width, room.height / height);
    this.#behaviour.scaleExtent([Math.min(DUST, inside / 1.5), 4]);
    // A very large one would be dust as a whole: its beginning is shown, to be read, until all of it is asked for.
    const isDust = inside < DUST && !this.#isAsked;
    const scale = isDust ? READABLE : Math.max(this.#isAsked ? 0 : SMALLEST_FIT, Math.min(LARGEST_FIT, inside));
    // In the middle, if the tools on the right leave it room there.
    const middle = (pane.width - width * scale) / 2;
    const clear = pane.width - MARGIN - TOOLS - width * scale;
    // One that is too large even so starts where it begins.
    const x = isDust || (isSideways && middle < MARGIN) ? MARGIN : clear >= MARGIN ? Math.min(middle, clear) : middle;
    const y = Math.max((pane.height - height * scale) / 2, height * scale > pane.height ? MARGIN : 0);
    select(this.#svg).call(this.#behaviour.transform, zoomIdentity.translate(x, y).scale(scale));
    this.#isPart = scale > inside * 1.01 && scale < LARGEST_FIT;
    this.#onMoved(this.#isPart);
  }
}

declare global {
  interface SVGSVGElement {
    /** d3-zoom keeps the current transform here. */
    __zoom: { k: number; x: number; y: number };
  }
}
