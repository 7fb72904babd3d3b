// What the page and the worker say to each other. client.ts speaks one side, host.ts the other.

import type { Description } from "./description.ts";
import type { Document } from "./document.ts";
import type { Limits, Questions, RoundOf, RunOptions } from "./engine.ts";

export type Request =
  /** Run this document from the top. The newest wins: a run under way is dropped. */
  | { type: "run"; id: number; document: Document; options: RunOptions }
  /** Run this document with questions to it. The newest of these and of "run" wins. */
  | { type: "inquire"; id: number; document: Document; questions: Questions; limits: Partial<Limits> }
  /** Hold the run; its state stays, and a last trace is sent. */
  | { type: "stop" }
  /** Go on with a run that was held, to its end or until it is to be held again. */
  | { type: "resume"; until: RoundOf | null }
  /** What does a dotted name mean in the program as far as it ran? */
  | { type: "describe"; ask: number; path: string }
  /** Load the rest of the engine before it is needed. */
  | { type: "complete" };

export type Reply =
  /** The worker waits for the rest of the engine, and answers nothing until it is "ready" again. */
  | { type: "loading" }
  /** The engine is loaded. */
  | { type: "ready" }
  /** The run with this id is under way. */
  | { type: "started"; id: number }
  /** The trace so far, as JSON. After `final` nothing comes unless asked; `stopped`: held, by "stop" or where it was to be. */
  | { type: "trace"; id: number; json: string; final: boolean; stopped: boolean; milliseconds: number }
  /** Lines of JSON that an inquiry answered, whole ones. Its end is told by a "trace". */
  | { type: "answers"; id: number; text: string }
  /** The answer to "describe" with the same number; null when the name means nothing. */
  | { type: "description"; ask: number; description: Description | null }
  /** The engine could not be loaded, or broke down. The next run gets a new one. */
  | { type: "failure"; id: number; message: string };

/** One end of a channel: a Worker, a worker's own global scope, or a MessagePort. */
export interface Port {
  postMessage(message: unknown): void;
  addEventListener(type: "message", listener: (event: { data: any }) => void): void;
}
