// Why a tensor is as it is: sentences made from what the trace recorded, each with the line that made it so, and the change of the code
// that would make it otherwise. Knows nothing of the page: the code comes in as a function.
import type { NonFinite, Operation, Pass, Preview, Span, TensorNode, TensorOperand, Trace } from "../../../wasm/src/trace.ts";
import { shapeText, tensorText } from "../tensor/text.ts";
import { nameIn } from "./names.ts";
import { type Fix, Mend } from "./mend.ts";

/** Text, with places in the code between. */
export type Sentence = (string | Span)[];

export interface Answer {
  sentence: Sentence;
  isProblem?: boolean;
  fix?: Fix;
}

export interface Asked {
  trace: Trace;
  tensor: TensorNode;
  /** The source of a cell of the trace; null when it is no longer what ran. */
  source(cell: number): string | null;
}

const isFloat = (dtype: string) => /float|double|half|complex/.test(dtype);
const tensorsOf = ({ inputs }: Operation) => inputs.filter((input): input is TensorOperand => "tensor" in input);
const isInPlace = (operation: Operation) => operation.outputs.some((id) => tensorsOf(operation).some(({ tensor }) => tensor === id));
const isCut = ({ op }: Operation) => op === "detach" || op === "data";
const cutName = (cut: Operation) => (cut.op === "data" ? ".data" : cut.op === "detach" ? "detach()" : "no_grad");
const list = (names: string[]) => (names.length < 2 ? (names[0] ?? "") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)!}`);

export function answersFor(asked: Asked): Answer[] {
  const facts = new Facts(asked);
  return [facts.gradient(), ...facts.vector(), ...facts.changes(), ...facts.broadcast(), ...facts.freed(), ...facts.nonFinite()];
}

/** Of what changed a tensor in place, so many signs and places are told. */
const [MOST_SIGNS, MOST_PLACES] = [4, 3];

/** Errors that a tensor of the program can answer for. */
const OF_THE_GRAPH = /require gradients|does not require grad|in-place operation|inplace operation|a second time|only for scalar outputs/;

/** What mends the error that ended the run, if a click can; `id` of the tensor that it is about. */
export function answerForError(trace: Trace, source: Asked["source"]): { answer: Answer; id: number | null } | null {
  const { error } = trace;
  if (!error?.span || !OF_THE_GRAPH.test(error.message)) return null;
  const mend = new Mend(trace, source);
  const line = mend.lineAt(error.span);
  const isIn = (name: string | undefined) => name !== undefined && /^\w+$/.test(name) && new RegExp(`(?<![\\w.])${name}(?!\\w)`).test(line);
  const global = trace.variables.flatMap(({ name, tensor }) => (isIn(name) ? trace.graph.tensors.filter(({ id }) => id === tensor) : []));
  // In a function its own names count, of which the trace knows the tensors alone.
  const bound = [...new Set([...global, ...trace.graph.tensors.filter(({ names }) => isIn(names.at(-1))).reverse()])];
  if (/require gradients/.test(error.message)) {
    const whole = bound.find(({ value }) => !isFloat(value.dtype));
    const fix = mend.floatsAt(error.span) ?? (whole && mend.floats(whole));
    return fix ? { answer: { sentence: ["Whole numbers can have no gradient: a small step from them leads nowhere. Written with a point they are floats."], fix }, id: whole?.id ?? null } : null;
  }
  // The tensors in the line of the error first, then the newest; an answer that speaks of what is wrong before one that only helps.
  const asked = [...bound, ...trace.graph.tensors.filter((tensor) => !bound.includes(tensor)).reverse()];
  const answers = asked.flatMap((tensor) => answersFor({ trace, tensor, source }).flatMap((answer) => (answer.fix ? [{ answer, id: tensor.id }] : [])));
  const isAnswered = (id: number) => bound.some((node) => node.id === id);
  return answers.find(({ answer }) => answer.isProblem) ?? (/does not require grad/.test(error.message) ? answers.find(({ id }) => isAnswered(id)) : undefined) ?? null;
}

class Facts {
  trace: Trace;
  tensor: TensorNode;
  mend: Mend;
  /** What made it, and what changed it in place since. */
  made: Operation | null;
  changed: Operation[];

  constructor({ trace, tensor, source }: Asked) {
    this.trace = trace;
    this.tensor = tensor;
    this.mend = new Mend(trace, source);
    const operations = trace.graph.operations.filter(({ outputs }) => outputs.includes(tensor.id));
    this.made = operations.findLast((operation) => !isInPlace(operation)) ?? null;
    const views = this.#views();
    this.changed = trace.graph.operations.filter((operation) => isInPlace(operation) && operation.outputs.some((id) => views.has(id)));
  }

  /** The tensor, and what was made to look into its memory. */
  #views(): Set<number> {
    const views = new Set([this.tensor.id]);
    for (const operation of this.trace.graph.operations) {
      if (operation.view && views.has(tensorsOf(operation)[0]?.tensor ?? -1)) for (const id of operation.outputs) views.add(id);
    }
    return views;
  }

  // ---- the gradient

  gradient(): Answer {
    if (!this.tensor.requiresGrad) return this.#untracked();
    if (this.tensor.isLeaf) return this.#changedLeaf() ?? this.#leaf();
    return this.#rebound() ?? this.#result();
  }

  /** A leaf that the program tried to change in place while a graph is recorded. */
  #changedLeaf(): Answer | null {
    const { error } = this.trace;
    const name = this.#ownName();
    if (!error?.span || !name || !/a (view of a )?leaf Variable that requires grad is being used in an in-place operation/.test(error.message)) return null;
    const line = this.mend.lineAt(error.span);
    if (!new RegExp(`\\b${name}\\b`).test(line)) return null;
    return { isProblem: true, sentence: ["A leaf that requires a gradient, so it can't be changed in place, as ", error.span, " does, while a graph is recorded: what was computed from it would no longer be true of it."], fix: this.mend.underNoGrad(error.span, line.trim()) };
  }

  /** The name was of a leaf, and was given to what was worked out from it: `w = w - 0.1 * w.grad`. */
  #rebound(): Answer | null {
    const name = this.#ownName();
    const span = this.made?.span;
    if (!name || !span) return null;
    const leaf = this.trace.bindings.find((binding) => binding.name === name && binding.tensor !== this.tensor.id && this.#node(binding.tensor ?? -1)?.isLeaf && this.#node(binding.tensor!)!.requiresGrad);
    const found = /^\s*(\w+)\s*=\s*(\w+)\s*([-+*/])\s*(.*?)\s*$/.exec(this.mend.lineAt(span));
    if (!leaf || !found || found[1] !== name || found[2] !== name || !found[4]!.includes(`${name}.grad`)) return null;
    return {
      isProblem: true,
      sentence: [`${name} is no longer the leaf of `, leaf.span, ": in ", span, " its name went to a new tensor, made by an operation, in whose .grad nothing is kept. Change the leaf itself, under no_grad."],
      fix: this.mend.underNoGrad(span, `${name} ${found[3]}= ${found[4]}`),
    };
  }

  #untracked(): Answer {
    const { made, tensor } = this;
    if (!isFloat(tensor.value.dtype)) {
      const why = made && tensorsOf(made).find(({ tensor, why }) => why && this.#node(tensor)?.requiresGrad)?.why;
      if (why) return { sentence: [`No gradient: ${why}, so none flows back through ${made.op}, `, ...this.#at(made.span), "."] };
      return { sentence: [`${tensor.value.dtype} numbers can have no gradient: a small step from them leads nowhere. Only floating-point tensors can require one.`], fix: this.#floatsOf() };
    }
    if (tensor.tangent) {
      return {
        sentence: made?.op === "make_dual" ? [`A dual tensor: ${this.#name(tensorsOf(made)[0]?.tensor)}, and the direction that its derivatives are taken along.`]
          : [`Forward mode: its tangent ${tensorText(tensor.tangent)} says how fast it changes along the direction that make_dual() was given. That needs no graph, and no backward().`],
      };
    }
    const copied = this.#copied();
    if (copied) return copied;
    const own = this.mend.codeAt(tensor.span) ?? "";
    if (!made && /requires_grad\s*=\s*True/.test(/^[\w.]+\(/.test(own) ? own : this.mend.lineAt(tensor.span))) return { sentence: ["A constant by now: it was made to require a gradient, ", ...this.#at(tensor.span), ", and this was switched off since."] };
    if (!made) return { sentence: ["A constant: it was made without requires_grad=True, ", ...this.#at(tensor.span), ", so backward() passes it by."], fix: this.mend.argument("requires_grad=True", tensor) };
    const asking = tensorsOf(made).filter(({ tensor }) => this.#node(tensor)?.requiresGrad);
    if (isCut(made)) return { sentence: [`The same numbers as ${this.#name(tensorsOf(made)[0]?.tensor)}, cut off from its graph by ${made.op === "data" ? ".data" : "detach()"}, `, ...this.#at(made.span), ": no gradient flows back from here."], fix: this.mend.withoutCut(made) };
    if (asking.length && !made.gradMode) return { sentence: [`Made under no_grad, `, ...this.#at(made.span), `: ${this.#names(asking)} would ask for a gradient, but nothing was recorded.`], fix: this.mend.outOfNoGrad(made) };
    const why = asking.find(({ why }) => why)?.why;
    if (why) return { sentence: [`No gradient flows back through ${made.op}, `, ...this.#at(made.span), `: ${why}.`] };
    const leaf = [made, ...this.#before()].flatMap(tensorsOf).map(({ tensor }) => this.#node(tensor)).find((node) => node?.isLeaf && isFloat(node.value.dtype) && !this.#makerOf(node.id));
    const names = [...new Set(tensorsOf(made).map(({ tensor }) => this.#name(tensor)))];
    const cut = this.#before().findLast((operation) => isCut(operation) || (!operation.gradMode && tensorsOf(operation).some(({ tensor }) => this.#node(tensor)?.requiresGrad)));
    if (cut) return { sentence: [`No gradient is tracked: ${cutName(cut)} in `, ...(cut.span ? [cut.span] : ["the code"]), ` cut ${this.#name(cut.outputs[0])} off from its graph, and this is made of it.`], fix: this.#uncut(cut) };
    return {
      sentence: [`No gradient is tracked: ${names.length ? `${list(names)}, of which it is made, ${names.length > 1 ? "do" : "does"} not require one` : "nothing that it is made of requires one"}.`],
      fix: leaf ? this.mend.argument("requires_grad=True", leaf) : undefined,
    };
  }

  #leaf(): Answer {
    const copied = this.#copied();
    if (copied) return copied;
    const { tensor } = this;
    const arrivals = this.trace.passes.flatMap((pass) => pass.steps.filter((step) => step.operation === null && step.tensor === tensor.id).map((step) => ({ pass, step })));
    const stored = arrivals.filter(({ step }) => step.stored).sort((a, b) => a.pass.at - b.pass.at);
    const last = stored.at(-1);
    if (tensor.grad && tensor.gradIsKept) {
      if (tensor.accumulated > 1) {
        return {
          isProblem: true,
          sentence: [`A leaf. Its .grad is the sum of ${tensor.accumulated.toLocaleString("en")} backward passes, the last in `, ...(last?.pass.span ? [last.pass.span] : ["another place"]), ": it was not emptied in between."],
          fix: last && this.#zeroBefore(last.pass),
        };
      }
      if (!last?.pass.span) return { sentence: ["A leaf that requires a gradient, and .grad holds it."] };
      return { sentence: ["A leaf that requires a gradient: backward() in ", last.pass.span, " left it in .grad."] };
    }
    if (stored.length) return { sentence: ["A leaf that requires a gradient. backward() in ", ...(last!.pass.span ? [last!.pass.span] : ["the code"]), " filled .grad; it was emptied since."] };
    if (arrivals.length) return { sentence: ["A leaf that requires a gradient. autograd.grad in ", ...(arrivals[0]!.pass.span ? [arrivals[0]!.pass.span] : ["the code"]), " handed it back; .grad stays None."] };
    if (!this.trace.passes.length) return { sentence: ["A leaf that requires a gradient. .grad is None: no backward() has run."], fix: this.mend.backward() };
    const cut = this.#cutOnTheWay();
    if (cut) return { isProblem: true, sentence: [`A leaf that requires a gradient, but ${cutName(cut)} in `, ...(cut.span ? [cut.span] : ["the code"]), " cut its way to the result: .grad is None."], fix: this.#uncut(cut) };
    const number = this.#takenOut();
    if (number) return number;
    return { sentence: ["A leaf that requires a gradient. .grad is None: nothing that backward() was called on depends on it."] };
  }

  #result(): Answer {
    const { tensor, made } = this;
    const by = made ? [`made by ${made.op}, `, ...this.#at(made.span)] : ["made by an operation"];
    if (tensor.gradIsKept) return { sentence: ["Not a leaf (", ...by, "), but retain_grad() was called, so .grad is kept."] };
    if (tensor.retainsGrad) return { sentence: ["Not a leaf (", ...by, "). retain_grad() was called: the next backward() through it will keep its gradient."] };
    if (tensor.grad) return { sentence: ["Not a leaf (", ...by, "): its gradient passed through and was dropped, so .grad is None."], fix: this.mend.retain(this.#ownName(), made) };
    return { sentence: ["Not a leaf (", ...by, "). No backward pass has gone through it; if one does, .grad stays None."], fix: this.trace.passes.length ? undefined : this.mend.backward() };
  }

  /** The leaf of whole numbers that it comes from, with floats. */
  #floatsOf(): Fix | undefined {
    const own = this.made ? this.#before().flatMap((operation) => tensorsOf(operation).map(({ tensor }) => this.#node(tensor)!)) : [this.tensor];
    const leaf = own.find((node) => node && !this.#makerOf(node.id) && /int/.test(node.value.dtype));
    return leaf && this.mend.floats(leaf);
  }

  #uncut(cut: Operation): Fix | undefined {
    return isCut(cut) ? this.mend.withoutCut(cut) : this.mend.outOfNoGrad(cut);
  }

  /** A constant that torch.tensor() made of tensors which have a graph, or that autograd.grad() gave without one. */
  #copied(): Answer | null {
    const { made, tensor } = this;
    if (made || !tensor.span) return null;
    const call = this.mend.callOf(tensor, /torch\.(tensor|as_tensor|FloatTensor)\(/g);
    const of = call ? this.#trackedIn(call.inside) : [];
    if (call && of.length) {
      return {
        isProblem: /does not require grad/.test(this.trace.error?.message ?? ""),
        sentence: [`${tensor.requiresGrad ? "A new leaf" : "A constant"}: ${call.name}(…) in `, tensor.span, ` copied the numbers of ${list(of)}, and no gradient finds its way back from a copy.`],
        fix: this.mend.unwrapped(call, tensor.span.cell),
      };
    }
    const fix = this.mend.createGraph(tensor);
    return fix ? { sentence: ["A gradient, as numbers: autograd.grad() in ", tensor.span, " made no graph of how it got them, so it has no derivative itself."], fix } : null;
  }

  /** Names of tensors with a graph that stand in a piece of code. */
  #trackedIn(code: string): string[] {
    const bound = new Map(this.trace.bindings.map(({ name, tensor }) => [name, tensor]));
    const names = new Set(code.match(/(?<![\w.])[A-Za-z_]\w*(?!\w*[(=])/g));
    return [...names].filter((name) => this.#node(bound.get(name) ?? -1)?.requiresGrad);
  }

  /** Out of this leaf, or of what was made of it, a plain number was taken, with which an operation went on. */
  #takenOut(): Answer | null {
    const reached = new Set([this.tensor.id]);
    for (const operation of this.trace.graph.operations) if (tensorsOf(operation).some(({ tensor }) => reached.has(tensor))) for (const id of operation.outputs) reached.add(id);
    const names = [...reached].flatMap((id) => this.#node(id)?.names.filter((name) => /^\w+$/.test(name)) ?? []);
    const anyName = names.join("|");
    const pattern = new RegExp(`(?<![\\w.])(?:(${anyName})\\.(?:item|tolist)\\(\\)|(?:float|int)\\((${anyName})\\))`);
    for (const operation of names.length ? this.trace.graph.operations : []) {
      const code = this.mend.codeAt(operation.span);
      const found = code ? pattern.exec(code) : null;
      if (!found || !operation.span || !operation.gradMode) continue;
      const name = found[1] ?? found[2]!;
      return {
        isProblem: true,
        sentence: [`A leaf that requires a gradient. .grad is None: ${found[0]} in `, operation.span, " made a plain number of it, through which no gradient flows."],
        fix: this.mend.notAsNumber(operation.span, code!, code!.replace(found[0], name)),
      };
    }
    return null;
  }

  /** What stands between this leaf and everything that backward() was called on: the operation that recorded nothing. */
  #cutOnTheWay(): Operation | null {
    const roots = new Set(this.trace.passes.flatMap(({ steps }) => steps[0]?.tensor ?? []));
    const reach = (from: number, cut: Operation | null, seen: Set<number>): Operation | null => {
      if (roots.has(from) && cut) return cut;
      if (seen.has(from)) return null;
      seen.add(from);
      for (const operation of this.trace.graph.operations) {
        if (!tensorsOf(operation).some(({ tensor }) => tensor === from)) continue;
        for (const out of operation.outputs) {
          const found = out === from ? null : reach(out, cut ?? (this.#node(out)?.requiresGrad ? null : operation), seen);
          if (found) return found;
        }
      }
      return null;
    };
    return reach(this.tensor.id, null, new Set());
  }

  /** backward() on more than one number. */
  vector(): Answer[] {
    const { tensor, trace } = this;
    const size = tensor.value.shape.reduce((product, one) => product * one, 1);
    if (size < 2 || tensor.isLeaf) return [];
    const name = tensor.names.at(-1);
    const { error } = trace;
    if (error?.span && name && /grad can be implicitly created only for scalar outputs/.test(error.message)) {
      if (!this.mend.lineAt(error.span).includes(`${name}.backward(`)) return [];
      return [{
        isProblem: true,
        sentence: [`${name} has ${size.toLocaleString("en")} elements, each with a slope of its own, and backward() in `, error.span, " sends back one: gradient= says how much each element counts. With ones it is the gradient of their sum."],
        fix: this.mend.weighted(name, error.span),
      }];
    }
    const pass = trace.passes.findLast(({ steps }) => steps[0]?.tensor === tensor.id);
    if (!pass?.span) return [];
    return [{ sentence: ["backward() in ", pass.span, ` was given a gradient, one weight for each of its ${size.toLocaleString("en")} elements: ${tensorText(pass.steps[0]!.grad)}. What arrives at a leaf is the sum of the elements' gradients, so weighted: vᵀJ.`] }];
  }

  // ---- everything else

  changes(): Answer[] {
    const { changed, trace, tensor } = this;
    if (!changed.length) return [];
    const isFatal = /modified by an inplace operation/.test(trace.error?.message ?? "");
    const spans = [...new Map(changed.flatMap(({ span }) => (span ? [[`${span.cell}:${span.line}`, span] as const] : []))).values()];
    const signs = [...new Set(changed.map(({ label }) => (label.startsWith("[") ? `${label} =` : label)))];
    const sentence: Sentence = [`Changed in place by ${list(signs.length > MOST_SIGNS + 1 ? [...signs.slice(0, MOST_SIGNS), `${signs.length - MOST_SIGNS} more`] : signs)}, `];
    const shown = spans.length > MOST_PLACES + 1 ? spans.slice(0, MOST_PLACES) : spans;
    shown.forEach((span, i) => sentence.push(...(i ? [i === spans.length - 1 ? " and " : ", "] : []), span));
    if (shown.length < spans.length) sentence.push(` and ${spans.length - shown.length} more places`);
    sentence.push(isFatal ? ": backward() needs what was there before." : `. Its version is now ${tensor.version}.`);
    // A leaf that changes under no_grad is meant to: what is wrong is when.
    const isLeaf = isFatal && tensor.isLeaf && tensor.requiresGrad;
    if (isLeaf) sentence.push(" Call backward() before it changes.");
    return [{ sentence, isProblem: isFatal, fix: isFatal && !isLeaf ? this.mend.outOfPlace(changed.find(({ span }) => span) ?? changed[0]!) : undefined }];
  }

  broadcast(): Answer[] {
    const { made } = this;
    if (!made) return [];
    const operands = tensorsOf(made).map((operand) => {
      // What a library function repeats beforehand, as mse_loss does, is meant by what it is applied to.
      const maker = this.#makerOf(operand.tensor);
      const isRepeated = maker?.op === "expand" && JSON.stringify(maker.span) === JSON.stringify(made.span);
      const tensor = isRepeated ? tensorsOf(maker)[0]!.tensor : operand.tensor;
      return { ...operand, tensor, broadcast: operand.broadcast || isRepeated, node: this.#node(tensor), to: this.#node(operand.tensor)?.value.shape };
    });
    const stretched = operands.filter(({ broadcast, node }) => broadcast && node && node.value.shape.some((size) => size > 1));
    const to = shapeText(operands.find(({ broadcast, to }) => broadcast && to && to.length > this.tensor.value.shape.length)?.to ?? this.tensor.value.shape);
    const of = list(stretched.map(({ tensor, node }) => `${this.#name(tensor)} ${shapeText(node!.value.shape)}`));
    if (!stretched.length) return [];
    if (stretched.length === operands.length && stretched.length > 1) return [{ isProblem: true, sentence: [`Silently broadcast: ${of} were both repeated to ${to}, `, ...this.#at(made.span), ". Gradients are summed back."], fix: this.#sameShape(made, stretched.map(({ node }) => node!)) }];
    return [{ sentence: [`${of} is repeated to ${to}, `, ...this.#at(made.span), "; its gradient is summed back."] }];
  }

  /** A column and a row of the same length, of which every element met every other: one of them in the other's shape. */
  #sameShape(made: Operation, operands: TensorNode[]): Fix | undefined {
    const column = operands.find(({ value: { shape } }) => shape.length > 1 && shape.at(-1) === 1);
    const row = operands.find((one) => one !== column);
    if (operands.length !== 2 || !column || !row || row.value.shape.length !== column.value.shape.length - 1 || row.value.shape.some((size, i) => size !== column.value.shape[i])) return;
    const axis = column.value.shape.length - 1;
    const changesRow = column.requiresGrad && !row.requiresGrad;
    const one = changesRow ? row : column;
    return this.mend.shaped(made, one, this.#makerOf(one.id)?.span ?? null, changesRow ? `.unsqueeze(${axis})` : `.squeeze(${axis})`);
  }

  freed(): Answer[] {
    const { tensor, trace } = this;
    if (!tensor.graphFreed) return [];
    const isFatal = /backward through the graph a second time/.test(trace.error?.message ?? "");
    const isFailed = ({ span }: Pass) => isFatal && JSON.stringify(span) === JSON.stringify(trace.error!.span);
    const passes = trace.passes.filter(({ steps }) => steps.some((step) => step.tensor === tensor.id));
    const pass = passes.findLast((pass) => !isFailed(pass)) ?? passes.at(-1);
    return [{
      isProblem: isFatal,
      sentence: ["Its graph was freed by backward()", ...(pass?.span ? [" in ", pass.span] : []), isFatal ? ", so it cannot be gone through again." : ": what it had kept for a second one is gone."],
      fix: isFatal ? this.mend.retainGraph(pass?.span ?? trace.error!.span) : undefined,
    }];
  }

  nonFinite(): Answer[] {
    const { tensor, trace } = this;
    const found = trace.graph.nonFinite;
    const isBad = (preview: Preview | null) => preview?.values.some((value) => typeof value !== "number") ?? false;
    const inValue = isBad(tensor.value);
    const inGrad = isBad(tensor.grad);
    if (!inValue && !inGrad) return [];
    const operation = found && trace.graph.operations.find(({ id }) => id === found.operation);
    if (inValue && found && !found.backward) {
      // The trace knows the first of all; this tensor may have its own from elsewhere.
      const before = this.#before();
      const own = before.find((one) => one.outputs.some((id) => isBad(this.#node(id)?.value ?? null)) && tensorsOf(one).every(({ tensor }) => !isBad(this.#node(tensor)?.value ?? null)));
      if (own && !before.some(({ id }) => id === found.operation)) {
        const out = own.outputs.map((id) => this.#node(id)).find((node) => isBad(node?.value ?? null))!;
        const value = out.value.values.find((one): one is Exclude<typeof one, number> => typeof one !== "number")!;
        return [{ isProblem: true, sentence: this.#origin({ ...found, operation: own.id, run: own.count, value, operands: tensorsOf(own).flatMap(({ tensor }) => this.#node(tensor)?.value ?? []) }, own), fix: this.mend.kept(own, false) }];
      }
    }
    if (!found || !operation) return [{ isProblem: true, sentence: ["Not all of its numbers are finite; no operator made them so: they were written that way."] }];
    return [{ isProblem: true, sentence: this.#origin(found, operation), fix: this.mend.kept(operation, found.backward) }];
  }

  #origin(found: NonFinite, operation: Operation): Sentence {
    const run = operation.count > 1 ? `, in run ${found.run.toLocaleString("en")} of ${operation.count.toLocaleString("en")}` : "";
    const where: Sentence = operation.span ? [operation.span] : ["the code"];
    const tensors = tensorsOf(operation);
    if (!found.backward) {
      const on = list(found.operands.map((preview, i) => `${this.#name(tensors[i]?.tensor)} = ${tensorText(preview)}`));
      return [`The first ${found.value} came from ${operation.op} in `, ...where, `${run}${on ? `: ${on}` : ""}.`];
    }
    const to = found.input === null ? undefined : tensors[found.input];
    const values = list(tensors.map(({ tensor }) => `${this.#name(tensor)} = ${tensorText(this.#node(tensor)!.value)}`));
    return [`The first ${found.value} came backward out of ${operation.op} in `, ...where, `${run}: a gradient of ${tensorText(found.gradient!)} came in${values ? `, with ${values}` : ""}${to ? `, and ${found.value} went to ${this.#name(to.tensor)}` : ""}.`];
  }

  /** The operations that it comes from, the first of them first. */
  #before(): Operation[] {
    const wanted = new Set([this.tensor.id]);
    const found: Operation[] = [];
    for (const operation of [...this.trace.graph.operations].sort((a, b) => b.at - a.at)) {
      if (!operation.outputs.some((id) => wanted.has(id))) continue;
      found.unshift(operation);
      for (const { tensor } of tensorsOf(operation)) wanted.add(tensor);
    }
    return found;
  }

  // ---- names and places

  #node(id: number): TensorNode | undefined {
    return this.trace.graph.tensors.find((tensor) => tensor.id === id);
  }
  #makerOf(id: number): Operation | undefined {
    return this.trace.graph.operations.find(({ outputs }) => outputs.includes(id));
  }
  #name(id: number | undefined): string {
    const name = nameIn(this.trace, id ?? null, (span) => this.mend.codeAt(span));
    return name === "intermediate" ? "an intermediate result" : name;
  }
  #names(operands: TensorOperand[]): string {
    return list([...new Set(operands.map(({ tensor }) => this.#name(tensor)))]);
  }
  #at(span: Span | null): Sentence {
    return span ? [span] : ["elsewhere"];
  }

  /** The optimizer's zero_grad(), else None for .grad. */
  #zeroBefore(pass: Pass): Fix | undefined {
    const name = this.#ownName();
    const used = new Set(this.trace.optimizerSteps.filter(({ changes }) => changes.some(({ tensor }) => tensor === this.tensor.id)).map(({ optimizer }) => optimizer));
    const optimizer = this.trace.variables.find(({ type }) => used.has(type))?.name;
    const text = optimizer ? `${optimizer}.zero_grad()` : name ? `${name}.grad = None` : null;
    return text ? this.mend.zeroBefore(pass, text) : undefined;
  }

  #ownName(): string | undefined {
    const name = this.tensor.names.at(-1);
    return this.trace.variables.some((variable) => variable.name === name && variable.tensor === this.tensor.id) ? name : undefined;
  }
}
