// The command line: what goes to stdout, what to stderr, and the exit status.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { fileURLToPath } from "node:url";

const NABLA = fileURLToPath(new URL("../../wasm/nabla.mjs", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "nabla-"));
after(() => rmSync(folder, { recursive: true }));

function file(name, text) {
  writeFileSync(join(folder, name), text);
  return name;
}

function nabla(words, input = "") {
  const { stdout, stderr, status } = spawnSync(process.execPath, [NABLA, ...words], { cwd: folder, input, encoding: "utf8" });
  return { stdout, stderr, status };
}

function notebook(...sources) {
  return JSON.stringify({ nbformat: 4, metadata: {}, cells: sources.map((source) => ({ cell_type: "code", source, outputs: [] })) });
}

describe("nabla run", () => {
  test("prints what the program prints, and nothing else", () => {
    assert.deepEqual(nabla(["run", file("a.py", "print('α', 1)\n1 + 1\n")]), { stdout: "α 1\n", stderr: "", status: 0 });
  });

  test("an uncaught exception: output first, traceback to stderr, status 1", () => {
    assert.deepEqual(nabla(["run", file("b.py", "print(1)\nraise ValueError('no')\n")]), {
      stdout: "1\n",
      stderr: 'Traceback (most recent call last):\n  File "b.py", line 2, in <module>\n    raise ValueError(\'no\')\nValueError: no\n',
      status: 1,
    });
  });

  test("sys.exit gives the exit status", () => {
    assert.deepEqual(nabla(["run", file("exit.py", "import sys\nsys.exit(7)\n")]), { stdout: "", stderr: "", status: 7 });
  });

  test("a syntax error stops a script before it starts", () => {
    const { stdout, stderr, status } = nabla(["run", file("c.py", "print(1)\nx = (\n")]);
    assert.equal(stdout, "");
    assert.match(stderr, /SyntaxError/);
    assert.equal(status, 1);
  });

  test("warnings go to stderr", () => {
    const source = "import torch\nx = torch.ones(1, requires_grad=True)\ny = x * 2\nprint(y.grad)\n";
    const { stdout, stderr, status } = nabla(["run", file("d.py", source)]);
    assert.equal(stdout, "None\n");
    assert.match(stderr, /^d\.py:4: UserWarning: The \.grad attribute of a Tensor that is not a leaf/);
    assert.equal(status, 0);
  });

  test("a notebook: also the echo of each cell", () => {
    assert.deepEqual(nabla(["run", file("e.ipynb", notebook("x = 2\nx", ["print('a')\n", "x + 1"], "None"))]), {
      stdout: "2\na\n3\n",
      stderr: "",
      status: 0,
    });
  });

  test("- reads standard input", () => {
    assert.deepEqual(nabla(["run", "-"], "print('from stdin')\n"), { stdout: "from stdin\n", stderr: "", status: 0 });
  });

  test("--json prints the trace, and only that", () => {
    const { stdout, stderr, status } = nabla(["run", "--json", file("f.py", "print(1)\n1 / 0\n")]);
    const trace = JSON.parse(stdout);
    assert.equal(trace.version, 1);
    assert.equal(trace.error.kind, "ZeroDivisionError");
    assert.equal(trace.cells[0].outputs[0].text, "1\n");
    assert.equal(stderr, "");
    assert.equal(status, 1);
  });

  test("--steps ends an endless loop", () => {
    const { stderr, status } = nabla(["run", "--steps", "10_000", file("g.py", "while True:\n    pass\n")]);
    assert.match(stderr, /StepLimitError/);
    assert.equal(status, 1);
  });

  test("output comes while the program still runs", { timeout: 30_000 }, async () => {
    const child = spawn(process.execPath, [NABLA, "run", file("h.py", "print('early')\nwhile True:\n    pass\n")], { cwd: folder });
    const text = await new Promise((resolve) => child.stdout.once("data", (data) => resolve(String(data))));
    assert.equal(text, "early\n");
    assert.equal(child.exitCode, null);
    child.kill();
  });

  test("a reader that goes away ends it quietly", { timeout: 30_000 }, async () => {
    const child = spawn(process.execPath, [NABLA, "run", file("i.py", "while True:\n    print('x')\n    for i in range(1000):\n        pass\n")], { cwd: folder });
    let stderr = "";
    child.stderr.on("data", (data) => (stderr += data));
    child.stdout.once("data", () => child.stdout.destroy());
    const status = await new Promise((resolve) => child.once("exit", resolve));
    assert.equal(stderr, "");
    assert.equal(status, 141);
  });
});

describe("nabla, used wrongly", () => {
  const refuses = (words, pattern) => {
    const { stdout, stderr, status } = nabla(words);
    assert.equal(stdout, "");
    assert.match(stderr, pattern);
    assert.equal(status, 2);
    assert.doesNotMatch(stderr, /\bat .*\.js:/, "no stack of ours");
  };

  test("says what is missing or unknown", () => {
    refuses([], /no command given/);
    refuses(["walk"], /unknown command "walk"/);
    refuses(["run"], /no file to run/);
    refuses(["run", "a.py", "b.py"], /one file at a time/);
    refuses(["run", "--fast", "a.py"], /--fast/);
    refuses(["run", "--steps", "many", "a.py"], /--steps wants a whole number/);
  });

  test("says why a file cannot be run", () => {
    refuses(["run", "nowhere.py"], /cannot read nowhere\.py: there is no such file/);
    refuses(["run", "."], /cannot read \.: it is a folder/);
    refuses(["run", file("bad.ipynb", "{")], /bad\.ipynb is not a notebook: it does not hold JSON/);
    writeFileSync(join(folder, "latin.py"), Buffer.from([0x23, 0xe9, 0x0a]));
    refuses(["run", "latin.py"], /not UTF-8/);
  });

  test("--help explains itself", () => {
    const { stdout, status } = nabla(["--help"]);
    assert.match(stdout, /usage: nabla run/);
    for (const option of ["--json", "--steps", "--help", ".ipynb"]) assert.ok(stdout.includes(option), option);
    assert.equal(status, 0);
  });
});
