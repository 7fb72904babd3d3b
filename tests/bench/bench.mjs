// `npm run bench`: how much faster nabla runs small graphs than PyTorch. Both run the same program text, in turn, round by round;
// the ratio is taken within a round, since the speed of a machine changes from one minute to the next, and the median of the
// rounds is printed. Times are processor time of the process, and only of the run itself. Then the page: see page.mjs.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { build } from "../../scripts/build.mjs";
import { setUp } from "../../scripts/setup.mjs";

const ROUNDS = 5;

/** `goal`: times PyTorch's speed. Iterations a round: some seconds in PyTorch, long enough for a steady clock in nabla. */
const WORKLOADS = [
  { name: "formula", file: "formula.py", goal: 100, pytorch: 10_000, nabla: 500_000 },
  { name: "rosenbrock", file: "rosenbrock.py", goal: 150, pytorch: 4_000, nabla: 200_000 },
];

/** Python without torch, against CPython: none may take more than 1.5 times its time. */
const PYTHON = ["additions", "fibonacci", "lists", "strings", "micrograd"];
const PYTHON_GOAL = 1.5;
const PYTHON_ROUNDS = 9; // they are short, and a busy machine tells in single ones

/** Before the rounds, and for the check that both print the same: V8 compiles what is hot, PyTorch fills its caches. */
const WARM_UP = 3_000;

setUp();
build("wasm", "package", "page");
const { loadEngineInNode } = await import("../../build/package/node.js");
const { readScript } = await import("../../build/package/formats.js");
const engine = await loadEngineInNode();

function runNabla(source, name, record) {
  engine.open(readScript(name, source), { record, limits: { steps: Number.MAX_SAFE_INTEGER } });
  let printed = "";
  const begin = process.cpuUsage();
  let status;
  do {
    status = engine.step(100_000_000);
    for (const { text } of engine.takeOutput()) printed += text;
  } while (status === "running");
  const { user, system } = process.cpuUsage(begin);
  if (status !== "done") throw new Error(`${name} failed in nabla:\n${printed}`);
  return { seconds: (user + system) / 1e6, printed };
}

/** A Python that has torch (or none, if `plain`), ready to run programs; null where there is none. */
async function startPython(plain) {
  for (const python of ["/usr/bin/python3", "python3"]) {
    const child = spawn(python, [fileURLToPath(new URL("python.py", import.meta.url)), ...(plain ? ["plain"] : [])], { stdio: ["pipe", "pipe", "ignore"] });
    child.on("error", () => {});
    const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const hello = await answers.next();
    if (hello.done) continue;
    return {
      version: JSON.parse(hello.value).version,
      async run(source, name) {
        child.stdin.write(JSON.stringify({ source, name }) + "\n");
        const answer = await answers.next();
        if (answer.done) throw new Error(`${name} failed in Python`);
        return JSON.parse(answer.value);
      },
      close: () => child.stdin.end(),
    };
  }
  return null;
}

const median = (numbers) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
const micro = (seconds) => `${(seconds * 1e6).toFixed(seconds < 1e-5 ? 3 : 1)} us`;

const pytorch = await startPython(false);
console.log(pytorch ? `nabla against PyTorch ${pytorch.version}, ${ROUNDS} rounds\n` : "No Python with torch here: nabla alone.\n");

for (const { name, file, goal, ...counts } of WORKLOADS) {
  const text = readFileSync(new URL(file, import.meta.url), "utf8");
  const program = (count) => `count = ${count}\n${text}`;

  const warm = runNabla(program(WARM_UP), file, false);
  runNabla(program(WARM_UP), file, true);
  if (pytorch) {
    const { printed } = await pytorch.run(program(WARM_UP), file);
    if (printed !== warm.printed) throw new Error(`${file} prints in PyTorch\n${printed}and in nabla\n${warm.printed}`);
  }

  const rounds = [];
  for (let round = 0; round < ROUNDS; round++) {
    rounds.push({
      pytorch: pytorch ? (await pytorch.run(program(counts.pytorch), file)).seconds / counts.pytorch : NaN,
      nabla: runNabla(program(counts.nabla), file, false).seconds / counts.nabla,
      recorded: runNabla(program(counts.nabla), file, true).seconds / counts.nabla,
    });
  }
  const of = (key) => median(rounds.map((round) => round[key]));
  const ratio = (key) => median(rounds.map((round) => round.pytorch / round[key]));

  console.log(`${name}, an iteration: nabla ${micro(of("nabla"))}, with its trace recorded ${micro(of("recorded"))}`);
  if (pytorch) {
    console.log(`${name}, an iteration: PyTorch ${micro(of("pytorch"))}`);
    const verdict = ratio("nabla") >= goal ? "reached" : "not reached";
    console.log(`${name}: ${ratio("nabla").toFixed(0)} times PyTorch's speed (goal ${goal}: ${verdict}); recorded ${ratio("recorded").toFixed(0)} times`);
  }
  console.log();
}
pytorch?.close();

const cpython = await startPython(true);
for (const name of PYTHON) {
  const file = `python/${name}.py`;
  const text = readFileSync(new URL(file, import.meta.url), "utf8");
  const rounds = [];
  for (let round = 0; round <= PYTHON_ROUNDS; round++) {
    const nabla = runNabla(text, file, false);
    const python = cpython ? await cpython.run(text, file) : null;
    if (python && python.printed !== nabla.printed) throw new Error(`${file} prints in CPython\n${python.printed}and in nabla\n${nabla.printed}`);
    if (round > 0) rounds.push({ nabla: nabla.seconds, python: python?.seconds ?? NaN }); // the first warms both up
  }
  const times = median(rounds.map((round) => round.nabla / round.python));
  const seconds = (key) => `${(median(rounds.map((round) => round[key])) * 1e3).toFixed(0)} ms`;
  const verdict = times <= PYTHON_GOAL ? "reached" : "not reached";
  console.log(`Python, ${name}: nabla ${seconds("nabla")}${cpython ? `, CPython ${seconds("python")}: ${times.toFixed(2)} times its time (goal ${PYTHON_GOAL}: ${verdict})` : ""}`);
}
cpython?.close();
engine.close();

const { benchPage } = await import("./page.mjs");
await benchPage();
