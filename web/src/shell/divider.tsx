// The lines between the panes. Each can be dragged or moved by keys, and what it leaves to the panes is kept in this browser.
import { type Signal, signal } from "@preact/signals";
import type { CSSProperties, TargetedPointerEvent } from "preact";
import { savedShare, saveShare } from "../document/storage.ts";

interface Line {
  /** What it is the measure of. */
  label: string;
  /** In percent of the room: where it stands until it is moved, and how far it goes. */
  usual: number;
  least: number;
  most: number;
  isUpright: boolean;
  /** Where in the room the pointer is, in percent. */
  at(event: PointerEvent, divider: HTMLElement): number;
}

const lines = {
  /** Between document and side. */
  document: { label: "Width of the document", usual: 49, least: 25, most: 75, isUpright: true, at: ({ clientX }) => (clientX / innerWidth) * 100 },
  /** Above the dock that a narrow window has. */
  dock: { label: "Height of the graph", usual: 42, least: 20, most: 80, isUpright: false, at: ({ clientY }) => (1 - clientY / innerHeight) * 100 },
  /** Between graph and values. */
  values: {
    label: "Height of the values",
    usual: 38,
    least: 10,
    most: 75,
    isUpright: false,
    at: ({ clientY }, divider) => {
      const { bottom, height } = divider.parentElement!.getBoundingClientRect();
      return ((bottom - clientY) / height) * 100;
    },
  },
} satisfies Record<string, Line>;

type Name = keyof typeof lines;
const names = Object.keys(lines) as Name[];

const clamped = ({ least, most }: Line, share: number) => Math.round(Math.max(least, Math.min(most, share)) * 10) / 10;

/** Where each line was moved to; null for its usual place. */
const shares = Object.fromEntries(
  names.map((name) => {
    const saved = savedShare(name);
    return [name, signal(saved === null ? null : clamped(lines[name], saved))];
  }),
) as Record<Name, Signal<number | null>>;

function move(name: Name, share: number | null): void {
  shares[name].value = share === null ? null : clamped(lines[name], share);
}

/** As CSS's variables, `--document-share` and so on; those not moved are left to the style sheets. */
export function sharesAsStyle(): CSSProperties {
  return Object.fromEntries(names.flatMap((name) => (shares[name].value === null ? [] : [[`--${name}-share`, shares[name].value]])));
}

export function Divider({ name }: { name: Name }) {
  const line: Line = lines[name];
  const now = shares[name].value ?? line.usual;
  const set = (share: number | null) => (move(name, share), saveShare(name, shares[name].peek()));
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Record<string, number | null> = line.isUpright
      ? { ArrowLeft: now - 2, ArrowRight: now + 2, Home: line.least, End: line.most, Enter: null }
      : { ArrowDown: now - 2, ArrowUp: now + 2, Home: line.least, End: line.most, Enter: null };
    const share = steps[event.key];
    if (share === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    set(share);
  };
  const onPointerDown = (event: TargetedPointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    event.preventDefault(); // no text is marked on the way
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  return (
    <div
      class={`divider divider-${name}`}
      role="separator"
      tabindex={0}
      aria-label={line.label}
      aria-orientation={line.isUpright ? "vertical" : "horizontal"}
      aria-valuenow={Math.round(now)}
      aria-valuemin={line.least}
      aria-valuemax={line.most}
      aria-valuetext={`${Math.round(now)} percent`}
      title="Drag to make room; double-click for the usual place"
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onPointerMove={(event) => event.currentTarget.hasPointerCapture(event.pointerId) && move(name, line.at(event, event.currentTarget))}
      onLostPointerCapture={() => set(shares[name].peek())}
      onDblClick={() => set(null)}
    />
  );
}
