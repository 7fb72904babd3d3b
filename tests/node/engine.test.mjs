// The class Engine: slices, output, limits, and what a trace holds.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { EngineFailure } from "../../build/package/engine.js";
import { loadEngineInNode } from "../../build/package/node.js";

let engine;
before(async () => {
  engine = await loadEngineInNode();
});
after(() => engine.close());

const script = (source) => ({ kind: "script", name: "a.py", cells: [{ kind: "code", source }] });
const notebook = (...sources) => ({ kind: "notebook", name: "n", cells: sources.map((source) => ({ kind: "code", source })) });

describe("a run", () => {
  test("goes on from slice to slice, and hands out its output once", () => {
    engine.open(script("for i in range(1000):\n    x = i\nprint('first')\nfor i in range(1000):\n    x = i\nprint('last')\n"));
    const seen = [];
    let slices = 0;
    let status;
    do {
      status = engine.step(500);
      slices += 1;
      seen.push(...engine.takeOutput().map(({ text }) => text));
    } while (status === "running");
    assert.equal(status, "done");
    assert.equal(seen.join(""), "first\nlast\n");
    assert.ok(slices > 4, `it took ${slices} slices`);
    assert.equal(engine.step(1000), "done");
    assert.deepEqual(engine.takeOutput(), []);
  });

  test("of a live script goes down to the mistake in its syntax; of any other it does not begin", () => {
    const document = script("print('above')\nx = (1,\nprint('below')\n");
    for (const live of [true, false]) {
      engine.open(document, { live });
      while (engine.step(1000) === "running");
      const texts = engine.takeOutput().filter(({ kind }) => kind === "stdout").map(({ text }) => text);
      assert.deepEqual(texts, live ? ["above\n"] : []);
      assert.equal(engine.trace().error.kind, "SyntaxError");
      assert.equal(engine.trace().error.span.line, 2);
    }
  });

  test("takes the same number of steps every time, however it is sliced", () => {
    const source = "def f(n):\n    return 1 if n < 2 else n * f(n - 1)\nprint(f(20))\n";
    const steps = [100, 7, 1_000_000].map((budget) => {
      engine.open(script(source));
      while (engine.step(budget) === "running");
      return engine.trace().steps;
    });
    assert.ok(steps[0] > 0);
    assert.deepEqual(steps, [steps[0], steps[0], steps[0]]);
  });

  test("starts from nothing: no name is left of the run before", () => {
    engine.run(script("secret = 1\n"));
    assert.equal(engine.run(script("secret\n")).error?.message, "name 'secret' is not defined");
  });

  test("can be dropped in the middle", () => {
    engine.open(script("while True:\n    pass\n"));
    assert.equal(engine.step(1000), "running");
    assert.equal(engine.trace().status, "running");
    assert.equal(engine.run(script("print(1)\n")).status, "done");
  });

  test("takes any text: two-byte, four-byte, a zero byte and half a surrogate pair", () => {
    const texts = [];
    engine.run(script("print('α😀')\nprint('a\ud800b')\n"), { onOutput: ({ text }) => texts.push(text) });
    assert.equal(texts.join(""), "α😀\na\ufffdb\n");
  });

  test("with recording off prints the same and draws nothing", () => {
    const source = "import torch\nx = torch.tensor(2.0, requires_grad=True)\ny = x * x\nprint(y)\n";
    const on = engine.run(script(source));
    const off = engine.run(script(source), { record: false });
    assert.deepEqual(off.cells, on.cells);
    assert.equal(on.graph.operations.length, 1);
    assert.equal(off.graph.operations.length, 0);
  });
});

describe("a notebook", () => {
  test("echoes the last expression of each cell, and stops at the first error", () => {
    const trace = engine.run(notebook("1 + 1", "x = 3", "'text'", "1 / 0", "print('never')"));
    assert.deepEqual(trace.cells.map(({ status }) => status), ["done", "done", "done", "error", "waiting"]);
    assert.deepEqual(trace.cells[0].outputs.map(({ kind, text }) => [kind, text]), [["result", "2\n"]]);
    assert.deepEqual(trace.cells[1].outputs, []);
    assert.equal(trace.cells[2].outputs[0].text, "'text'\n");
    assert.deepEqual(trace.cells[4].outputs, []);
    assert.equal(trace.error.kind, "ZeroDivisionError");
    assert.equal(trace.error.span.cell, 3);
  });
});

describe("the limits", () => {
  test("steps: an endless loop ends with an error that names the line", () => {
    const trace = engine.run(script("x = 1\nwhile True:\n    x = x + 1\n"), { limits: { steps: 100_000 } });
    assert.equal(trace.status, "error");
    assert.equal(trace.error.kind, "StepLimitError");
    assert.ok([2, 3].includes(trace.error.span.line));
    assert.match(trace.error.traceback, /File "a\.py", line [23]/);
  });

  test("recursion: as CPython says it", () => {
    const trace = engine.run(script("def f(n):\n    return f(n + 1)\nf(0)\n"));
    assert.equal(trace.error.kind, "RecursionError");
    assert.match(trace.error.message, /^maximum recursion depth exceeded/);
  });

  test("output", () => {
    const trace = engine.run(script("while True:\n    print('x' * 50)\n"), { limits: { output: 10_000 } });
    assert.equal(trace.error.kind, "OutputLimitError");
    const printed = trace.cells[0].outputs.filter(({ kind }) => kind === "stdout").map(({ text }) => text).join("");
    assert.ok(printed.length > 5_000 && printed.length <= 11_000, `${printed.length} characters`);
  });

  test("memory: of objects and of tensors", () => {
    for (const source of ["x = []\nwhile True:\n    x.append([1, 2, 3])\n", "import torch\nx = []\nwhile True:\n    x.append(torch.zeros(1000))\n"]) {
      const trace = engine.run(script(source), { limits: { memory: 32 * 1024 * 1024 } });
      assert.equal(trace.error?.kind, "MemoryError");
      assert.equal(engine.run(script("print(1)\n")).status, "done");
    }
  });

  test("a chain of a hundred thousand operations is built, run back and freed", () => {
    const source = "import torch\nx = torch.ones(1, requires_grad=True)\ny = x\nfor i in range(100000):\n    y = y + 1\ny.backward()\nprint(x.grad)\ndel y\nprint('freed')\n";
    const texts = [];
    const trace = engine.run(script(source), { onOutput: ({ text }) => texts.push(text) });
    assert.equal(trace.error, null);
    assert.equal(texts.join(""), "tensor([1.])\nfreed\n");
    assert.ok(engine.traceText().length < 200_000, "the trace is bounded by the program, not by the run");
  });
});

test("runs give back their memory: a hundred of them do not make the engine grow", async () => {
  const source = "import torch\nx = torch.ones(1000, 100, requires_grad=True)\ny = (x * 2).sum()\ny.backward()\nkeep = [x, y]\nkeep.append(keep)\n";
  const limits = { memory: 64 * 1024 * 1024 };
  for (let i = 0; i < 100; i++) assert.equal(engine.run(script(source), { limits }).error, null, `run ${i}`);
});

test("a closed engine says so", async () => {
  const other = await loadEngineInNode();
  other.close();
  assert.throws(() => other.step(1), (error) => error instanceof EngineFailure && /closed/.test(error.message));
});
