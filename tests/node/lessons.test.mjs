// The lessons: every code cell gives what PyTorch gave for it (tests/lessons/recorded.json), and every challenge is solved by its
// solution, not by the untouched cell, and answers wrong attempts in the words of tests/lessons/*.md.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { basename } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";
import { loadEngineInNode } from "../../build/package/node.js";

const root = new URL("../..", import.meta.url);
const read = (path) => readFileSync(new URL(path, root), "utf8");
const source = async (path) => (await runnerImport(fileURLToPath(new URL(path, root)))).module;

const { cellsOfMarkdown } = await source("web/src/document/markdown-file.ts");
const { challengeName, holdsChallenge, parseChallenge } = await source("web/src/lessons/challenge-syntax.ts");
const { check, codeOfChallenge } = await source("web/src/lessons/check.ts");
const recorded = JSON.parse(read("tests/lessons/recorded.json"));

let engine;
before(async () => {
  engine = await loadEngineInNode();
});
after(() => engine.close());

const run = (cells) => engine.run({ kind: "notebook", name: "lesson", cells });

/** The challenges of a document: what is asked, and the code cells it is about. */
function challengesOf(cells) {
  return cells.flatMap(({ kind, source }, at) => {
    if (kind !== "markdown" || !holdsChallenge(source)) return [];
    const blocks = [...source.matchAll(/^```(challenge.*)\n([\s\S]*?)^```$/gm)];
    return blocks.map(([, info, body]) => ({ ...parseChallenge(challengeName(info), body), code: codeOfChallenge(cells, at) }));
  });
}

/** `[{ name, passes, fails: [[words, source]] }]` of a file of attempts. */
function attemptsOf(text) {
  return text.split(/^## /m).slice(1).map((section) => {
    const code = [...section.matchAll(/^(Passes|Says `(.+)`)\n+```python\n([\s\S]*?)^```$/gm)];
    return {
      name: section.split("\n", 1)[0],
      passes: code.find(([, kind]) => kind === "Passes")?.[3].trimEnd(),
      fails: code.filter(([, , words]) => words).map(([, , words, source]) => [words, source.trimEnd()]),
    };
  });
}

const put = (cells, at, source) => cells.map((cell, i) => (i === at ? { ...cell, source } : cell));
const names = readdirSync(new URL("web/src/lessons", root)).filter((name) => name.endsWith(".md")).map((name) => basename(name, ".md"));

for (const name of names) {
  describe(`lesson ${name}`, () => {
    const cells = cellsOfMarkdown(read(`web/src/lessons/${name}.md`));
    const challenges = challengesOf(cells);
    const attempts = attemptsOf(read(`tests/lessons/${name}.md`));
    const passing = (wanted) => attempts.find(({ name }) => name === wanted)?.passes;

    test("every code cell gives PyTorch's outputs", () => {
      const trace = run(cells);
      assert.equal(trace.error, null);
      const code = trace.cells.filter(({ status }) => status !== "markdown");
      assert.equal(code.length, recorded[name].length);
      recorded[name].forEach(({ stdout, result, warnings }, i) => {
        const text = (wanted) => code[i].outputs.filter(({ kind }) => kind === wanted).map(({ text }) => text).join("");
        assert.equal(text("stdout"), stdout, `cell ${i + 1}`);
        assert.equal(text("result"), result, `cell ${i + 1}`);
        for (const words of warnings) assert.ok(text("warning").includes(words), `cell ${i + 1} warns: ${words}`);
        assert.equal(text("warning") === "", warnings.length === 0);
      });
    });

    test("every challenge has a name of its own, a question, conditions, and something to say when solved", () => {
      assert.ok(challenges.length > 0);
      assert.deepEqual(challenges.map(({ name }) => name), attempts.map(({ name }) => name));
      assert.equal(new Set(challenges.map(({ name }) => name)).size, challenges.length);
      for (const { name, question, conditions, done, code } of challenges) {
        assert.ok(question && conditions.length && done && code.length === 1, name);
      }
    });

    test("all challenges can be solved at once", () => {
      let solved = cells;
      for (const { name: challenge, code } of challenges) {
        const before = solved[code[0]].source;
        const isShared = challenges.some((other) => other.name !== challenge && other.code[0] === code[0]);
        solved = put(solved, code[0], isShared && before !== cells[code[0]].source ? `${before}\n${passing(challenge)}` : passing(challenge));
      }
      const trace = run(solved);
      assert.equal(trace.error, null);
      for (const challenge of challenges) assert.deepEqual(check(challenge, trace, solved, challenge.code), { state: "solved" }, challenge.name);
    });

    for (const challenge of challenges) {
      const [at] = challenge.code;
      const { passes, fails } = attempts.find(({ name }) => name === challenge.name);
      const verdict = (source) => {
        const tried = put(cells, at, source);
        return check(challenge, run(tried), tried, challenge.code);
      };

      test(`${challenge.name}: the untouched cell does not solve it, the solution does`, () => {
        assert.equal(verdict(cells[at].source).state, "open");
        assert.equal(verdict("").state, "open");
        assert.deepEqual(verdict(passes), { state: "solved" });
      });

      for (const [words, source] of fails) {
        test(`${challenge.name}: a wrong attempt is told "${words}"`, () => {
          const { state, says } = verdict(source);
          assert.equal(state, "open");
          assert.ok(says.replaceAll("`", "").includes(words), says);
        });
      }
    }
  });
}

test("a condition that cannot be read is an error that names it", () => {
  assert.throws(() => parseChallenge("x", "Ask.\n\nexpect nonsense"), /not an expectation: nonsense/);
  assert.throws(() => parseChallenge("x", "Ask.\n\nexpect a = 1\nand then"), /not a condition: and then/);
});

test("names in strings and comments are not used", () => {
  const cells = [{ kind: "code", source: "# torch.no_grad\nx = 'no_grad'\n" }];
  const challenge = parseChallenge("x", "Ask.\n\nuses torch.no_grad");
  assert.equal(check(challenge, run(cells), cells, [0]).state, "open");
});
