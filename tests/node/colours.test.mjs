// The page's colours for those who see fewer of them: what two colours mean can be told apart under each kind of colour-blindness and in
// both themes, or else by a second sign. The simulation is that of Machado, Oliveira and Fernandes (2009), at full severity.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";

const read = (path) => readFileSync(new URL(`../../web/src/${path}`, import.meta.url), "utf8");

/**
 * What stands side by side, by its colour (a token of styles/tokens.css, or a name in another file) and, where colour is not all, its second
 * sign: what it is, and the text of the page's source that makes it.
 */
const MEANINGS = {
  "squares of a heat map": [
    { what: "positive", colour: "--plus" },
    { what: "negative", colour: "--minus" },
  ],
  "cards of the graph": [
    { what: "leaf", colour: "--accent-wash", sign: ["a thin outline", "graph/graph.css", ".is-tracked .card {\n  stroke: var(--accent-line);"] },
    { what: "no gradient tracked", colour: "--sunken", sign: ["no outline", "graph/graph.css", ".is-constant .card {\n  fill: var(--sunken);\n  stroke: transparent;"] },
    { what: "computed", colour: "--raised", sign: ["an operator's sign on its edge", "graph/node.tsx", "<Sign "] },
  ],
  "numbers on a card": [
    { what: "value", colour: "--ink", sign: ["no word before it", "graph/node.tsx", 'class="value"'] },
    { what: "gradient that is kept", colour: "--accent", sign: ["the word grad", "graph/node.tsx", 'class="grad-word"'] },
    { what: "gradient passed through", colour: "--ink-3", sign: ["the word grad, in italics", "graph/graph.css", ".is-passing .grad-word {\n  fill: var(--ink-3);\n  font-style: italic;"] },
  ],
  "lines of the graph": [
    { what: "a gradient flows along it", colour: "--accent-line", sign: ["a wider line", "graph/graph.css", ".edge.is-tracked {\n  stroke: var(--accent-line);\n  stroke-width: 1.75;"] },
    { what: "no gradient flows along it", colour: "--rule-strong", sign: ["a thin line", "graph/graph.css", "stroke-width: 1.25;"] },
  ],
  "what a cell prints": [
    { what: "error", colour: "--error", sign: ["the word Error", "document/outputs.tsx", 'error: "Error"'] },
    { what: "warning", colour: "--warning", sign: ["the word Warning", "document/outputs.tsx", 'warning: "Warning"'] },
    { what: "plain text", colour: "--ink", sign: ["no word before it", "document/outputs.tsx", "words[kind] &&"] },
  ],
  "the time line": [
    { what: "forward", colour: "--rule-strong", sign: ["its name below it", "step/timeline.tsx", 'forward: ["forward", "fwd"]'] },
    { what: "backward", colour: "--accent", sign: ["its own name below it", "step/timeline.tsx", 'backward: ["backward", "back"]'] },
  ],
  "verdicts on a formula": [
    { what: "right", colour: "--accent", sign: ["a tick", "check/verdict.tsx", 'is === "right" ? "check"'] },
    { what: "wrong", colour: "--error", sign: ["a cross", "check/verdict.tsx", 'is === "wrong" ? "close"'] },
  ],
  "exercises": [
    { what: "solved", colour: "--good", sign: ["a tick and a word", "lessons/verdict.tsx", 'isSolved ? "Solved"'] },
    { what: "open", colour: "--ink-3", sign: ["no tick", "lessons/verdict.tsx", '<Icon name="check" />'] },
  ],
  "racers of the lab": [0, 1, 2, 3, 4, 5].map((index) => ({ what: `racer ${index + 1}`, colour: `--racer-${index}`, file: "lab/lab.css", sign: [`shape ${index + 1}`, "lab/plot.tsx", "marker(index)"] })),
};

/** Where colours are marks, they stand on this ground, and must be seen on it. */
const MARKS = ["--plus", "--minus", "--accent", "--error", "--warning", "--good", "--ink-3"];

const SIGHTS = {
  "full colour vision": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protanopia: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deuteranopia: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  tritanopia: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
};
const THEMES = ["light", "dark"];

/** Distances in CIE L*a*b*: just told apart side by side is 2; these hold for small marks that lie apart. */
const TOLD_BY_COLOUR = 24;
const TOLD_BY_LIGHTNESS = 14;
/** WCAG 1.4.11. */
const SEEN = 3;

function colourOf(token, theme, file = "styles/tokens.css") {
  const match = read(file).match(new RegExp(`${token}: light-dark\\((#\\w{6}), (#\\w{6})\\);`));
  assert.ok(match, `${token} is not a colour of ${file}`);
  const hex = match[THEMES.indexOf(theme) + 1];
  return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
}

const seenAs = (linear, sight) => SIGHTS[sight].map((row) => Math.min(1, Math.max(0, row.reduce((sum, factor, i) => sum + factor * linear[i], 0))));
const luminance = ([r, g, b]) => 0.2126 * r + 0.7152 * g + 0.0722 * b;
const contrast = (a, b) => (Math.max(luminance(a), luminance(b)) + 0.05) / (Math.min(luminance(a), luminance(b)) + 0.05);

function lab([r, g, b]) {
  const xyz = [(0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505, luminance([r, g, b]), (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089];
  const [x, y, z] = xyz.map((t) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116));
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

describe("colours mean the same to everybody", () => {
  for (const sight of Object.keys(SIGHTS)) {
    for (const theme of THEMES) {
      test(`${sight}, ${theme}: two meanings differ in colour, in lightness, or in a second sign`, () => {
        const alike = [];
        for (const [place, meanings] of Object.entries(MEANINGS)) {
          meanings.forEach((a, i) => {
            for (const b of meanings.slice(i + 1)) {
              const [p, q] = [a, b].map(({ colour, file }) => lab(seenAs(colourOf(colour, theme, file), sight)));
              const isTold = Math.hypot(...p.map((value, k) => value - q[k])) >= TOLD_BY_COLOUR || Math.abs(p[0] - q[0]) >= TOLD_BY_LIGHTNESS;
              const hasSigns = a.sign && b.sign && a.sign[0] !== b.sign[0];
              if (!isTold && !hasSigns) alike.push(`${place}: ${a.what} and ${b.what} look alike, and nothing but colour tells them apart`);
            }
          });
        }
        assert.deepEqual(alike, []);
      });

      test(`${sight}, ${theme}: marks are seen on their ground`, () => {
        const ground = seenAs(colourOf("--raised", theme), sight);
        const faint = MARKS.filter((mark) => contrast(seenAs(colourOf(mark, theme), sight), ground) < SEEN);
        assert.deepEqual(faint, []);
      });
    }
  }

  test("each second sign is on the page", () => {
    for (const meanings of Object.values(MEANINGS)) {
      for (const { what, sign } of meanings) if (sign) assert.ok(read(sign[1]).includes(sign[2]), `${what}: ${sign[0]} is not in ${sign[1]}`);
    }
  });
});
