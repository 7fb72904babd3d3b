// How large the parts of a node are, and what they say. All text in the graph is monospaced, so widths are counted, not measured.
import type { Preview } from "../../../wasm/src/trace.ts";
import { type Heat, heatOf, squareSize } from "../tensor/heat.ts";
import { shapeText, shortText } from "../tensor/text.ts";
import { type GraphNode, operationText, slopeOf } from "./model.ts";

/** Width of a character by font size, for IBM Plex Mono. */
export const charWidth = (size: number) => size * 0.6;

export const BADGE = 26;
export const ROW = 20;
const HEAT = 9;
const PAD = 12;
const NAME_SIZE = 14;
const TEXT_SIZE = 13;
const SMALL_SIZE = 10.5;
const MOST_TEXT = 26;
/** Gradients are often small: two numbers in scientific notation. */
const MOST_GRADIENT = 30;
/** Widths go in steps, so that the drawing keeps still while a number gains or loses a digit. */
const STEP = 8;

export interface CardParts {
  width: number;
  height: number;
  badge: { text: string; width: number } | null;
  name: string;
  shape: string;
  value: string | null;
  grad: string | null;
  valueHeat: Heat | null;
  gradHeat: Heat | null;
  /** Side of a square in the pictures. */
  square: number;
  gradFn: string | null;
  times: string | null;
}

/** A value and a gradient as text, or if they are too large for that, as pictures; a gradient whose value is a picture is one too. */
export function textsOf(tensor: Preview, gradient: Preview | null): Pick<CardParts, "value" | "grad" | "valueHeat" | "gradHeat" | "square"> {
  const value = shortText(tensor, MOST_TEXT);
  const grad = gradient && (value === null ? null : shortText(gradient, MOST_GRADIENT));
  const valueHeat = value === null ? heatOf(tensor, 8) : null;
  const gradHeat = gradient && grad === null ? heatOf(gradient, 8) : null;
  const drawn = valueHeat ?? gradHeat;
  return { value, grad, valueHeat, gradHeat, square: drawn ? squareSize(drawn, HEAT) : 0 };
}

export function partsOf(node: GraphNode): CardParts {
  const { tensor, operation } = node;
  const text = node.module ? `${[node.module.name, node.module.type].filter(Boolean).join(" · ")} +` : operation ? operationText(operation) : null;
  const badge = text === null ? null : { text, width: Math.max(BADGE, text.length * charWidth(TEXT_SIZE) + 16) };
  const times = operation && operation.count > 1 ? `×${operation.count.toLocaleString("en")}` : null;
  if (!tensor) {
    return {
      width: badge!.width, height: BADGE, badge, name: "", shape: "", value: null, grad: null,
      valueHeat: null, gradHeat: null, square: 0, gradFn: null, times,
    };
  }
  const slope = slopeOf(tensor);
  const { value, grad, valueHeat, gradHeat, square } = textsOf(tensor.value, slope?.value ?? null);
  const name = tensor.names.at(-1) ?? "";
  const shape = value === null ? shapeText(tensor.value.shape) : "";
  const gradFn = tensor.gradFn;

  const nameWidth = name.length * charWidth(NAME_SIZE) + (shape ? (shape.length + 2) * charWidth(SMALL_SIZE) : 0);
  const valueWidth = valueHeat ? valueHeat.columns * square : value!.length * charWidth(TEXT_SIZE);
  const wordWidth = slope ? (slope.word.length + 1.5) * charWidth(SMALL_SIZE) : 0;
  const gradWidth = gradHeat ? gradHeat.columns * square + (valueHeat ? 0 : wordWidth) : grad ? grad.length * charWidth(TEXT_SIZE) + wordWidth : 0;
  const fnWidth = gradFn ? gradFn.length * charWidth(SMALL_SIZE) : 0;

  let width: number;
  let height = badge ? BADGE / 2 + 4 : 7;
  if (valueHeat) {
    width = Math.max(nameWidth, fnWidth, valueWidth + (gradWidth ? 10 + gradWidth : 0));
    height += (nameWidth ? ROW : 0) + valueHeat.rows * square + (gradHeat ? 14 : 4);
  } else {
    width = Math.max(nameWidth ? nameWidth + 14 + valueWidth : valueWidth, gradWidth, fnWidth);
    height += ROW + (gradHeat ? Math.max(ROW, gradHeat.rows * square + 8) : grad ? ROW : 0);
  }
  if (gradFn) height += 16;
  return {
    width: Math.ceil(Math.max(width + 2 * PAD, 58, badge ? badge.width + 16 : 0) / STEP) * STEP,
    height: height + 6,
    badge, name, shape, value, grad, valueHeat, gradHeat, square, gradFn, times,
  };
}

/** How far a node reaches above its card. */
export const riseOf = ({ tensor }: GraphNode, { badge }: CardParts) => (tensor && badge ? BADGE / 2 : 0);

/** The room that a node takes, with its sign. */
export const extentOf = (node: GraphNode, parts: CardParts) => ({ width: parts.width, height: parts.height + riseOf(node, parts) });
