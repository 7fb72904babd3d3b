// Running cases: the same program, prelude.py and a line for each case, on PyTorch and on nabla. The answers are lines too.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const NATIVE = fileURLToPath(new URL("../../build/native/", import.meta.url));
export const PRELUDE = readFileSync(join(HERE, "prelude.py"), "utf8");
const TIMEOUT = 600_000; // milliseconds for a program, on a machine that has much else to do
const BATCH = 300; // cases in one program of nabla's: its output is limited

/** The operators, as build/native/list_ops tells them. */
export function listOps() {
  return JSON.parse(spawnSync(join(NATIVE, "list_ops"), { encoding: "utf8" }).stdout);
}

/** The program that answers these cases: [{seed, text, options?}]. */
export function programOf(cases, full = false) {
  const lines = cases.map(({ seed, text, options }) => (options === undefined ? `case(${seed}, lambda: ${text})` : `printed(${seed}, lambda: ${text}${options && ", "}${options})`));
  return `${PRELUDE}\n${full ? "full = True\n" : ""}${lines.join("\n")}\n`;
}

/** Runs a program; one answer a line. A process that dies leaves fewer lines than cases. */
function runProgram(command, source, environment = {}) {
  const folder = mkdtempSync(join(tmpdir(), "fuzz-"));
  try {
    const file = join(folder, "cases.py");
    writeFileSync(file, source);
    const { stdout, stderr, error } = spawnSync(command, [file], { encoding: "utf8", maxBuffer: 1 << 28, timeout: TIMEOUT, env: { ...process.env, ...environment } });
    if (error && error.code !== "ETIMEDOUT") throw error;
    return { lines: stdout.split("\n").slice(0, -1), stderr: error ? "timeout" : stderr };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** `write` makes a program of a batch of cases. What writes each line at once (`prompt`) is asked no case twice when it dies; otherwise the case is sought. */
function answersOf(command, cases, write, batch, environment, prompt) {
  const answers = [];
  for (let part; answers.length < cases.length; ) {
    part = cases.slice(answers.length, answers.length + batch);
    const { lines, stderr } = runProgram(command, write(part), environment);
    const crash = `CRASH ${stderr.trim().split("\n").at(-1)}`;
    if (lines.length === part.length) answers.push(...lines);
    else if (prompt && lines.length < part.length) answers.push(...lines, crash);
    else if (part.length === 1) answers.push(crash);
    else {
      console.error(`${command} died within: ${part[0].text}`);
      answers.push(...answersOf(command, part, write, Math.ceil(part.length / 8), environment));
    }
  }
  return answers;
}

export function askPyTorch(cases, full = false) {
  return askPython(cases, (part) => programOf(part, full));
}

export function askPython(cases, write) {
  return answersOf("/usr/bin/python3", cases, write, 2000, { OMP_NUM_THREADS: "1", PYTHONIOENCODING: "utf-8", PYTHONUNBUFFERED: "1", PYTHONWARNINGS: "ignore" }, true);
}

export function askNabla(cases, full = false, write = (part) => programOf(part, full)) {
  return answersOf(join(NATIVE, "nabla_native"), cases, write, BATCH);
}
