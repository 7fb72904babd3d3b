// Documents in and out of files.
import assert from "node:assert/strict";
import { test } from "node:test";
import { FormatError, readDocument, readExport, readNotebook, readScript, writeNotebook, writeScript } from "../../build/package/formats.js";

const code = (source) => ({ kind: "code", source });
const markdown = (source) => ({ kind: "markdown", source });

test("a .py file is one cell of a script, without byte order mark and carriage returns", () => {
  assert.deepEqual(readDocument("a.py", "\ufeffx = 1\r\nx\n"), { kind: "script", name: "a.py", cells: [code("x = 1\nx\n")] });
});

test("nbformat 4: sources as lists and as strings, raw cells as they are", () => {
  const notebook = {
    nbformat: 4,
    metadata: { kernelspec: { language: "python", name: "python3" } },
    cells: [
      { cell_type: "markdown", source: ["# Title\n", "text"] },
      { cell_type: "code", source: "x = 1\nx", outputs: [], execution_count: 3 },
      { cell_type: "code", source: ["y = 2\n", "y"] },
      { cell_type: "raw", source: "as is" },
    ],
  };
  assert.deepEqual(readDocument("n.IPYNB", JSON.stringify(notebook)), {
    kind: "notebook",
    name: "n.IPYNB",
    cells: [markdown("# Title\ntext"), code("x = 1\nx"), code("y = 2\ny"), markdown("```\nas is\n```")],
  });
});

test("nbformat 3: cells in worksheets, sources in `input`, headings of their own", () => {
  const notebook = {
    nbformat: 3,
    worksheets: [
      {
        cells: [
          { cell_type: "heading", level: 2, source: ["Title"] },
          { cell_type: "code", language: "python", input: ["x = 1\n", "x"] },
          { cell_type: "markdown", source: "text" },
        ],
      },
    ],
  };
  assert.deepEqual(readNotebook("n", JSON.stringify(notebook)).cells, [markdown("## Title"), code("x = 1\nx"), markdown("text")]);
});

test("what is no notebook is said to be none, and why", () => {
  const says = (text, pattern) => assert.throws(() => readNotebook("n.ipynb", text), (error) => error instanceof FormatError && pattern.test(error.message));
  says("{", /^n\.ipynb is not a notebook: it does not hold JSON/);
  says("[1]", /no list of cells/);
  says('{"cells": 3}', /no list of cells/);
  says('{"cells": [null]}', /cell 1 has the unknown type/);
  says('{"cells": [{"cell_type": "code", "source": 3}]}', /cell 1 has no source/);
  says('{"cells": [], "metadata": {"kernelspec": {"language": "julia"}}}', /in julia: nabla runs Python/);
});

test("a notebook that is written and read again is the same", () => {
  const document = { kind: "notebook", name: "n", cells: [markdown("# α\n\ntext\n"), code(""), code("x = '\\n'\n\nx")] };
  assert.deepEqual(readNotebook("n", writeNotebook(document)), document);
});

test("a notebook as a Python file keeps its Markdown and magics as comments", () => {
  const document = { kind: "notebook", name: "n", cells: [markdown("# T\n\ntext"), code("%matplotlib inline\nx = 5\nx\n")] };
  assert.equal(writeScript(document), "# %% [markdown]\n# # T\n#\n# text\n\n# %%\n# %matplotlib inline\nx = 5\nx\n");
  assert.equal(writeScript(readScript("a.py", "x = 1\n")), "x = 1\n");
});

test("exported text: code goes on over blank lines, output is dropped, the rest is Markdown", () => {
  const text = [
    "# Title", "", "Some text.", "",
    "In [None]:", "import torch", "", "x = torch.tensor([2.0])", "", "# A comment.", "y = x * 3", "y", "", "tensor([6.])", "",
    "In [3]:", "y.backward()", "",
    "In [4]:", "print(x.grad)", "", "tensor([3.])", "", "", "Is this right?", "", "Next, $x$.", "",
    "In [6]:", "print(z.grad)  # dz", "", "None", "", "", "  print(z.grad)  # dz", "", "", "Oh no!", "",
    "In [7]:", "def f(x):", "", "    return x", "", "f(1)", "",
    "In [None]:", "# === Your code here ===", "", "## Part two", "", "## Part three",
  ].join("\n");
  assert.deepEqual(readExport("t", text).cells, [
    markdown("# Title\n\nSome text."),
    code("import torch\n\nx = torch.tensor([2.0])\n\n# A comment.\ny = x * 3\ny"),
    code("y.backward()"),
    code("print(x.grad)"),
    markdown("Is this right?\n\nNext, $x$."),
    code("print(z.grad)  # dz"),
    markdown("Oh no!"),
    code("def f(x):\n\n    return x\n\nf(1)"),
    code("# === Your code here ==="),
    markdown("## Part two\n\n## Part three"),
  ]);
  assert.equal(readDocument("t.txt", text).kind, "notebook");
  assert.equal(readDocument("t.txt", "x = 1").kind, "script");
});
