// The few icons of the page, drawn as lines on a 20 by 20 field. They are decoration: whoever uses one gives it a label.
import type { VNode } from "preact";

const paths = {
  up: "M10 16V4M5 9l5-5 5 5",
  down: "M10 4v12M5 11l5 5 5-5",
  trash: "M4 6h12M8 6V4h4v2M6 6l1 11h6l1-11",
  text: "M4 5h12M10 5v11",
  code: "M7 6l-4 4 4 4M13 6l4 4-4 4",
  pen: "M4 16l1-4 8-8 3 3-8 8zM11.5 5.5l3 3",
  plus: "M10 4v12M4 10h12",
  share: "M8.5 11.5l3-3M9 6l1.5-1.5a3.5 3.5 0 015 5L14 11M11 14l-1.5 1.5a3.5 3.5 0 01-5-5L6 9",
  menu: "M4 6h12M4 10h12M4 14h12",
  sun: "M10 6.5a3.5 3.5 0 100 7 3.5 3.5 0 000-7M10 1.5v2M10 16.5v2M1.5 10h2M16.5 10h2M4 4l1.4 1.4M14.6 14.6L16 16M4 16l1.4-1.4M14.6 5.4L16 4",
  moon: "M16.5 12A7 7 0 018 3.5a7 7 0 108.5 8.5z",
  fit: "M4 8V4h4M12 4h4v4M16 12v4h-4M8 16H4v-4",
  minus: "M4 10h12",
  close: "M5 5l10 10M15 5L5 15",
  play: "M6 4l10 6-10 6z",
  pause: "M7 4v12M13 4v12",
  next: "M5 4l8 6-8 6zM15 4v12",
  previous: "M15 4l-8 6 8 6zM5 4v12",
  search: "M9 3.5a5.5 5.5 0 100 11 5.5 5.5 0 000-11M13 13l4 4",
  download: "M10 3v10M6 9.5l4 4 4-4M4 17h12",
  help: "M7.2 7.6a2.9 2.9 0 115 2c-1.3 1-2.2 1.5-2.2 3M10 15.7v.1",
  copy: "M7 7V3h10v10h-4M3 7h10v10H3z",
  check: "M4 11l4 4 8-10",
} as const;

export function Icon({ name }: { name: keyof typeof paths }): VNode {
  return (
    <svg viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}
