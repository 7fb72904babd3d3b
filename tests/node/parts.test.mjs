// The engine's two files: what the first can do alone, and how the rest comes in, or does not.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { MessageChannel } from "node:worker_threads";
import { EngineClient } from "../../build/package/client.js";
import { EngineFailure, loadEngine } from "../../build/package/engine.js";
import { serveEngine } from "../../build/package/host.js";
import { nodeParts } from "../../build/package/node.js";
import { FIRST } from "../../build/package/parts.js";
import { CELLS } from "../tutorial.mjs";

const script = (source) => ({ kind: "script", name: "a.py", cells: [{ kind: "code", source }] });
const bench = (name) => readFileSync(new URL(`../bench/${name}`, import.meta.url), "utf8");

const NEEDS_REST = "import itertools\nprint(list(itertools.chain('ab', 'c')))\n";

const nowhere = () => {
  throw new Error("it is not there");
};

/** The parts as they are, but counting; `broken()` says whether the rest is out of reach. */
function countedParts(broken = () => false) {
  const asked = { rest: 0, restNow: 0 };
  return {
    asked,
    first: nodeParts.first,
    rest: async () => (asked.rest++, broken() ? nowhere() : nodeParts.rest()),
    restNow: () => (asked.restNow++, broken() ? nowhere() : nodeParts.restNow()),
  };
}

function stdout(engine, source) {
  let text = "";
  const trace = engine.run(script(source), { onOutput: ({ text: piece }) => (text += piece) });
  assert.equal(trace.error, null, text);
  return text;
}

describe("the first file alone", () => {
  const alone = { first: nodeParts.first, rest: nowhere, restNow: nowhere };

  test("runs the tutorial, with its trace", async () => {
    const engine = await loadEngine(alone);
    const cells = CELLS.map(({ source }) => ({ kind: "code", source }));
    const trace = engine.run({ kind: "notebook", name: "tutorial", cells });
    assert.equal(trace.status, "done");
    assert.equal(trace.cells[0].outputs[0].text, CELLS[0].result);
    engine.close();
  });

  for (const name of ["formula.py", "rosenbrock.py"]) {
    test(`trains as in the bench: ${name}`, async () => {
      const engine = await loadEngine(alone);
      const train = (count, record) => assert.equal(engine.run(script(`count = ${count}\n${bench(name)}`), { record }).status, "done");
      for (const count of [3, 300, 30_000]) train(count, true);
      train(50, false); // more rounds without a trace make a hot loop: that is in the rest
      engine.close();
    });
  }
});

describe("the rest", () => {
  test("comes with the first call that needs it, and only once", async () => {
    const parts = countedParts();
    const engine = await loadEngine(parts);
    assert.equal(stdout(engine, "print(1 + 1)\n"), "2\n");
    assert.deepEqual(parts.asked, { rest: 0, restNow: 0 });
    assert.equal(stdout(engine, NEEDS_REST), "['a', 'b', 'c']\n");
    assert.equal(engine.run(script("x = (1 +\n")).error.message, "'(' was never closed");
    assert.deepEqual(parts.asked, { rest: 0, restNow: 1 });
  });

  test("has the list of PyTorch's names, in which a missing one is looked up", async () => {
    const parts = countedParts();
    const engine = await loadEngine(parts);
    assert.equal(engine.run(script("import torch\ntorch.hspmm\n")).error.message, "torch.hspmm is not part of nabla yet");
    assert.deepEqual(parts.asked, { rest: 0, restNow: 1 });
  });

  test("can be loaded ahead of need", async () => {
    const parts = countedParts();
    const engine = await loadEngine(parts);
    await engine.complete();
    await engine.complete();
    assert.equal(stdout(engine, NEEDS_REST), "['a', 'b', 'c']\n");
    assert.deepEqual(parts.asked, { rest: 1, restNow: 0 });
  });

  test("may come from both sides at once", async () => {
    const parts = countedParts();
    const engine = await loadEngine(parts);
    const complete = engine.complete();
    assert.equal(stdout(engine, NEEDS_REST), "['a', 'b', 'c']\n");
    await complete;
    assert.equal(stdout(engine, NEEDS_REST), "['a', 'b', 'c']\n");
  });

  test("is loaded with the first file where a call cannot wait for it", async () => {
    const { first, rest } = nodeParts;
    assert.equal(stdout(await loadEngine({ first, rest }), NEEDS_REST), "['a', 'b', 'c']\n");
  });

  test("throws what the first file catches, and the other way round", async () => {
    const engine = await loadEngine(nodeParts);
    const inOperator = "import torch\ntry:\n    torch.ones(2, 3).cumsum(5)\nexcept IndexError as error:\n    print(error)\n";
    assert.equal(stdout(engine, inOperator), "Dimension out of range (expected to be in range of [-2, 1], but got 5)\n");
    const throughSort = "x = [3, 1, 2]\ntry:\n    x.sort(key=lambda n: 1 / 0)\nexcept ZeroDivisionError as error:\n    print(error, x)\n";
    assert.equal(stdout(engine, throughSort), "division by zero [3, 1, 2]\n");
  });
});

