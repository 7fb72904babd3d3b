// Calling operators from Python: by their names and by the signs, and what they give back.
#include <algorithm>
#include <array>
#include <cstring>
#include <unordered_map>

#include "base/error.h"
#include "ops/formula.h"
#include "ops/forward.h"
#include "ops/overlap.h"
#include "ops/support.h"
#include "python/function.h"
#include "python/type_name.h"
#include "tensor/layout.h"
#include "tensor/loops.h"
#include "torch/arguments.h"
#include "torch/numpy/numpy.h"
#include "torch/operation.h"

namespace nabla {
namespace {

using Parameter = ParameterDef;
using PType = ParameterDef::Type;

Value named_results(const OpDef& def, const std::vector<Tensor>& outs, bool stored = false);

/// Is the only one of several results given as it is, not in a tuple?
bool gives_one(const Call& call, std::size_t count) {
  const Parameter& last = call.def.parsed()[call.signature].parameters.back();
  return count == 1 && (call.def.signatures.begin()[call.signature].lone || (last.name == "as_tuple" && !call[call.count - 1].integer()));
}

/// out=: puts the results where they are wanted, in the shape that they have.
Value store(const std::string& name, Binding& binding) {
  Call& call = binding.call;
  bool tracked = false;
  for (int i = 0; i < call.count; ++i) {
    if (call.args[i].is_tensor()) tracked = tracked || requires_grad(*call.args[i].impl());
    if (call.args[i].kind() != Arg::Kind::tensors) continue;
    for (const Tensor& x : call.args[i].tensors()) tracked = tracked || (x && requires_grad(*x));
  }
  for (const Tensor& x : binding.into) tracked = tracked || requires_grad(*x);
  const auto& parameters = call.def.parsed()[call.signature].parameters;
  for (int i = 0; i < call.count; ++i) {  // what makes tensors, or adds up, does it in the type that it is handed
    const bool takes = call.def.factory || call.def.computes_in_out;
    if (takes && parameters[i].name == "dtype" && !call.has(i)) call.args[i] = Arg(binding.into[0]->dtype);
  }
  const auto refuse = [&] {
    fail("RuntimeError", name, "(): functions with out=... arguments don't support automatic differentiation, but one of the arguments requires grad.");
  };
  tracked = tracked && grad_enabled();
  if (tracked && call.def.factory) {
    if (call.def.resizes_out) fail("RuntimeError", "cannot resize variables that require grad");
    fail("RuntimeError", "a leaf Variable that requires grad is being used in an in-place operation.");
  }
  if (dual_level_open() && !call.def.is_composite(call.signature)) check_forward_out(call, binding.into, name);
  const bool smooth = call.def.gradient_of(0).state == Gradient::State::formula && !(call.def.sign && std::count(std::begin(kCompareSigns), std::end(kCompareSigns), call.def.sign));
  if (tracked && !call.def.copies_out && !call.def.is_composite(call.signature) && smooth) refuse();  // whatever the sizes
  for (const Tensor& x : binding.into) {
    check_inference_change(*x);
    if (call.def.spellings & kInPlace) check_operands(call, *x);
  }
  if (call.def.draws && call.def.factory) call.args[call.count] = Arg(binding.into[0]);  // behind the arguments: where the numbers will lie
  std::vector<Tensor> results;
  if (call.def.gives_many(call.signature)) results = run_many(call);
  else results.push_back(run(call));
  const bool differs = call.def.is_composite(call.signature) || call.def.is_differentiable();
  if (tracked && differs && !results.empty() && is_floating(results[0]->dtype) && !call.def.copies_out) refuse();
  if (results.size() != binding.into.size()) {
    fail("TypeError", name, "(): argument 'out' must be a tuple of ", results.size(), " tensors, not of ", binding.into.size());
  }
  if (call.def.spellings & kInPlace) {
    for (int i = 0; i < call.count && binding.into.size() == 1; ++i) {
      const Tensor& into = binding.into[0];
      if (!call[i].is_tensor() || call[i].impl() != into.get() || results[0]->sizes == into->sizes) continue;
      fail("RuntimeError", "output with shape ", into->sizes, " doesn't match the broadcast shape ", results[0]->sizes);
    }
  }
  for (std::size_t i = 0; i < results.size(); ++i) {
    const Tensor &from = results[i], &into = binding.into[i];
    const bool free = call.def.factory;  // these take any size
    if (into->dtype != from->dtype) refuse_out_type(call.def.name, i < call.def.results.size() ? call.def.results.begin()[i] : "", from->dtype, into->dtype, call);
    if (!free && ((is_floating(from->dtype) && !is_floating(into->dtype)) || (into->dtype == DType::bool_ && from->dtype != DType::bool_))) {
      refuse_cast(from->dtype, legacy_name(into->dtype));
    }
    Ref<Storage> left;  // whose tensors go on showing what lies at its place, as PyTorch's would in the memory grown
    if (!(into->sizes == from->sizes)) {
      if (call.def.may_round && into->numel != 0 && into->numel != from->numel) {
        warn("UserWarning", cat("The number of elements in the out tensor of shape ", into->sizes, " is ", into->numel, " which does not match the computed number of elements ", from->numel,
                                ". Note that this may occur as a result of rounding error. The out tensor will be resized to a tensor of shape (", from->numel, ",)."));
      }
      if (into->numel != 0 && !free) {
        warn("UserWarning", cat("An output with one or more elements was resized since it had shape ", into->sizes, ", which does not match the required output shape ",
                                from->sizes, ". This behavior is deprecated, and in a future PyTorch release outputs will not be resized unless they have zero "
                                             "elements. You can explicitly reuse an out tensor t by resizing it, inplace, to zero elements with t.resize_(0)."));
      }
      left = resize(*into, from->sizes, empty_as(*from, into->dtype)->strides);  // laid out as the result would be
    }
    if (call.def.copies_out && tracked) {
      copy_in_place(into, Arg(from));
      continue;
    }
    copy_into(into, from);
    if (left) std::memcpy(left->data, into->storage()->data, static_cast<std::size_t>(left->bytes));
    into->raise_version();
  }
  return call.def.gives_many(call.signature) && !gives_one(call, results.size()) ? named_results(call.def, binding.into, true) : wrap(binding.into[0]);
}

Value finish(Binding& binding, const std::string& name, Form form) {
  Call& call = binding.call;
  const OpDef& def = call.def;
  const UseGenerator use(binding.generator);
  if (!binding.into.empty()) return store(name, binding);
  if (def.gives_many(call.signature)) {
    const std::vector<Tensor> outs = run_many(call);
    if (gives_one(call, outs.size())) return wrap(outs[0]);
    return named_results(def, outs);
  }
  if (form == Form::in_place) return wrap(run_in_place(call));
  if (binding.in_rows && call[0].is_tensor() && !call[0].impl()->is_contiguous()) {
    if (!def.factory) return wrap(clone(call.tensor(0)));
    call.args[0] = Arg(contiguous(call.tensor(0)));  // of which only the layout counts
  }
  const Tensor out = run(call);
  if (def.truth) return Value::boolean(item(out).to_bool());
  if (binding.requires_grad) {
    if (!is_floating(out->dtype)) fail("RuntimeError", "Only Tensors of floating point and complex dtype can require gradients");
    out->requires_grad = true;
  }
  return wrap(out);
}

/// Several results: a plain tuple, or for operators that name them torch.return_types.max and its like.
Value named_results(const OpDef& def, const std::vector<Tensor>& outs, bool stored) {
  std::vector<Value> items;
  for (const Tensor& out : outs) items.push_back(wrap(out));
  if (def.results.size() == 0) return tuple(std::move(items));
  struct Made {
    const OpDef* of;
    bool stored;
    Type* type;
  };
  static std::vector<Made> types;
  Type* type = nullptr;
  for (const Made& made : types) {
    if (made.of == &def && made.stored == stored) type = made.type;
  }
  if (!type) {
    type = make<Type>(stored ? cat(def.name, "_out") : def.name, Tuple::class_type()).detach();
    type->module = "torch.return_types";
    name_with_module(type);
    type->slots.repr = [](const Value& self) {
      const auto* items = static_cast<Tuple*>(self.as_object());
      std::string_view name = items->type->name;
      if (name.ends_with("_out")) name.remove_suffix(4);
      const OpDef* of = find_op(name);
      std::string out = cat("torch.return_types.", items->type->name, "(\n");
      for (std::size_t i = 0; i < items->items.size(); ++i) out += cat(i ? ",\n" : "", of->results.begin()[i], "=", repr(items->items[i]));
      return out + ")";
    };
    static Value (*const getters[])(const Value&) = {[](const Value& self) { return static_cast<Tuple*>(self.as_object())->items[0]; },
                                                     [](const Value& self) { return static_cast<Tuple*>(self.as_object())->items[1]; },
                                                     [](const Value& self) { return static_cast<Tuple*>(self.as_object())->items[2]; }};
    for (std::size_t i = 0; i < def.results.size(); ++i) {
      const Property property{def.results.begin()[i], getters[i]};
      add_properties(type, {&property, 1});
    }
    types.push_back({&def, stored, type});
  }
  return make<Tuple>(std::move(items), type);
}

// ------------------------------------------------------------------------------------------------------------------ signs

constexpr int kBinaryCount = 13;

OperatorForms operation_of(const OpDef& def) {
  const auto takes = [&](const Parameter& p, bool tensor) {
    return tensor ? p.type == PType::tensor : p.type == PType::number || (p.type == PType::tensor && def.numbers);
  };
  const auto find = [&](bool x, bool y) -> std::int8_t {
    const auto& signatures = def.parsed();
    for (std::size_t i = 0; i < signatures.size(); ++i) {
      const auto& p = signatures[i].parameters;
      if (p.size() >= 2 && takes(p[0], x) && takes(p[1], y)) return static_cast<std::int8_t>(i);
    }
    return -1;
  };
  OperatorForms out{&def, find(true, true), find(true, false), find(false, true), {}, {}, {}, {}};
  const auto form = [&](int signature) { return signature < 0 ? SingleForm() : single_form(def, signature); };
  out.single_tensors = form(out.tensors);
  out.single_left = form(out.left);
  out.single_right = form(out.right);
  if (def.parsed()[0].parameters.size() == 1) out.single_one = form(0);
  return out;
}

OperatorForms entry_for(std::string_view sign) {
  OperatorForms entry;
  for (const OpDef* def : all_ops()) {
    if (def->sign && sign == def->sign && def->parsed()[0].parameters.size() >= 2) entry = operation_of(*def);  // not the unary sign
  }
  return entry;
}

/// By Binary. Filled by add_tensor_operators.
OperatorForms g_signs[kBinaryCount];
const OperatorForms& binary_entry(Binary op) { return g_signs[static_cast<int>(op)]; }

const OperatorForms& compare_entry(Compare op) {
  static const auto table = [] {
    std::array<OperatorForms, 6> out;
    for (int i = 0; i < 6; ++i) out[i] = entry_for(kCompareSigns[i]);
    return out;
  }();
  return table[static_cast<int>(op)];
}

Arg operand(const Value& value, TensorImpl* tensor) { return tensor ? Arg(Tensor(tensor)) : Arg(to_scalar(value)); }

[[gnu::always_inline]] inline bool read_single(const Value& value, SingleOperand* out) {
  if (value.is_object()) {
    out->tensor = as_tensor(value);
    return out->tensor && is_single(*out->tensor);
  }
  if (value.is_float()) out->number = Scalar::of(value.as_float());
  else if (value.is_small()) out->number = Scalar::of(value.as_small());
  else return false;
  return true;
}

/// By the short way, where it leads; undefined where it does not.
[[gnu::always_inline]] inline Value try_single(const OperatorForms& operation, const Value& a, const Value& b) {
  SingleOperand x, y;
  if (!read_single(a, &x) || !read_single(b, &y)) return Value();
  if (x.tensor ? y.tensor && x.tensor->dtype != y.tensor->dtype : !y.tensor) return Value();
  const SingleForm& form = !x.tensor ? operation.single_right : y.tensor ? operation.single_tensors : operation.single_left;
  return form.def ? Value(run_single(form, x, y)) : Value();
}
Value try_single(const OperatorForms& operation, const Value& a) {
  SingleOperand x;
  if (!operation.single_one.def || !read_single(a, &x) || !x.tensor) return Value();
  return run_single(operation.single_one, x);
}

/// Is `number op tensor` not the operator itself with the number first?
bool is_reflected(Binary op) { return op == Binary::sub || op == Binary::truediv || op == Binary::pow; }

/// Is `number op tensor` the operator with the tensor first, as in PyTorch's __radd__ and __rmul__?
bool is_swapped(Binary op) { return op == Binary::add || op == Binary::mul; }

/// What `number - tensor` is.
const OperatorForms& rsub_entry() {
  static const OperatorForms entry = operation_of(*find_op("rsub"));
  return entry;
}

/// What PyTorch does for `number op tensor` where is_reflected(op).
Value reflected(Binary op, const Value& a, const Value& b) {
  static const OperatorForms reciprocal = operation_of(*find_op("reciprocal"));
  const Tensor tensor(as_tensor(b));
  const Scalar x = to_scalar(a);
  if (op == Binary::sub) {
    const OperatorForms& rsub = rsub_entry();
    Call call(*rsub.def, rsub.left);
    call.count = 3;
    call.args[0] = Arg(tensor);
    call.args[1] = Arg(x);
    return wrap(run(call));
  }
  if (op == Binary::truediv) {
    if (const Value out = try_single(reciprocal, b); !out.is_undefined()) return tensor_binary(Binary::mul, out, a, false);
    return wrap(apply(*reciprocal.def, tensor) * Arg(x));
  }
  ResultType type;
  type.add_tensor(tensor->dtype, tensor->dim() == 0);
  type.add_number(x.kind);
  return wrap(pow(scalar_tensor(x, type.get()), tensor));
}

Value apply_sign(const OperatorForms& entry, const Value& a, const Value& b, TensorImpl* x, TensorImpl* y, bool in_place) {
  const int signature = x && y ? entry.tensors : x ? entry.left : entry.right;
  if (signature < 0) return Value::not_implemented();
  Call call(*entry.def, signature);
  call.count = static_cast<std::uint8_t>(entry.def->parsed()[signature].parameters.size());
  call.args[0] = operand(a, x);
  call.args[1] = operand(b, y);
  try {
    return wrap(in_place ? run_in_place(call) : run(call));
  } catch (const Error& error) {
    const Value operands[] = {a, b};
    (void)tell_first_mistake(Callable(*entry.def, cat(entry.def->name, in_place ? "_" : ""), in_place ? Form::in_place : Form::method), Args{operands, 2, nullptr}, error);
    throw;
  }
}

}  // namespace

Value call_op(const Callable& as, Args args) {
  const int count = static_cast<int>(as.def.parsed().size());
  for (int i = 0; i < count; ++i) {
    if (!as.may_use(i)) continue;
    Binding binding(as, i, args);
    try {
      if (!binding.bind(false)) continue;
      return finish(binding, as.name, as.form);
    } catch (const Error& error) {
      if (const Value given = tell_first_mistake(as, args, error); !given.is_none()) return given;
      throw;
    }
  }
  if (as.name.starts_with("__")) return Value::not_implemented();
  if (const Value result = call_old_form(as, args); !result.is_undefined()) return result;
  return no_match(as, args);
}

Value tensor_short_binary(Binary op, const Value& a, const Value& b) {
  if (!a.is_object()) {
    if (is_reflected(op)) return op == Binary::sub ? try_single(rsub_entry(), b, a) : Value();
    if (is_swapped(op)) return try_single(binary_entry(op), b, a);
  }
  return try_single(binary_entry(op), a, b);
}

Value tensor_binary(Binary op, const Value& a, const Value& b, bool in_place) {
  const OperatorForms& entry = binary_entry(op);
  if (!in_place) {
    if (Value out = tensor_short_binary(op, a, b); !out.is_undefined()) return out;
  }
  TensorImpl* x = as_tensor(a);
  TensorImpl* y = as_tensor(b);
  if (in_place && x && is_numpy_scalar(b)) return tensor_binary(op, a, plain_number(b), true);
  if ((!x && !is_number(a)) || (!y && !is_number(b))) return Value::not_implemented();
  if (!entry.def) return Value::not_implemented();
  if (!x && is_reflected(op)) return reflected(op, a, b);
  if (!x && is_swapped(op)) return apply_sign(entry, b, a, y, x, false);
  return apply_sign(entry, a, b, x, y, in_place && x && (entry.def->spellings & kInPlace));
}

Value tensor_compare(Compare op, const Value& a, const Value& b) {
  TensorImpl* x = as_tensor(a);
  TensorImpl* y = as_tensor(b);
  if ((!x && !is_number(a)) || (!y && !is_number(b))) return Value::not_implemented();
  if (!x) {  // number < tensor is tensor > number
    constexpr Compare kMirrored[] = {Compare::gt, Compare::ge, Compare::eq, Compare::ne, Compare::lt, Compare::le};
    return tensor_compare(kMirrored[static_cast<int>(op)], b, a);
  }
  return apply_sign(compare_entry(op), a, b, x, y, false);
}

Value tensor_unary(Unary op, const Value& a) {
  const Tensor x(as_tensor(a));
  if (op == Unary::pos && x->dtype == DType::bool_) fail("RuntimeError", "The `+` operator, on a bool tensor is not supported.");
  if (op == Unary::pos) return a;
  if (op == Unary::neg) return wrap(-x);
  if (is_floating(x->dtype)) fail("TypeError", "~ (operator.invert) is only implemented on integer and Boolean-type tensors");
  static const OpDef* invert = find_op("bitwise_not");
  return wrap(apply(*invert, x));
}

bool has_own_module(std::string_view name) { return name.starts_with("linalg_") || name.starts_with("special_"); }

namespace {

/// What lies behind a name: it lives for ever.
struct Named {
  Callable as;
  const OperatorForms& operation;
};

Value call_named(const void* data, Args args) {
  const auto& [as, operation] = *static_cast<const Named*>(data);
  if (operation.def->single.f32 && as.form != Form::in_place && !args.keywords && args.positional <= 2 && args.positional != 0) {
    Value out = args.positional == 1 ? try_single(operation, args[0]) : try_single(operation, args[0], args[1]);
    if (!out.is_undefined()) return out;
  }
  return call_op(as, args);
}

/// One for each OpDef, which lives for ever.
const OperatorForms& operation_for(const OpDef* def) {
  static std::unordered_map<const OpDef*, OperatorForms> table;
  const auto found = table.find(def);
  return found != table.end() ? found->second : table.emplace(def, operation_of(*def)).first->second;
}

Value callable(const OpDef* def, std::string_view name, Form form, Type* of = nullptr) {
  return native_closure(name, call_named, new Named{Callable(*def, name, form), operation_for(def)}, of);
}

}  // namespace

const OpDef* operator_behind(const Value& function, bool* is_method) {
  const auto* native = as<NativeFunction>(function);
  if (!native || native->closure != call_named) return nullptr;
  const Callable& callable = static_cast<const Named*>(native->data)->as;
  *is_method = callable.first() == 1;
  return &callable.def;
}

const OperatorForms& forms_of(Binary sign) { return binary_entry(sign); }
const OperatorForms& forms_of_rsub() { return rsub_entry(); }
const OperatorForms* forms_behind(const Value& function, Form* form) {
  const auto* native = as<NativeFunction>(function);
  if (!native || native->closure != call_named) return nullptr;
  const auto& [callable, operation] = *static_cast<const Named*>(native->data);
  *form = callable.form;
  return &operation;
}

void add_operators(const OperatorModules& modules) {
  const auto add = [&](const OpDef* def, std::string_view name) {
    if (name.starts_with("linalg_")) return modules.linalg->set(intern(name.substr(7)), callable(def, name, Form::function));
    if (name.starts_with("special_")) return modules.special->set(intern(name.substr(8)), callable(def, name, Form::function));
    if (def->spellings & kTorch) modules.torch->set(intern(name), callable(def, name, Form::function));
    if (def->spellings & kFunctional) modules.functional->set(intern(name), callable(def, name, Form::functional));
    const bool in_place = (def->spellings & kInPlace) && (def->spellings & kTorch) && !def->method_in_place && name != "absolute";
    if (in_place && def->parsed()[0].parameters.size() == 1) {
      modules.torch->set(intern(cat(name, "_")), callable(def, cat(name, "_"), Form::in_place));
    }
  };
  for (const OpDef* def : all_ops()) {
    add(def, def->name);
    for (const char* alias : def->aliases) add(def, alias);
  }
}

void add_tensor_operators(Type* tensor) {
  for (int i = 0; i < kBinaryCount; ++i) g_signs[i] = entry_for(kBinarySigns[i]);
  const auto add = [&](const OpDef* def, std::string_view name) {
    if (has_own_module(name)) return;
    if (def->spellings & kMethod) set_type_attribute(tensor, name, callable(def, name, Form::method, tensor));
    if (def->spellings & kInPlace) set_type_attribute(tensor, cat(name, "_"), callable(def, cat(name, "_"), Form::in_place, tensor));
  };
  for (const OpDef* def : all_ops()) {
    add(def, def->name);
    for (const char* alias : def->aliases) add(def, alias);
  }
}

}  // namespace nabla
