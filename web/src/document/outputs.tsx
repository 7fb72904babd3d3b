// What a cell printed, in order. Errors and warnings are told apart by their word as well as by colour.
import { useEffect, useRef } from "preact/hooks";
import { FigureOutput } from "./figure.tsx";
import type { Output } from "../../../wasm/src/trace.ts";
import { Late } from "../shell/late.tsx";
import { asShown } from "./terminal.ts";

const loadErrorHelp = () => import("../graph/error-help.tsx").then(({ ErrorHelp }) => ErrorHelp);

const words: Partial<Record<Output["kind"], string>> = { warning: "Warning", error: "Error", note: "Note" };

export function Outputs({ outputs }: { outputs: Output[] }) {
  if (!outputs.length) return null;
  return (
    <div class="outputs">
      {outputs.map(({ kind, text }) => ({ kind: text.includes("\r") ? "stdout" as const : kind, text: asShown(text) })).filter(({ text }) => text !== "").map(({ kind, text }, i) => (
        <div key={i} class={`output output-${kind}`}>
          {words[kind] && <span class="output-word">{words[kind]}</span>}
          {kind === "figure" ? <FigureOutput text={text} /> : <Text text={text.replace(/\n$/, "")} />}
          {kind === "error" && <Late load={loadErrorHelp} />}
        </div>
      ))}
    </div>
  );
}

/** Told after each layout, so that asking forces none. */
const widths = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth) target.setAttribute("tabindex", "0");
    else target.removeAttribute("tabindex");
  }
});

/** Keeps its lines as they are; where they are too long for the page it scrolls, and then the keyboard must reach it. */
function Text({ text }: { text: string }) {
  const element = useRef<HTMLPreElement>(null);
  const longest = text.split("\n").reduce((most, line) => Math.max(most, line.length), 0);
  useEffect(() => {
    const pre = element.current!;
    widths.observe(pre);
    return () => widths.unobserve(pre);
  }, [longest]);
  return <pre ref={element}>{text}</pre>;
}
