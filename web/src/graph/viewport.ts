// Panning and zooming the drawing: d3-zoom on the outer element moves the inner group. Until someone moves it, the drawing fits itself
// into the pane whenever either changes its size.
import { select } from "d3-selection";
import { zoom, zoomIdentity, type D3ZoomEvent } from "d3-zoom";

const MARGIN = 20;
const LARGEST_FIT = 1.35;
const SMALLEST_FIT = 0.3;
const READABLE = 0.8;

export class Viewport {
  #svg: SVGSVGElement;
  #behaviour = zoom<SVGSVGElement, unknown>().scaleExtent([0.15, 4]);
  #moved = false;
  #isNear = false;
  #size = { width: 1, height: 1 };
  #observer: ResizeObserver;
  #onMoved: (moved: boolean) => void;

  constructor(svg: SVGSVGElement, group: SVGGElement, onMoved: (moved: boolean) => void) {
    this.#svg = svg;
    this.#onMoved = onMoved;
    this.#behaviour.on("zoom", ({ transform, sourceEvent }: D3ZoomEvent<SVGSVGElement, unknown>) => {
      group.setAttribute("transform", transform.toString());
      if (sourceEvent) this.#setMoved(true);
    });
    select(svg).call(this.#behaviour).on("dblclick.zoom", null);
    this.#observer = new ResizeObserver(() => this.#refit());
    this.#observer.observe(svg);
  }

  /** The drawing has this size now. */
  show(width: number, height: number): void {
    if (width === this.#size.width && height === this.#size.height) return;
    this.#size = { width, height };
    this.#refit();
  }

  fit(): void {
    this.#isNear = false;
    this.#setMoved(false);
    this.#refit();
  }

  /** Makes a drawing that was fitted to less than a readable size larger, until goBack(). */
  comeNear(): void {
    if (this.#moved || this.#svg.__zoom.k >= READABLE) return;
    this.#isNear = true;
    select(this.#svg).call(this.#behaviour.scaleTo, READABLE);
    this.#setMoved(true);
  }

  goBack(): void {
    if (this.#isNear) this.fit();
  }

  zoomBy(factor: number): void {
    select(this.#svg).call(this.#behaviour.scaleBy, factor);
    this.#setMoved(true);
  }

  /** Brings a part of the drawing into view, if it is not. */
  reveal(element: Element): void {
    const view = this.#svg.getBoundingClientRect();
    const part = element.getBoundingClientRect();
    const shift = (low: number, high: number, from: number, to: number) => (low < from ? from - low : high > to ? to - high : 0);
    const dx = shift(part.left, part.right, view.left + MARGIN, view.right - MARGIN);
    const dy = shift(part.top, part.bottom, view.top + MARGIN, view.bottom - MARGIN);
    if (!dx && !dy) return;
    const scale = this.#svg.__zoom.k;
    select(this.#svg).call(this.#behaviour.translateBy, dx / scale, dy / scale);
    this.#setMoved(true);
  }

  destroy(): void {
    this.#observer.disconnect();
    select(this.#svg).on(".zoom", null);
  }

  #setMoved(moved: boolean): void {
    if (moved === this.#moved) return;
    this.#moved = moved;
    this.#onMoved(moved);
  }

  #refit(): void {
    const { clientWidth, clientHeight } = this.#svg;
    if (this.#moved || !clientWidth || !clientHeight) return;
    const { width, height } = this.#size;
    const inside = Math.min((clientWidth - 2 * MARGIN) / width, (clientHeight - 2 * MARGIN) / height);
    const scale = Math.max(SMALLEST_FIT, Math.min(LARGEST_FIT, inside));
    const x = (clientWidth - width * scale) / 2;
    // One that is too tall even so starts at its top.
    const y = Math.max((clientHeight - height * scale) / 2, height * scale > clientHeight ? MARGIN : 0);
    select(this.#svg).call(this.#behaviour.transform, zoomIdentity.translate(x, y).scale(scale));
  }
}

declare global {
  interface SVGSVGElement {
    /** d3-zoom keeps the current transform here. */
    __zoom: { k: number };
  }
}
