// What to print: tensors of every dtype, from 0-d to summarised, of all scales and signs, with the suffixes of gradients, in containers,
// under options of set_printoptions. The elements are products of numbers that both sides know exactly, so the text must be the same.
import { randomOf } from "./draw.mjs";

export function drawPrinting({ seed = 1, count = 2000 }) {
  const calls = [];
  for (let k = 0; k < count; ++k) calls.push(drawOne(randomOf(`print ${seed} ${k}`)));
  return calls;
}

function drawOne(random) {
  const chance = (p) => random() < p;
  const oneOf = (list) => list[Math.floor(random() * list.length)];
  const name = oneOf([..."fffffffddddlllihcubb"]);
  const real = name === "f" || name === "d";

  const sizes = oneOf([[], [], [1], [2], [3], [4], [7], [0], [2, 0], [0, 3], [1, 1], [2, 3], [3, 2], [4, 4], [1, 5], [6, 1], [2, 2, 2], [1, 2, 3], [2, 1, 2], [2, 1, 1, 2]]);
  const flags = real ? oneOf(["", "", "", "m", "p", "r", "r", "w", "w"]) : name === "b" ? "" : oneOf(["", "", "k", "w"]);
  const make = (at) => `${name}(${[...at, ...(flags ? [`"${flags}"`] : [])].join(", ")})`;
  let text = make(sizes);
  if (chance(0.14)) {
    const few = oneOf([[1], [2], [3], [7], [12]]);
    const all = oneOf([[1001], [1001, 2], [40, 30], [7, 200], [20, 10, 6], [2, 600], [1, 1100], [5, 5, 5, 9], [500, 0, 4]]);
    const count = all.reduce((a, b) => a * b), times = Math.ceil(all.reduce((a, b) => a * Math.max(b, 1)) / few[0]) + 1;
    text = all.length > 1 && chance(0.6)
      ? `${make([all.at(-1)])}.expand(${all.join(", ")})`
      : `${make(few)}.repeat(${times})[:${count}].reshape(${all.join(", ")})`;
  } else if (chance(0.12)) {
    text = make([oneOf([15, 18, 23, 40])]);
  }
  if (real && chance(0.5)) text = `${text} * ${oneOf(["1e-6", "1e-5", "1e-4", "1e-3", "0.01", "0.1", "10", "100", "1000", "1e4", "1e5", "1e6", "1e8", "1e9", "1e12", "-1", "1e-30", "1e30", "999.996", "0.99999"])}`;
  if (real && chance(0.1)) text = `(${text}).round()`;
  if (real && chance(0.3)) {
    text = oneOf([`(${text}).requires_grad_()`, `(${text}).requires_grad_() * 1`, `(${text}).requires_grad_().flatten()[:1].sum()`, `(${text}).requires_grad_()[None]`, `torch.nn.Parameter(${text})`, `(${text}).requires_grad_().clone().detach()`]);
  } else if (chance(0.15)) {
    text = oneOf([`[${text}, 1]`, `(${text}, l(2))`, `{"a": ${text}}`, `(${text}).shape`, `(${text}).tolist()`, `str(${text})`, `"%s" % (${text},)`, `f'{${text}}'`, `(${text}).reshape(-1).max(0)`, `(${text}).dtype`]);
  } else if (!sizes.length && chance(0.3)) {
    text = oneOf([`(${text}).item()`, `f'{(${text}).max():.3f}'`, `"%.2e" % (${text}).max()`]);
  }
  let options = "";
  if (chance(0.25)) {
    options = [
      chance(0.5) && `precision=${oneOf([0, 1, 2, 3, 6, 8, 10])}`,
      chance(0.3) && `threshold=${oneOf([0, 2, 5, 10, 2000])}`,
      chance(0.3) && `edgeitems=${oneOf([1, 2, 4, 5])}`,
      chance(0.3) && `linewidth=${oneOf([20, 40, 60, 120, 200])}`,
      chance(0.2) && `profile="${oneOf(["short", "full", "default"])}"`,
      chance(0.3) && `sci_mode=${oneOf(["True", "False"])}`,
    ].filter(Boolean).join(", ");
  }
  return { op: "print", seed: 1 + Math.floor(random() * 999), text, options };
}
