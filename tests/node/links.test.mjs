// A document as a link, and back: nothing is lost, and links that were given away open for ever.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";

const path = (name) => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const { BrokenLink, fromFragment, toFragment } = (await runnerImport(path("web/src/share/link.ts"))).module;

const code = (source) => ({ kind: "code", source });
const markdown = (source) => ({ kind: "markdown", source });

test("what goes into a link comes out of it", () => {
  const odd = "tab\t, quote \", backslash \\\\, \u{1F388}, \u2028, \ufeff, lone \r, null-like \\0";
  const cells = [code(""), markdown(odd), code("x = 'π'\n\n\n"), markdown(""), code(odd.repeat(300))];
  for (const kind of ["notebook", "script"]) {
    for (const view of [{}, { step: 3, cursor: [0, 12], other: { deep: [null, "x"] } }]) {
      const shared = { document: { kind, name: "ä b.ipynb", cells }, view };
      assert.deepEqual(fromFragment(toFragment(shared)), shared);
    }
  }
});

test("control characters in a document are kept as well", () => {
  const document = { kind: "notebook", name: "n", cells: [code("a = '\x00\x01\x02\x03'"), markdown("\x02")] };
  assert.deepEqual(fromFragment(toFragment({ document, view: {} })).document, document);
});

test("a link of version 2 opens for ever, so its dictionary never changes", () => {
  const hash = createHash("sha256").update(readFileSync(path("web/src/share/dictionary-2.md"))).digest("hex");
  assert.equal(hash, "cda467da1792414c9352bfe3403e60650ac5591669f5afdf8fab0d98a6986e8b", "another dictionary is another version");
  const { document, view } = fromFragment("AlIvgDNgAI1s62UWVOYlMVYrgRrsSlbGtczKCt6wyRzQkBMTSoMBV3sBUnhXoM3TAAA");
  assert.deepEqual(view, { step: 3 });
  assert.deepEqual(document.cells, [markdown("# Kept for good"), code("import torch\nx = torch.tensor([2.0])\nprint(x.requires_grad)")]);
});

test("a link with one wrong character is broken, and never another document", () => {
  const document = { kind: "notebook", name: "n", cells: [code("import torch\nw = torch.ones(3, requires_grad=True)\n(w ** 2).sum().backward()\nw.grad")] };
  const fragment = toFragment({ document, view: {} });
  for (let at = 0; at < fragment.length; at++) {
    for (const other of ["A", "w", "_", "%"]) {
      const changed = fragment.slice(0, at) + other + fragment.slice(at + 1);
      try {
        assert.deepEqual(fromFragment(changed).document, document);
      } catch (error) {
        assert.ok(error instanceof BrokenLink, `${changed}: ${error}`);
      }
    }
    assert.throws(() => fromFragment(fragment.slice(0, at)), BrokenLink);
  }
});

test("a link that would fill the memory is refused", () => {
  const document = { kind: "script", name: "big.py", cells: [code("0".repeat(5_000_000))] };
  assert.throws(() => fromFragment(toFragment({ document, view: {} })), /it is too large/);
});
