// A mark of our own in a plot of Observable Plot.
import type * as Plot from "@observablehq/plot";
import type { Create, Room } from "./shared.ts";

type Scales = { x: (value: number) => number; y: (value: number) => number };

/** A mark of our own: draws with the scales of the plot. */
export function custom(draw: (scales: Scales, room: Room) => SVGElement[], create: Create, clip: boolean): Plot.Markish {
  return (_index, scales, _channels, dimensions) => {
    const group = create("g");
    const room = { left: dimensions.marginLeft, right: dimensions.width - dimensions.marginRight, top: dimensions.marginTop, bottom: dimensions.height - dimensions.marginBottom };
    if (clip) {
      const id = `figure-clip-${++clips}`;
      const path = create("clipPath", { id });
      path.append(create("rect", { x: room.left, y: room.top, width: room.right - room.left, height: room.bottom - room.top }));
      group.append(path);
      group.setAttribute("clip-path", `url(#${id})`);
    }
    group.append(...draw(scales as unknown as Scales, room));
    return group;
  };
}
let clips = 0;