test("no function takes a SIMD vector, which a placeholder could not pass on", () => {
  const bytes = readFileSync(FIRST);
  let at = 8;
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  assert.equal(bytes[at++], 1, "the section of types comes first");
  number(); // its length
  const types = number();
  assert.ok(types > 50);
  for (let i = 0; i < types; i++) {
    assert.equal(bytes[at++], 0x60, "a function's type");
    for (const of of ["parameters", "results"]) {
      const length = number();
      assert.ok(!bytes.subarray(at, at + length).includes(0x7b), `type ${i} has a vector among its ${of}`);
      at += length;
    }
  }
});

describe("without the rest", () => {
  const notLoaded = (error) => error instanceof EngineFailure && error.message === "a part of the engine could not be loaded: it is not there";

  test("a run that needs it fails and says why, and so does every later use of that engine", async () => {
    const engine = await loadEngine(countedParts(() => true));
    await assert.rejects(engine.complete(), notLoaded);
    assert.equal(stdout(engine, "print(1 + 1)\n"), "2\n");
    assert.throws(() => engine.run(script(NEEDS_REST)), notLoaded);
    assert.throws(() => engine.step(1), EngineFailure);
  });

  test("a run fails also where the engine was about to catch whatever comes", async () => {
    for (const use of ["print('before', Needy())", "[Needy()].sort(key=str)", "try:\n    str(Needy())\nexcept:\n    pass"]) {
      const parts = countedParts(() => true);
      const engine = await loadEngine(parts);
      const needy = "class Needy:\n    def __str__(self):\n        return ''.join(reversed('abc'))\n";
      assert.throws(() => engine.run(script(`${needy}${use}\n`)), notLoaded);
      assert.equal(parts.asked.restNow, 1);
    }
  });

  test("the first file out of reach: the engine could not be loaded", async () => {
    const wanted = (error) => error instanceof EngineFailure && error.message === "the engine could not be loaded: it is not there";
    await assert.rejects(loadEngine({ ...nodeParts, first: async () => nowhere() }), wanted);
  });
});

describe("the worker", () => {
  /** A client, a host in this same thread, and what was heard. */
  function connect(parts) {
    const ports = [];
    const heard = [];
    const waiting = [];
    const hear = (one) => {
      heard.push(one);
      waiting.shift()?.(one);
    };
    const create = () => {
      const { port1, port2 } = new MessageChannel();
      ports.push(port1);
      port2.start();
      serveEngine(port2, parts);
      port1.on("message", (data) => data.type === "loading" && heard.push(data));
      return { postMessage: (message) => port1.postMessage(message), addEventListener: (type, listener) => port1.on(type, (data) => listener({ data })) };
    };
    const client = new EngineClient(create, { onReport: hear, onFailure: (failure) => hear({ failure }) });
    const run = (source) => {
      client.run(script(source));
      return new Promise((resolve) => waiting.push(resolve));
    };
    return { client, run, heard, close: () => ports.forEach((port) => port.close()) };
  }

  test("says that it waits for the rest", async () => {
    const { run, heard, close } = connect(countedParts());
    assert.equal((await run(NEEDS_REST)).trace.status, "done");
    assert.deepEqual(heard.map(({ type }) => type), ["loading", undefined]);
    close();
  });

  test("fails a run whose rest is out of reach, and runs the next when it is back", async () => {
    let broken = true;
    const { client, run, close } = connect(countedParts(() => broken));
    client.complete();
    assert.deepEqual(await run(NEEDS_REST), { failure: "a part of the engine could not be loaded: it is not there" });
    assert.deepEqual(await run(NEEDS_REST), { failure: "a part of the engine could not be loaded: it is not there" });
    broken = false;
    assert.equal((await run(NEEDS_REST)).trace.status, "done");
    close();
  });

  test("loads the rest when it is told to", async () => {
    const parts = countedParts();
    const { client, run, close } = connect(parts);
    client.complete();
    while (parts.asked.rest === 0) await run("x = 1\n");
    await run("x = 1\n");
    assert.deepEqual(parts.asked, { rest: 1, restNow: 0 });
    close();
  });
});
