// One card of the graph: the operator's sign on its upper edge, the name and the value, the gradient, and the name of grad_fn.
import { useEffect } from "preact/hooks";
import { hovered, select, selected } from "../links.ts";
import { HeatSquares } from "../tensor/heat-map.tsx";
import type { PlacedNode } from "./layout.ts";
import { BADGE, type CardParts, ROW } from "./measure.ts";
import { setOpen } from "./fold.ts";
import { type GraphNode, sentenceOf, slopeOf } from "./model.ts";
import type { Place } from "./walk.ts";

const PAD = 12;

interface NodeCardProps {
  placed: PlacedNode;
  place: Place;
  /** The keyboard comes in here. */
  isEntry: boolean;
  /** It, or what it stands for, is pointed at. */
  isLit: boolean;
  /** The time line has not reached it. */
  isAhead: boolean;
  /** It is not what is looked for. */
  isPassedOver: boolean;
  /** What a click does in place of selecting. */
  onPick: ((id: number) => void) | null;
}

export function NodeCard({ placed, place, isEntry, isLit, isAhead, isPassedOver, onPick }: NodeCardProps) {
  const { node, parts, x, y } = placed;
  const { tensor } = node;
  const isSelected = tensor !== null && selected.value === tensor.id;
  const label = sentenceOf(node);
  // What goes away under the pointer is not left by it.
  useEffect(() => () => void (tensor && hovered.peek() === tensor.id && (hovered.value = null)), [tensor?.id]);
  const rise = parts.badge && tensor ? BADGE / 2 : 0;
  return (
    <g
      class={`node ${classesOf(node)} ${isLit ? "is-lit" : ""} ${isSelected ? "is-selected" : ""} ${isAhead || isPassedOver ? "is-ahead" : ""}`}
      style={{ transform: `translate(${x}px, ${y}px)` }}
    >
      <g aria-hidden="true">
        {tensor && <rect class="card" width={parts.width} height={parts.height} rx={7} />}
        {tensor && <CardText node={node} parts={parts} />}
        {parts.badge && <Sign parts={parts} y={tensor ? 0 : BADGE / 2} />}
        {node.isSaved && <rect class="saved" x={parts.width - 11} y={parts.height - 11} width={6} height={6} rx={1} />}
        {parts.times && (
          <text class="times" x={parts.width / 2 + parts.badge!.width / 2 + 6} y={tensor ? -5 : 6}>
            {parts.times}
          </text>
        )}
      </g>
      <rect
        class="hit"
        y={-rise}
        width={parts.width}
        height={parts.height + rise}
        role="treeitem"
        tabindex={isEntry ? 0 : -1}
        aria-label={place.words ? `${label}, ${place.words}` : label}
        aria-level={place.level}
        aria-selected={isSelected}
        aria-expanded={node.module ? false : undefined}
        data-key={node.key}
        onPointerEnter={() => (hovered.value = tensor?.id ?? null)}
        onPointerLeave={() => (hovered.value = null)}
        onFocus={() => (hovered.value = tensor?.id ?? null)}
        onBlur={() => (hovered.value = null)}
        onClick={() => (onPick && tensor ? onPick(tensor.id) : select(isSelected ? null : (tensor?.id ?? null)))}
      />
      {node.module && (
        <rect class="opener" x={(parts.width - parts.badge!.width) / 2} y={tensor ? -BADGE / 2 : 0} width={parts.badge!.width} height={BADGE} onClick={() => setOpen(node.module!.key, true)}>
          <title>{node.module.type ? "Open the module" : "Show how the gradient is computed"}</title>
        </rect>
      )}
    </g>
  );
}

function classesOf({ tensor, operation, isResult, module }: GraphNode): string {
  if (!tensor) return module ? "is-operation is-module" : "is-operation";
  const classes = [tensor.requiresGrad ? "is-tracked" : "is-constant"];
  if (tensor.isLeaf) classes.push("is-leaf");
  if (operation?.view) classes.push("is-view");
  if (module) classes.push("is-module");
  if (isResult) classes.push("is-result");
  return classes.join(" ");
}

function Sign({ parts: { badge, width }, y }: { parts: CardParts; y: number }) {
  const { text } = badge!;
  return (
    <>
      <rect class="sign" x={(width - badge!.width) / 2} y={y - BADGE / 2} width={badge!.width} height={BADGE} rx={BADGE / 2} />
      <text class={/\w/.test(text) ? "sign-text" : "sign-text is-glyph"} x={width / 2} y={y} dy="0.34em">
        {text}
      </text>
    </>
  );
}

function CardText({ node, parts }: { node: GraphNode; parts: CardParts }) {
  const { width, height, name, shape, value, grad, valueHeat, gradHeat, square, gradFn, badge } = parts;
  const slope = slopeOf(node.tensor!);
  const slopeClass = slope?.isPassing ? "grad is-passing" : "grad";
  let y = (badge ? BADGE / 2 + 4 : 7) + 14;
  const right = width - PAD;
  const lines = [];
  if (name) {
    lines.push(
      <text key="name" class="name" x={PAD} y={y}>
        {name}
        {shape && <tspan class="shape" dx="8">{shape}</tspan>}
      </text>,
    );
  }
  if (value !== null) {
    lines.push(
      <text key="value" class="value" x={name ? right : width / 2} y={y} text-anchor={name ? "end" : "middle"}>
        {value}
      </text>,
    );
    y += ROW;
  } else {
    const top = name ? y + 6 : y - 10;
    lines.push(<HeatSquares key="heat" heat={valueHeat!} x={PAD} y={top} size={square} />);
    if (gradHeat) {
      const left = PAD + valueHeat!.columns * square + 10;
      lines.push(
        <g key="grad-heat" class={slopeClass}>
          <HeatSquares heat={gradHeat} x={left} y={top} size={square} />
          <text class="grad-word" x={left} y={top + gradHeat.rows * square + 11}>{slope!.word}</text>
        </g>,
      );
    }
  }
  if (value !== null && (grad || gradHeat)) {
    lines.push(
      <g key="grad" class={slopeClass}>
        <text class="grad-word" x={PAD} y={y}>{slope!.word}</text>
        {grad && (
          <text class="grad-value" x={right} y={y} text-anchor="end">
            {grad}
          </text>
        )}
        {gradHeat && <HeatSquares heat={gradHeat} x={right - gradHeat.columns * square} y={y - 10} size={square} />}
      </g>,
    );
  }
  if (gradFn) {
    lines.push(
      <text key="fn" class="grad-fn" x={width / 2} y={height - 8} text-anchor="middle">
        {gradFn}
      </text>,
    );
  }
  return <>{lines}</>;
}
