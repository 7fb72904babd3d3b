// The form of a challenge: a fenced block of Markdown that anybody may write, in a lesson or in a document of their own.
//
//   ```challenge name
//   What is asked, in Markdown.
//
//   expect w.grad = [2, 4] ± 0.01       a value, element by element; also <, <=, >, >=, None, True, False, and the attributes grad, shape,
//       A hint, indented.               requires_grad, is_leaf, grad_fn, dtype, accumulated (backward passes added up in .grad)
//   expect steps <= 10                  how many steps optimizers took in the code of the challenge
//   expect gradients >= 2               how many leaves of that code have a gradient
//   uses torch.no_grad                  a name in that code; no_grad must also have been in force for something
//   avoids .detach
//   done What to say when all of it holds.
//   ```
//
// The code of a challenge is the code cells below it, up to the next text. Lines are tried in order, and only the first that does not hold is told.

export type Expected = number | boolean | null | string | ExpectedList;
export interface ExpectedList extends Array<Expected> {}

export interface Condition {
  kind: "expect" | "uses" | "avoids";
  /** "w.grad", "steps", or the name that the code uses. */
  subject: string;
  relation: "=" | "<" | "<=" | ">" | ">=";
  value: Expected;
  /** Absolute; beside it stands a relative one of 1e-4. */
  tolerance: number;
  hint: string;
}

export interface Challenge {
  name: string;
  question: string;
  conditions: Condition[];
  done: string;
}

/** A line that is none of the above. */
export class ChallengeError extends Error {}

const KEYWORD = /^(expect|uses|avoids|done) /;
const EXPECT = /^([A-Za-z_][\w.]*) (=|<=|>=|<|>) (.+?)(?: ± (\S+))?$/;
const DEFAULT_TOLERANCE = 1e-6;

/** The name in the info string of a fence, or null when it is no challenge. */
export function challengeName(info: string | undefined): string | null {
  const match = /^challenge(?:\s+(\S+))?\s*$/.exec(info ?? "");
  return match ? (match[1] ?? "") : null;
}

export const holdsChallenge = (markdown: string): boolean => /^```challenge\b/m.test(markdown);

/** Where the question ends and the conditions begin. */
export function partsOf(body: string): { question: string; rules: string } {
  const lines = body.split("\n");
  const at = lines.findIndex((line) => KEYWORD.test(line));
  return at < 0 ? { question: body.trim(), rules: "" } : { question: lines.slice(0, at).join("\n").trim(), rules: lines.slice(at).join("\n") };
}

export function parseChallenge(name: string, body: string): Challenge {
  const { question, rules } = partsOf(body);
  const challenge: Challenge = { name, question, conditions: [], done: "" };
  for (const line of rules.split("\n")) {
    if (line.trim() === "") continue;
    const last = challenge.conditions.at(-1);
    if (/^\s/.test(line)) {
      if (!last) throw new ChallengeError(`a hint without a condition: ${line.trim()}`);
      last.hint = `${last.hint} ${line.trim()}`.trim();
      continue;
    }
    const [, keyword, rest] = /^(\w+) (.*)$/.exec(line) ?? [];
    if (keyword === "done") challenge.done = rest!.trim();
    else if (keyword === "uses" || keyword === "avoids") challenge.conditions.push({ kind: keyword, subject: rest!.trim(), relation: "=", value: null, tolerance: 0, hint: "" });
    else if (keyword === "expect") challenge.conditions.push(expectation(rest!));
    else throw new ChallengeError(`not a condition: ${line}`);
  }
  return challenge;
}

function expectation(text: string): Condition {
  const match = EXPECT.exec(text.trim());
  if (!match) throw new ChallengeError(`not an expectation: ${text}`);
  const [, subject, relation, value, tolerance] = match;
  return {
    kind: "expect",
    subject: subject!,
    relation: relation as Condition["relation"],
    value: literal(value!),
    tolerance: tolerance === undefined ? DEFAULT_TOLERANCE : Number(tolerance),
    hint: "",
  };
}

const words: Record<string, Expected> = { None: null, True: true, False: false };

function literal(text: string): Expected {
  const json = text.replace(/\b(None|True|False)\b/g, (word) => String(words[word])).replace(/(\d)\.(?!\d)/g, "$1.0");
  try {
    return JSON.parse(json) as Expected;
  } catch {
    return text;
  }
}
