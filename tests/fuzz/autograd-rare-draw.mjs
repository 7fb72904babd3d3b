// Draws programs about the rarer tools of autograd, for `npm run fuzz -- --rare`. Hooks on nodes and on what is saved, Functions with all
// that their contexts can say, passes from several roots, gradients asked for in every form, views made without gradients or by operators with many results, inference and forward
// mode, norms clipped; each step may be followed by a look at what it made.
import { AutogradProgram } from "./autograd-draw.mjs";
import { randomOf } from "./draw.mjs";

const HOOKS_AFTER = ["lambda gi, go: print('after', gi, go)", "lambda gi, go: tuple(None if g is None else g * 2 for g in gi)", "lambda gi, go: (None,) * len(gi)", "lambda gi, go: gi[:1]"];
const HOOKS_BEFORE = ["lambda go: print('before', go)", "lambda go: tuple(None if g is None else g * 3 for g in go)", "lambda go: go", "lambda go: ()"];
const MADE = ["Dirty.apply(#)", "Dirties.apply(#, @)[0]", "Dirties.apply(#, @)[1]", "Same.apply(#)", "Sames.apply(#, @)[0]", "Sames.apply(#, @)[1]", "Row.apply(#)", "Rows.apply(#)[0]", "Raw.apply(#)[0]", "Raw.apply(#)[1]",
  "Silent.apply(#)", "Given.apply(#, 2.0, @)", "Scale.apply(#, @)", "Once.apply(#)", "Both.apply(#, @)[1]"];
const VIEWED = ["#.unbind()[0]", "#.split(1)[0]", "#.chunk(2)[-1]", "#.split([1, 1], -1)[0]", "#.tensor_split(2)[0]", "#.view(-1)", "#[0]", "#[..., 0]", "#.t()", "#.expand(2, *#.shape)", "#.diagonal()", "#[1:]", "#.unfold(0, 1, 1)"];
const CHANGED = ["#.mul_(2)", "#.add_(@)", "#.zero_()", "#.copy_(@)", "#.sin_()", "#.mul_(@)", "#.detach_()", "#.requires_grad_()", "#[0] = @", "#.unbind()[0].mul_(2)", "#.view(-1)[0].add_(1)", "#.fill_(1.5)", "#.exp_()", "#.data = @", "#.data.mul_(2)", "#.resize_(1)", "#.set_(@)", "#.grad.mul_(2)"];

class RareProgram extends AutogradProgram {
  /** A pattern with known tensors in the places of # (one) and @ (any). */
  filled(pattern) {
    const x = this.known();
    return pattern.replaceAll("#", x).replaceAll("@", () => this.known());
  }
  one(list) { return this.filled(this.pick(list)); }
  list() { return `[${this.known()}, ${this.known()}]`; }

  look() {
    return this.one(["print(#)", "print(#.grad)", "print(graph(#.grad_fn, 9))", "print(#._version, #.is_leaf, #.requires_grad, #.output_nr, #._is_view(), #._base is @)", "print(kept(#.grad_fn))", "print(leaves(#.grad_fn))", "print(#.grad_fn(@))",
      "print(#.grad_fn.metadata)", "print(#.grad_fn.next_functions[0][0].variable is @)", "print(#.is_inference(), torch.is_grad_enabled(), torch.is_inference_mode_enabled())"]);
  }

  node() {
    const from = this.pick(["#.grad_fn", "#.grad_fn", "#.grad_fn.next_functions[0][0]"]);
    const handle = `handle${this.handles.length}`;
    this.handles.push(handle);
    this.emit(this.filled(`${handle} = ${from}.${this.chance(0.5) ? `register_hook(${this.pick(HOOKS_AFTER)})` : `register_prehook(${this.pick(HOOKS_BEFORE)})`}`));
    if (this.chance(0.2)) this.emit(`${this.pick(this.handles)}.remove()`);
  }

  saved() {
    const name = this.fresh(), expression = this.expression();
    this.names.push(name);
    const hooks = this.pick(["pack, unpack", "lambda x: x.detach() * 2, lambda x: x", "lambda x: x.tolist(), torch.tensor", "lambda x: x, lambda x: x", "pack, lambda x: 1"]);
    this.emit(`with torch.autograd.graph.saved_tensors_hooks(${hooks}):\n    ${name} = ${expression}`);
    if (this.chance(0.2)) this.emit(`${name}.grad_fn._raw_saved_${this.pick(["self", "other", "result"])}.register_hooks(pack, unpack)`);
  }

