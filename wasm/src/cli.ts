// The command line: `nabla run FILE`. The program's own output goes to stdout, warnings and the traceback to stderr.
// Exit status: 0 the program ran to its end, 1 an uncaught exception, what it gave to sys.exit, 2 it could not be started,
// 3 the engine itself broke down.

import { createInterface } from "node:readline";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { setImmediate } from "node:timers/promises";
import { parseArgs } from "node:util";
import type { Document } from "./document.ts";
import { EngineFailure } from "./engine.ts";
import type { Figure } from "./figure.ts";
import { FormatError, readDocument, readScript } from "./formats.ts";
import { loadEngineInNode } from "./node.ts";
import type { RunStatus } from "./trace.ts";

const HELP = `nabla runs Python programs about PyTorch, without PyTorch.

usage: nabla run [options] FILE

  FILE           a Python file (.py), a notebook (.ipynb), or - for a program on standard input

options:
  --json         print the trace of the run as JSON, and nothing else
  --figures DIR  write what the program plots into that folder, as SVG files
  --steps N      end the program with an error after N instructions
  -h, --help     show this help

What the program prints goes to standard output (for a notebook also the value of each cell), warnings and
the traceback to standard error. The exit status is 1 after an uncaught exception, 2 when the program could
not be started, 3 when nabla itself broke down, else 0.
`;

/** Instructions between two looks at the output: some milliseconds. */
const SLICE = 1_000_000;

/** As the shell reports a program that was ended by SIGPIPE: what reads our output went away. */
const EXIT_PIPE = 128 + 13;

class UsageError extends Error {}

interface Command {
  file: string;
  json: boolean;
  figures: string | undefined;
  steps: number | undefined;
}

export async function main(words: string[]): Promise<void> {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EPIPE") process.exit(EXIT_PIPE);
      throw error;
    });
  }
  try {
    const command = parse(words);
    if (command === null) process.stdout.write(HELP);
    else process.exitCode = await run(command);
  } catch (error) {
    const known = [UsageError, FormatError, EngineFailure].some((kind) => error instanceof kind);
    if (!known) throw error;
    process.stderr.write(`nabla: ${(error as Error).message}\n`);
    if (error instanceof UsageError) process.stderr.write('Try "nabla --help".\n');
    process.exitCode = error instanceof EngineFailure ? 3 : 2;
  }
}

/** Null: help was asked for. */
function parse(words: string[]): Command | null {
  let parsed;
  try {
    parsed = parseArgs({
      args: words,
      allowPositionals: true,
      options: {
        help: { type: "boolean", short: "h" },
        json: { type: "boolean" },
        figures: { type: "string" },
        steps: { type: "string" },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
  const { values, positionals } = parsed;
  if (values.help) return null;
  const [command, file, ...rest] = positionals;
  if (command === undefined) throw new UsageError("no command given");
  if (command !== "run") throw new UsageError(`unknown command "${command}": there is only "run"`);
  if (file === undefined) throw new UsageError("no file to run");
  if (rest.length > 0) throw new UsageError(`one file at a time, not also "${rest[0]}"`);
  let steps: number | undefined;
  if (values.steps !== undefined) {
    steps = Number(values.steps.replace(/(?<=\d)_(?=\d)/g, ""));
    if (!Number.isSafeInteger(steps) || steps < 1) throw new UsageError(`--steps wants a whole number above 0, got "${values.steps}"`);
  }
  return { file, json: values.json ?? false, figures: values.figures, steps };
}

async function run({ file, json, figures: folder, steps }: Command): Promise<number> {
  const document = await read(file);
  const engine = await loadEngineInNode();
  const asks = document.cells.some(({ kind, source }) => kind === "code" && source.includes("input("));
  const input = asks && !process.stdin.isTTY && file !== "-" ? linesOf(decode("<stdin>", await readAll(process.stdin))) : [];
  let shown = 0; // characters printed by the run before, when there was one: this run prints them again
  const figures = new Map<number, Figure>();
  for (;;) {
    figures.clear();
    engine.open(document, { record: json, limits: steps === undefined ? {} : { steps }, input });
    let status: RunStatus;
    let printed = 0;
    const errors: string[] = [];
    do {
      status = engine.step(SLICE);
      for (const { kind, text } of engine.takeOutput()) {
        if (kind === "figure") {
          const figure = JSON.parse(text) as Figure;
          figures.set(figure.id, figure);
          continue;
        }
        if (json) continue;
        if (kind === "error") {
          errors.push(text);
          continue;
        }
        const fresh = text.slice(Math.max(0, shown - printed));
        printed += text.length;
        (kind === "stdout" || kind === "result" ? process.stdout : process.stderr).write(fresh);
      }
      await setImmediate(); // lets a broken pipe be noticed
    } while (status === "running");
    // A program at a terminal that asks for a line gets it by running again with one more: runs are the same each time.
    if (asks && process.stdin.isTTY && errors.at(-1)?.includes("EOFError: EOF when reading a line")) {
      const line = await readLine();
      if (line !== null) {
        input.push(line);
        shown = printed;
        continue;
      }
    }
    for (const text of errors) process.stderr.write(text);
    break;
  }
  if (json) process.stdout.write(engine.traceText() + "\n");
  if (folder !== undefined && figures.size > 0) await (await import("./figures.ts")).writeFigures(figures.values(), folder);
  else if (figures.size > 0 && !json) process.stderr.write(`nabla: ${figures.size} ${figures.size === 1 ? "figure" : "figures"} not shown; --figures DIR writes SVG files\n`);
  const exitStatus = engine.exitStatus();
  engine.close();
  return exitStatus;
}

function linesOf(text: string): string[] {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

/** A line typed at the terminal; null when it was closed. */
async function readLine(): Promise<string | null> {
  const reader = createInterface({ input: process.stdin });
  try {
    for await (const line of reader) return line;
    return null;
  } finally {
    reader.close();
  }
}

async function read(file: string): Promise<Document> {
  if (file === "-") return readScript("<stdin>", decode("<stdin>", await readAll(process.stdin)));
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    throw new FormatError(`cannot read ${file}: ${reason(error as NodeJS.ErrnoException)}`);
  }
  const text = decode(file, bytes);
  return /\.ipynb$/i.test(file) ? readDocument(file, text) : readScript(file, text);
}

async function readAll(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
}

function decode(file: string, bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new FormatError(`${basename(file)} is not UTF-8 text`);
  }
}

function reason(error: NodeJS.ErrnoException): string {
  if (error.code === "ENOENT") return "there is no such file";
  if (error.code === "EISDIR") return "it is a folder";
  if (error.code === "EACCES") return "permission denied";
  return error.message;
}
