// Loops that are recorded and run on slots (docs/architecture.md, "Hot loops") print what they print without: every program under
// tests/programs, the code of the lessons, and drawn loops, natively, recorded as soon as may be.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { after, describe, test } from "node:test";
import { fileURLToPath } from "node:url";

const path = (place) => fileURLToPath(new URL(place, import.meta.url));
const PROGRAMS = path("../programs");
const LESSONS = path("../../web/src/lessons");
const NATIVE = path("../../build/native/nabla_native");
const DRAWN = 100;

function run(hot, file, folder) {
  const { stdout, stderr, status, signal } = spawnSync(NATIVE, [`--hot=${hot}`, file], { cwd: folder, encoding: "utf8" });
  assert.equal(signal, null);
  return { stdout, stderr, status };
}
const account = ({ stdout, stderr, status }) => stdout + (stderr && `--- stderr ---\n${stderr}`) + (status === 0 ? "" : `--- exit ${status} ---\n`);

describe("every program", () => {
  const programs = readdirSync(PROGRAMS, { recursive: true }).map(String).filter((name) => name.endsWith(".py")).sort();
  for (const program of programs) {
    test(program, () => {
      const found = account(run(1, basename(program), join(PROGRAMS, program, "..")));
      assert.equal(found, readFileSync(join(PROGRAMS, program.replace(/\.py$/, ".out")), "utf8"));
    });
  }
});

describe("texts", () => {
  const folder = mkdtempSync(join(tmpdir(), "nabla-hot-"));
  after(() => rmSync(folder, { recursive: true }));
  const check = (source) => {
    writeFileSync(join(folder, "a.py"), source);
    const plain = run(0, "a.py", folder);
    assert.deepEqual(run(1, "a.py", folder), plain, source);
    assert.deepEqual(run(5, "a.py", folder), plain, source);
  };
  for (const lesson of readdirSync(LESSONS, { recursive: true }).map(String).filter((name) => name.endsWith(".md")).sort()) {
    test(lesson, () => {
      const cells = [...readFileSync(join(LESSONS, lesson), "utf8").matchAll(/^```python\n(.*?)^```$/gms)].map(([, source]) => source);
      check(cells.join("\n"));
    });
  }
  for (let seed = 1; seed <= DRAWN; ++seed) test(`drawn loop ${seed}`, () => check(drawLoop(seed)));
});

/** A small training loop, the same for the same seed. */
function drawLoop(seed) {
  let state = seed * 2654435761;
  const random = () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0;
    return ((state ^ (state >>> 13)) >>> 0) / 2 ** 32;
  };
  const one = (...of) => of[Math.floor(random() * of.length)];
  const number = (digits) => (random() * 6 - 3).toFixed(digits);
  const dtype = one("", "", ", dtype=torch.float64");
  const parameters = Array.from({ length: one(1, 2, 3) }, (_, i) => `p${i}`);
  const lines = ["import torch", ...parameters.map((p) => `${p} = torch.tensor(${one(`[${number(2)}]`, number(2))}, requires_grad=True${dtype})`)];
  lines.push(`c = torch.tensor(${number(2)}${dtype})`, "total, count, losses, lr = 0.0, 0, [], 0.01");
  lines.push(one("def f(t):\n    return t * t + 1", "def f(t, s=2.0):\n    u = t * s\n    return u - t", "def f(t):\n    if count % 7 == 3:\n        return t * 2\n    return t"));
  const optimizer = one(null, null, "SGD(ps, lr=0.01)", "SGD(ps, lr=0.01, momentum=0.9, nesterov=True)", "Adam(ps, lr=0.02)", "RMSprop(ps)", "AdamW(ps, amsgrad=True)", "NAdam(ps)");
  lines.push(`ps = [${parameters.join(", ")}]`);
  if (optimizer) lines.push(`opt = torch.optim.${optimizer}`);

  const atom = () => one(...parameters, ...parameters, "c", number(one(0, 1, 2)));
  const expression = (depth) => {
    if (depth === 0) return atom();
    const inner = () => expression(depth - 1);
    return one(
      () => `(${inner()} ${one("+", "-", "*")} ${inner()})`,
      () => `(${inner()} ${one("+", "-", "*")} ${inner()})`,
      () => `(${one(...parameters)} / (c ** 2 + ${one(...parameters)} * ${one(...parameters)} + 1.5))`,
      () => `(${one(...parameters)} * ${number(1)}) ** ${one(2, 2, 3, 1, 0, 4, "2.0")}`,
      () => `f(${inner()})`,
      () => `torch.${one("tanh", "sin", "cos", "sigmoid", "exp")}(${one(...parameters)} * ${number(2)})`,
      () => `-(${inner()})`,
    )();
  };
  const rounds = one(20, 60, 150);
  const nested = random() < 0.25;
  if (nested) lines.push(`for e in range(${rounds}):`, `    for i in ${one("range(3)", "[1, 2, 3]")}:`);
  else lines.push(...one([`for i in range(${rounds}):`], ["i = 0", `while i < ${rounds}:`, "    i += 1"]));

  const body = [];
  const clear = optimizer && random() < 0.7 ? ["opt.zero_grad()"] : parameters.map((p) => one(`${p}.grad = None`, `if ${p}.grad is not None: ${p}.grad.zero_()`));
  const clearsFirst = random() < 0.5;
  if (clearsFirst) body.push(...clear);
  body.push(`loss = (${parameters.join(" + ")}) * ${expression(1)} + (${expression(one(1, 2, 3))} - ${number(1)}) ** 2`);
  if (random() < 0.4) body.push(`z = ${expression(2)}`);
  body.push(one("loss.backward()", "loss.backward()", "loss.sum().backward()", "loss.mean().backward()"));
  if (optimizer) body.push("opt.step()");
  else {
    body.push("with torch.no_grad():");
    for (const p of parameters) body.push(`    ${one(`${p} -= lr * ${p}.grad`, `${p}.sub_(0.01 * ${p}.grad)`, `${p} *= 0.99`, `${p}.data -= lr * ${p}.grad.data`, `${p}.data = ${p}.data - lr * ${p}.grad`)}`);
  }
  for (let k = one(1, 2, 3, 4); k > 0; --k) {
    body.push(one("total += loss.item()", "losses.append(loss.item())", "losses.append(count)", "count += 1", "count = (count * 3 + i) % 1000", "if count % 17 == 5: print(count, loss)",
      "if loss.item() < 0.5: count += 2", "if loss > 1e6: break", "lr = lr * 0.999", "total = float(loss) * 0.5 - total", "a = p0.detach()", "g = p0.grad", "snap = p0.data", "a, b = total, count"));
  }
  if (!clearsFirst) body.push(...clear);
  lines.push(...body.map((line) => (nested ? "        " : "    ") + line));
  lines.push("print(loss, total, count, lr, i, len(losses), losses[-3:])", ...parameters.map((p) => `print(${p}, ${p}.grad, ${p}._version)`));
  if (optimizer) lines.push("print(opt.state_dict())");
  return lines.join("\n") + "\n";
}
