// What names mean in the program as it last ran, asked of the worker. While the code is broken, what was known before still is.
import type { Description } from "../../../wasm/src/description.ts";
import { effect } from "@preact/signals";
import { describe, run, runningLong, runState } from "../worker/session.ts";

let asked = new Map<string, Promise<Description | null>>();
let askedOf: unknown = null;
/** Modules, classes and functions by their names: the same in every run, as far as anybody can tell. */
const lasting = new Map<string, Description>();

export function meaningOf(path: string): Promise<Description | null> {
  if (askedOf !== run.peek()) {
    askedOf = run.peek();
    asked = new Map();
  }
  let answer = asked.get(path);
  if (!answer) {
    answer = ask(path);
    asked.set(path, answer);
  }
  return answer;
}

/** A name that is not known is asked for again when the run ends that was under way meanwhile: what is typed is run at the same moment. */
async function ask(path: string): Promise<Description | null> {
  const before = run.peek();
  const found = await describe(path);
  if (found && path) lasting.set(path, found);
  const known = found ?? lasting.get(path) ?? null;
  if (known || (run.peek() === before && !isUnderWay())) return known;
  await new Promise<void>((done) => {
    const stop = effect(() => {
      if (isUnderWay()) return;
      done();
      queueMicrotask(() => stop());
    });
  });
  return (await describe(path)) ?? null;
}

/** Of a run that takes long nobody waits for the end. */
const isUnderWay = () => (runState.value === "running" || runState.value === "loading") && !runningLong.value;

/** What an expression that is more than a dotted name gives, as far as its beginning tells: `x[0].` and `torch.ones(2).` are tensors. */
export async function meaningOfRest(path: string): Promise<Description | null> {
  const found = await meaningOf(path);
  const isTensor = found?.shape || (found?.kind === "function" && found.latex);
  return isTensor ? meaningOf("torch.Tensor") : null;
}

/** The parameters of a signature, "(Tensor input, ints? dim=None)", as they are written. */
export function parametersOf(signature: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let text = "";
  for (const letter of signature.slice(1, -1)) {
    if ("([{".includes(letter)) depth++;
    if (")]}".includes(letter)) depth--;
    if (letter === "," && depth === 0) {
      parts.push(text.trim());
      text = "";
    } else {
      text += letter;
    }
  }
  return text.trim() ? [...parts, text.trim()] : parts;
}

/** The name in "ints? dim=None"; empty for "*". */
export const parameterName = (parameter: string): string => /(\w+)\s*(=.*)?$/s.exec(parameter.replace(/=.*$/s, ""))?.[1] ?? "";