  asked() {
    const keep = this.chance(0.4) ? this.pick([", retain_graph=True", ", create_graph=True"]) : "";
    const unused = this.chance(0.5) ? ", allow_unused=True" : "";
    return this.pick([
      () => `print(torch.autograd.grad([#.sum(), @.sum()], ${this.list()}${keep}${unused}))`,
      () => `print(torch.autograd.grad([#, @.sum()], ${this.list()}, grad_outputs=[torch.ones_like(#), None]${keep}${unused}))`,
      () => `print(torch.autograd.grad(#, @, torch.ones(2, *#.shape), is_grads_batched=True${keep}${unused}))`,
      () => `print(torch.autograd.grad(#, ${this.list()}, torch.stack([#, #]), is_grads_batched=True${keep}${unused}))`,
      () => `torch.autograd.backward([#.sum(), @.sum()]${keep})`,
      () => `torch.autograd.backward([#, @], [torch.ones_like(#), None]${keep})`,
      () => `torch.autograd.backward([#, #], [torch.ones_like(#), torch.full_like(#, 2.)]${keep}, inputs=${this.list()})`,
      () => `torch.autograd.backward(#.sum(), inputs=[@]${keep})`,
      () => `#.backward(torch.ones_like(#)${keep})`,
      () => `#.sum().backward(${keep.slice(2)})`,
      () => `with torch.autograd.detect_anomaly():\n    ${this.pick(["(# / 0).sqrt().sum().backward()", "#.sum().backward()", "(# * (@ * 0).log()).sum().backward()"])}`,
    ])();
  }

  tools() {
    return this.one(["print(torch.nn.utils.clip_grad_norm_([#, @], 1.0))", "print(torch.nn.utils.clip_grad_norm_(#, 0.5, norm_type=1))", "torch.nn.utils.clip_grad_value_([#, @], 0.5)", "print(torch.nn.utils.parameters_to_vector([#, @]))", "print(turned(#, @))", "print(turned(#, torch.ones_like(#)))", "print(changed_dual(#, @))",
      "print(seen_dual(#))", "print(torch.autograd.functional.jacobian(Same.apply, #))", "print(torch.autograd.functional.jacobian(Row.apply, #))", "print(torch.autograd.gradcheck(lambda t: Cube.apply(t), #.double().detach().requires_grad_()))"]);
  }

  inside() {
    const mode = this.pick(["torch.no_grad()", "torch.no_grad()", "torch.inference_mode()", "torch.enable_grad()", "torch.inference_mode(False)"]);
    const view = this.chance(0.6), name = this.fresh(), expression = view ? this.one(VIEWED) : this.expression();
    this.emit(`with ${mode}:\n    ${name} = ${expression}`);
    this.names.push(name);
    if (this.chance(0.5)) this.emit(this.one(CHANGED));
  }

  draw() {
    for (let n = 1 + this.below(2); n > 0; --n) this.leaf();
    for (let n = 5 + this.below(8); n > 0; --n) {
      const at = this.random(), before = this.names.length;
      if (at < 0.16) this.bind(this.expression());
      else if (at < 0.3) this.bind(this.one(MADE));
      else if (at < 0.4) this.bind(this.one(VIEWED));
      else if (at < 0.52) this.emit(this.one(CHANGED));
      else if (at < 0.6) this.inside();
      else if (at < 0.66) this.node();
      else if (at < 0.7) this.saved();
      else if (at < 0.86) this.emit(this.filled(this.asked()));
      else if (at < 0.91) this.emit(this.tools());
      else if (at < 0.94) this.emit(this.other());
      else this.emit(this.look());
      if (this.names.length > before && this.chance(0.3)) this.emit(`print(${this.names.at(-1)}, graph(${this.names.at(-1)}.grad_fn))`);
    }
    return this.statements;
  }
}

export function drawRare({ seed = 1, count = 300 }) {
  return Array.from({ length: count }, (_, k) => ({ seed: k, lines: new RareProgram(randomOf(`rare ${seed} ${k}`)).draw() }));
}
