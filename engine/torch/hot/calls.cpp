// A recorded round's calls, and its inner loops: Python functions are gone through like the loop itself; of native ones those are known
// that stand here.
#include "python/builtins/builtins.h"
#include "python/function.h"
#include "torch/hot/recorder.h"
#include "torch/optimizer.h"

namespace nabla::hot {
namespace {
using Kind = Sym::Kind;
constexpr std::size_t kDeepest = 20;
}  // namespace

void Recorder::load_method(const Sym& object, Str* name, std::uint16_t into) {
  const auto give = [&](Sym callee, Sym self) {
    set(into, std::move(callee));
    set(into + 1, std::move(self));
  };
  if (object.is(Kind::tensor)) {
    const Value* found = tensor_type()->find(name);
    if (!found || !as<NativeFunction>(*found)) give_up("a method of a tensor");
    return give(sym_of(*found), object);
  }
  if (!object.is(Kind::constant) || !object.value.is_object()) give_up("a method of a value");
  Object* const o = object.value.as_object();
  if (!o->type->attributes_first) {
    const Value* found = o->type->find(name);
    const bool is_method = found && found->is_object() && (as<Function>(*found) || as<NativeFunction>(*found));
    if (is_method) {
      if (o->type->has_side_dict) give_up("a class derived from a native one");
      if (o->type->has_dict) {
        Dict* const dict = static_cast<Instance*>(o)->dict.get();
        if (dict && dict->find(name)) give_up("a method that is an attribute");
      }
      return give(sym_of(*found), object);
    }
  }
  give(attribute(object, name), {});
}

void Recorder::call(const Sym& callee, std::vector<Sym> args, std::uint16_t result) {
  if (!callee.is(Kind::constant) || !callee.value.is_object()) give_up("a call of a value");
  Object* const object = callee.value.as_object();
  if (object->type == Function::class_type()) return enter(*static_cast<Function*>(object), std::move(args), result);
  if (object->type == NativeFunction::class_type()) return set(result, call_native(callee, *static_cast<NativeFunction*>(object), args));
  if (object->type == type_type()) return set(result, call_type(*static_cast<Type*>(object), args));
  give_up("a call of an object");
}

void Recorder::enter(const Function& function, std::vector<Sym> args, std::uint16_t result) {
  const Code& code = *function.code;
  const std::size_t missing = code.parameters - std::min<std::size_t>(args.size(), code.parameters);
  if (code.parameters != code.positional || args.size() > code.positional || missing > function.defaults.size() || (code.flags & Code::generator)) give_up("a call with arguments of other kinds");
  if (!function.closure.empty()) give_up("a function inside a function");
  std::size_t depth = frames_.size();
  for (const Frame* at = &base_; at; at = at->back) ++depth;
  if (frames_.size() > kDeepest || depth + 1 >= machine_.recursion_limit) give_up("deep calls");
  SymFrame next{&code, &function, function.globals.get(), code.sites.data(), code.constants.data(), code.instructions.data(), result, std::vector<Sym>(code.registers)};
  for (std::size_t i = 0; i < args.size(); ++i) next.registers[i] = std::move(args[i]);
  for (std::size_t i = args.size(); i < code.positional; ++i) next.registers[i] = sym_of(function.defaults[function.defaults.size() - (code.positional - i)]);
  frames_.push_back(std::move(next));
}

Sym Recorder::call_native(const Sym& callee, const NativeFunction& function, std::vector<Sym>& args) {
  const Sym none = Sym::constant(Value::none());
  Form form;
  if (const OperatorForms* const forms = forms_behind(callee.value, &form)) {
    if (form == Form::in_place) {
      if (args.size() == 1 && args[0].is(Kind::tensor) && std::string_view(forms->def->name) == "zero") {
        const SymTensor& x = tensors[args[0].index];
        if (grad_enabled_ && requires_grad(x)) give_up("a change that the graph follows");
        overwrite(args[0].index, x.dtype == DType::float32 ? constant_slot(0.0f) : constant_slot(0.0));
        return args[0];
      }
      if (args.size() != 2) give_up("an operator in place");
      return in_place(*forms, args[0], args[1]);
    }
    if (args.empty() || args.size() > 2) give_up("an operator with more arguments");
    return args.size() == 1 ? apply_one(*forms, args[0]) : apply(*forms, args[0], args[1]);
  }
  if (function.owner == tensor_type() && args.size() == 1 && args[0].is(Kind::tensor)) return call_method(function.name->text, args[0].index);
  if (function.owner == optimizers::optimizer_type() && args.size() == 1 && args[0].is(Kind::constant)) {
    if (function.name->text == "step") optimizer_step(args[0].value);
    else if (function.name->text == "zero_grad") zero_grad(args[0].value);
    else give_up("a method of an optimizer");
    return none;
  }
  if (function.owner == List::class_type() && function.name->text == "append" && args.size() == 2) {
    append(args[0], args[1]);
    return none;
  }
  give_up("a native function");
}

Sym Recorder::call_method(std::string_view name, std::uint32_t tensor) {
  if (name == "backward") {
    backward(tensor);
    return Sym::constant(Value::none());
  }
  if (name == "item" || name == "__float__" || name == "tolist") {
    if (name == "tolist" && tensors[tensor].rank) give_up("a list of numbers");
    return item_of(tensor);
  }
  if (name == "detach") return Sym::of(Kind::tensor, alias(tensor, false));
  give_up("a method of a tensor");
}

Sym Recorder::call_type(const Type& type, std::vector<Sym>& args) {
  if (type.is_heap) give_up("a call of a class");
  if (type.module == "torch.autograd.grad_mode" && args.empty() && (type.name == "no_grad" || type.name == "enable_grad")) {
    modes_.push_back({type.name == "enable_grad", grad_enabled_});
    return Sym::of(Kind::mode, modes_.size() - 1);
  }
  if (type.module != "builtins") give_up("a call of a class");
  if (type.name == "float" && args.size() == 1) {
    if (args[0].is(Kind::tensor)) return item_of(args[0].index);
    if (args[0].is_number()) return Sym::of(Kind::real, real_slot(args[0]));
  }
  if (type.name == "range" && !args.empty() && args.size() <= 3) {
    SymIterator range{SymIterator::Kind::range};
    range.end = fixed(args[args.size() == 1 ? 0 : 1]);
    if (args.size() > 1) range.at = fixed(args[0]);
    if (args.size() > 2) range.step = fixed(args[2]);
    if (range.step == 0) give_up("a range without a step");
    iterators_.push_back(range);
    return Sym::of(Kind::iterator, iterators_.size() - 1);
  }
  if ((type.name == "zip" || type.name == "enumerate") && !args.empty()) {
    SymIterator all{type.name == "zip" ? SymIterator::Kind::zip : SymIterator::Kind::enumerate};
    if (all.kind == SymIterator::Kind::enumerate && args.size() != 1) give_up("enumerate() from a number");
    for (const Sym& arg : args) all.parts.push_back(iterator_over(arg).index);
    iterators_.push_back(std::move(all));
    return Sym::of(Kind::iterator, iterators_.size() - 1);
  }
  give_up("a call of a class");
}

void Recorder::append(const Sym& list, const Sym& item) {
  auto* const object = list.is(Kind::constant) ? as<List>(list.value) : nullptr;
  if (!object || object->type != List::class_type()) give_up("a list made in the round");
  if (!item.is_number()) give_up("a list of objects");
  for (const Object* one : looked_into_) {
    if (one == object) give_up("a list that grows");
  }
  std::size_t at = 0;
  while (at < appended.size() && appended[at].list.get() != object) ++at;
  if (at == appended.size()) {
    appended.push_back({Ref<List>(object)});
    program.logs.emplace_back();
  }
  const bool real = !is_integer(item);
  const SlotNumber slot = real ? real_slot(item) : integer_slot(item);
  appended[at].real.push_back(real);
  ++appended[at].count;
  emit(Operation::append, 0, static_cast<SlotNumber>(at), slot);
}

// ------------------------------------------------------------------------------------------------------------ inner loops

Sym Recorder::iterator_over(const Sym& object) {
  SymIterator out{SymIterator::Kind::list};
  if (object.is(Kind::iterator)) return object;
  if (object.is(Kind::items)) {
    out.items = object.index;
  } else if (object.is(Kind::constant) && as<Range>(object.value)) {
    const Range& range = *as<Range>(object.value);
    out = {SymIterator::Kind::range, range.start, range.stop, range.step};
  } else if (object.is(Kind::constant) && (as<List>(object.value) || as<Tuple>(object.value))) {
    (void)unpacked(object);  // notes that it is looked into
    out.list = object.value;
  } else {
    give_up("a loop over an object");
  }
  iterators_.push_back(std::move(out));
  return Sym::of(Kind::iterator, iterators_.size() - 1);
}

bool Recorder::next(SymIterator& it, Sym& out) {
  switch (it.kind) {
    case SymIterator::Kind::range:
      if (it.step > 0 ? it.at >= it.end : it.at <= it.end) return false;
      out = Sym::constant(integer(it.at));
      it.at += it.step;
      return true;
    case SymIterator::Kind::list: {
      const auto at = static_cast<std::size_t>(it.at);
      if (it.items != ~0u) {
        if (at >= tuples_[it.items].size()) return false;
        out = tuples_[it.items][at];
      } else {
        const auto* list = as<List>(it.list);
        const std::vector<Value>& values = list ? list->items : as<Tuple>(it.list)->items;
        if (at >= values.size()) return false;
        out = sym_of(values[at]);
      }
      ++it.at;
      return true;
    }
    default: break;
  }
  std::vector<Sym> items;
  if (it.kind == SymIterator::Kind::enumerate) items.push_back(Sym::constant(integer(it.at++)));
  for (const std::uint32_t part : it.parts) {
    Sym item;
    if (!next(iterators_[part], item)) return false;
    items.push_back(std::move(item));
  }
  tuples_.push_back(std::move(items));
  out = Sym::of(Kind::items, tuples_.size() - 1);
  return true;
}

void Recorder::iterate(std::uint16_t iterator, std::uint16_t into, std::int16_t exit) {
  const Sym sym = get(iterator);
  if (sym.is(Kind::iterator)) {
    Sym item;
    if (next(iterators_[sym.index], item)) return set(into, std::move(item));
    set(iterator, {});
    frame().pc += exit;
    return;
  }
  if (!sym.is(Kind::constant) || !as<RangeIterator>(sym.value)) give_up("a loop over an object");
  if (frames_.size() > 1) give_up("an iterator that is handed over");
  const std::size_t index = static_cast<std::size_t>(&range_state(*as<RangeIterator>(sym.value)) - ranges.data());
  if (!decide(Operation::i_lt, Compare::gt, ranges[index].remaining, constant_slot(std::int64_t{0}))) give_up("the end of the loop");
  const SlotNumber item = ranges[index].value;
  const SlotNumber remaining = compute(Operation::i_sub, ranges[index].remaining, constant_slot(std::int64_t{1}));
  const SlotNumber value = compute(Operation::i_add, item, constant_slot(ranges[index].range->step));
  ranges[index].remaining = remaining;
  ranges[index].value = value;
  set(into, Sym::of(Kind::integer, item));
}

}  // namespace nabla::hot
