// Calling operators from Python: binding arguments to signatures, the words of PyTorch's argument parser, and the signs.
// PyTorch's rules and texts: torch/csrc/utils/python_arg_parser.cpp, by their observed behaviour.
#include <algorithm>
#include <array>
#include <unordered_map>

#include "base/error.h"
#include "ops/formula.h"
#include "torch/torch.h"

namespace nabla {
namespace {

using Parameter = ParameterDef;
using PType = ParameterDef::Type;

const char* type_text(PType type) {
  switch (type) {
    case PType::tensor: return "Tensor";
    case PType::number: return "Number";
    case PType::integer: return "int";
    case PType::real: return "float";
    case PType::boolean: return "bool";
    case PType::ints:
    case PType::size: return "tuple of ints";
    case PType::tensors: return "tuple of Tensors";
    case PType::dtype: return "torch.dtype";
    case PType::text: return "str";
    case PType::index: return "index";
  }
  return "";
}

const std::vector<Value>* sequence_items(const Value& value) {
  if (const auto* tuple = as<Tuple>(value)) return &tuple->items;
  if (const auto* list = as<List>(value)) return &list->items;
  return nullptr;
}

bool read_ints(const std::vector<Value>& items, Dims* out) {
  for (const Value& item : items) {
    std::int64_t i;
    if (!takes_int(item, &i)) return false;
    out->push_back(i);
  }
  return true;
}

/// Reads one argument; false when its type does not fit.
bool read(const Parameter& parameter, const Value& value, bool numbers, Arg* out) {
  if (value.is_none() && (parameter.optional || (parameter.has_default && parameter.default_value.is_none()))) {
    *out = Arg();
    return true;
  }
  switch (parameter.type) {
    case PType::tensor:
      if (TensorImpl* x = as_tensor(value)) {
        *out = Arg(Tensor(x));
        return true;
      }
      if (!numbers || !is_number(value)) return false;
      *out = Arg(to_scalar(value));
      return true;
    case PType::number:
      if (is_number(value)) {
        *out = Arg(to_scalar(value));
        return true;
      }
      if (TensorImpl* x = as_tensor(value); x && x->dim() == 0 && !requires_grad(*x)) {
        *out = Arg(element(*x, 0));
        return true;
      }
      return false;
    case PType::integer: {
      std::int64_t i;
      if (!takes_int(value, &i)) return false;
      *out = Arg(i);
      return true;
    }
    case PType::real:
      if (is_number(value) && !value.is_bool()) {
        *out = Arg(to_double(value));
        return true;
      }
      return false;
    case PType::boolean:
      if (!value.is_bool()) return false;
      *out = Arg(value.is_true());
      return true;
    case PType::ints:
    case PType::size: {
      Dims items;
      std::int64_t single;
      if (takes_int(value, &single)) {
        items.push_back(single);
      } else {
        const auto* list = sequence_items(value);
        if (!list || !read_ints(*list, &items)) return false;
      }
      *out = Arg(items);
      return true;
    }
    case PType::tensors: {
      const auto* list = sequence_items(value);
      if (!list) return false;
      std::vector<Tensor> tensors;
      for (const Value& item : *list) {
        TensorImpl* x = as_tensor(item);
        if (!x) return false;
        tensors.emplace_back(x);
      }
      *out = Arg(std::move(tensors));
      return true;
    }
    case PType::dtype: {
      DType dtype;
      if (!to_dtype(value, &dtype)) return false;
      *out = Arg(dtype);
      return true;
    }
    case PType::text:
      if (const std::string* text = text_of(value)) {
        *out = Arg(*text);
        return true;
      }
      return false;
    case PType::index: return false;
  }
  return false;
}

/// The keywords that every function that makes tensors takes, besides its own.
struct FactoryOptions {
  bool requires_grad = false;
};

/// One attempt to bind arguments to a signature. `report` decides whether a misfit raises or just says no.
class Binding {
 public:
  Binding(const OpDef& def, int signature, Args args, Form form)
      : call(def, signature), def_(def), parameters_(def.parsed()[signature].parameters), args_(args), first_(form == Form::function ? 0 : 1),
        form_(form) {}

  Call call;
  FactoryOptions factory;

  bool bind(bool report) {
    report_ = report;
    const std::size_t count = parameters_.size();
    call.count = static_cast<std::uint8_t>(count);
    std::array<bool, kMaxArgs> given{};
    std::size_t positional = 0;
    while (positional < count && !parameters_[positional].keyword_only) ++positional;
    std::size_t at = 0;
    for (; at < args_.positional && at < positional; ++at) {
      const Parameter& parameter = parameters_[at];
      const bool spread = parameter.type == PType::size || parameter.type == PType::ints;
      std::int64_t ignored;
      if (spread && at == static_cast<std::size_t>(first_) && args_.positional > at + (parameter.type == PType::ints ? 1 : 0) && takes_int(args_[at], &ignored) &&
          (parameter.type == PType::size || all_ints(at))) {
        if (!read_spread(at)) return false;
        given[at] = true;
        at = args_.positional;
        break;
      }
      if (parameter.spread && (as_tensor(args_[at]) || args_.positional > at + 1)) {
        if (!read_spread_tensors(at)) return false;
        given[at] = true;
        at = args_.positional;
        break;
      }
      if (!take(at, args_[at], static_cast<int>(at), true)) return false;
      given[at] = true;
    }
    if (at < args_.positional) return too_many(positional);
    for (std::uint32_t k = 0; k < args_.keyword_count(); ++k) {
      if (!take_keyword(args_.keyword_name(k)->text, args_.keyword_value(k), given)) return false;
    }
    return fill_rest(given);
  }

 private:
  bool all_ints(std::size_t from) const {
    std::int64_t ignored;
    for (std::size_t i = from; i < args_.positional; ++i) {
      if (!takes_int(args_[i], &ignored)) return false;
    }
    return true;
  }

  bool read_spread(std::size_t at) {
    Dims items;
    for (std::size_t i = at; i < args_.positional; ++i) {
      std::int64_t item;
      if (!takes_int(args_[i], &item)) return wrong_type(parameters_[at], args_[i], static_cast<int>(at), true);
      items.push_back(item);
    }
    call.args[at] = Arg(items);
    return true;
  }

  bool read_spread_tensors(std::size_t at) {
    std::vector<Tensor> items;
    for (std::size_t i = at; i < args_.positional; ++i) {
      TensorImpl* x = as_tensor(args_[i]);
      if (!x && !report_) return false;
      if (!x) fail("TypeError", "expected Tensor as element ", i - at, " in argument ", at, ", but got ", type_of(args_[i])->name);
      items.emplace_back(x);
    }
    call.args[at] = Arg(std::move(items));
    return true;
  }

  bool take(std::size_t at, const Value& value, int position, bool positional) {
    if (read(parameters_[at], value, def_.numbers, &call.args[at])) return true;
    return wrong_type(parameters_[at], value, position, positional);
  }

  bool take_keyword(const std::string& name, const Value& value, std::array<bool, kMaxArgs>& given) {
    for (std::size_t i = first_; i < parameters_.size(); ++i) {
      const bool alias = (name == "axis" && parameters_[i].name == "dim") || (name == "keepdims" && parameters_[i].name == "keepdim");
      if (parameters_[i].name != name && !alias) continue;
      if (given[i]) {
        if (report_) fail("TypeError", def_.name, "() got multiple values for argument '", name, "'");
        return false;
      }
      given[i] = true;
      return take(i, value, 0, false);
    }
    if (def_.factory && take_factory_keyword(name, value)) return true;
    if (report_) fail("TypeError", def_.name, "() got an unexpected keyword argument '", name, "'");
    return false;
  }

  bool take_factory_keyword(const std::string& name, const Value& value) {
    if (name == "requires_grad") {
      if (!value.is_bool()) fail("TypeError", def_.name, "(): argument 'requires_grad' must be bool, not ", type_of(value)->name);
      factory.requires_grad = value.is_true();
      return true;
    }
    if (name == "device") {
      check_device(value);
      return true;
    }
    return name == "layout" || name == "pin_memory" || name == "memory_format";
  }

  bool fill_rest(const std::array<bool, kMaxArgs>& given) {
    std::string missing;
    int count = 0;
    for (std::size_t i = 0; i < parameters_.size(); ++i) {
      if (given[i]) continue;
      if (parameters_[i].has_default) {
        call.args[i] = parameters_[i].default_value;
      } else if (parameters_[i].spread) {
        call.args[i] = Arg(std::vector<Tensor>());
      } else if (!parameters_[i].keyword_only || !parameters_[i].optional) {
        missing += cat(count++ ? ", " : "", "\"", parameters_[i].name, "\"");
      }
    }
    if (count == 0) return true;
    if (report_) fail("TypeError", def_.name, "() missing ", count, " required positional arguments: ", missing);
    return false;
  }

  bool too_many(std::size_t positional) {
    if (!report_) return false;
    const std::size_t most = positional - first_;
    const std::size_t given = args_.positional - first_;
    if (form_ != Form::function && parameters_.size() == 1) {
      fail("TypeError", "_TensorBase.", def_.name, form_ == Form::in_place ? "_" : "", "() takes no arguments (", given, " given)");
    }
    std::size_t least = 0;
    for (std::size_t i = first_; i < positional; ++i) least += !parameters_[i].has_default;
    if (least != most) {
      fail("TypeError", def_.name, "() takes from ", least, " to ", most, " positional arguments but ", given, " were given");
    }
    fail("TypeError", def_.name, "() takes ", most, " positional argument", most == 1 ? "" : "s", " but ", given,
         given == 1 ? " was given" : " were given");
  }

  bool wrong_type(const Parameter& parameter, const Value& value, int position, bool positional) {
    if (!report_) return false;
    const std::string at = positional ? cat(" (position ", position + 1 - first_, ")") : "";
    if (const auto* items = sequence_items(value); items && (parameter.type == PType::ints || parameter.type == PType::size)) {
      std::int64_t ignored;
      for (std::size_t i = 0; i < items->size(); ++i) {
        if (takes_int((*items)[i], &ignored)) continue;
        fail("TypeError", def_.name, "(): argument '", parameter.name, "' must be tuple of ints, but found element of type ",
             type_of((*items)[i])->name, " at pos ", i);
      }
    }
    if (const auto* items = sequence_items(value); items && parameter.type == PType::tensors) {
      for (std::size_t i = 0; i < items->size(); ++i) {
        if (as_tensor((*items)[i])) continue;
        fail("TypeError", "expected Tensor as element ", i, " in argument ", position, ", but got ", type_of((*items)[i])->name);
      }
    }
    fail("TypeError", def_.name, "(): argument '", parameter.name, "'", at, " must be ", type_text(parameter.type), ", not ", type_of(value)->name);
  }

  const OpDef& def_;
  const std::vector<Parameter>& parameters_;
  Args args_;
  int first_;  // 1 when the first parameter is self
  Form form_;
  bool report_ = false;
};

std::string signature_text(const ParsedSignature& signature, Form form) {
  std::string out;
  bool star = false;
  for (std::size_t i = form == Form::function ? 0 : 1; i < signature.parameters.size(); ++i) {
    const Parameter& parameter = signature.parameters[i];
    if (!out.empty()) out += ", ";
    if (parameter.keyword_only && !star) {
      out += "*, ";
      star = true;
    }
    out += cat(type_text(parameter.type), " ", parameter.name);
  }
  return out;
}

[[noreturn]] void no_match(const OpDef& def, Args args, Form form) {
  const std::uint32_t first = form == Form::function ? 0 : 1;
  std::string got;
  std::string marked;
  for (std::uint32_t i = first; i < args.positional; ++i) {
    const std::string& name = type_of(args[i])->name;
    got += cat(i > first ? ", " : "", name);
    marked += cat(i > first ? ", " : "", "!", name, "!");
  }
  for (std::uint32_t k = 0; k < args.keyword_count(); ++k) {
    got += cat(args.keyword_name(k)->text, "=", type_of(args.keyword_value(k))->name, ", ");
  }
  std::string text = cat(def.name, "() received an invalid combination of arguments - got (", got, "), but expected one of:\n");
  for (const ParsedSignature& signature : def.parsed()) {
    text += cat(" * (", signature_text(signature, form), ")\n");
    if (!args.keyword_count() && args.positional > first && signature.parameters.size() == args.positional) {
      text += cat("      didn't match because some of the arguments have invalid types: (", marked, ")\n");
    }
  }
  throw Error{"TypeError", text, {}};
}

Value named_results(const OpDef& def, const std::vector<Tensor>& outs);

Value finish(Binding& binding, Form form) {
  Call& call = binding.call;
  const OpDef& def = call.def;
  if (def.gives_many(call.signature)) {
    const std::vector<Tensor> outs = run_many(call);
    if (outs.size() == 1 && def.signatures.begin()[call.signature].lone) return wrap(outs[0]);
    return named_results(def, outs);
  }
  if (form == Form::in_place) return wrap(run_in_place(call));
  const Tensor out = run(call);
  if (def.truth) return Value::boolean(item(out).to_bool());
  if (binding.factory.requires_grad) {
    if (!is_floating(out->dtype)) fail("RuntimeError", "Only Tensors of floating point and complex dtype can require gradients");
    out->requires_grad = true;
  }
  return wrap(out);
}

/// Several results: a plain tuple, or for operators that name them torch.return_types.max and its like.
Value named_results(const OpDef& def, const std::vector<Tensor>& outs) {
  std::vector<Value> items;
  for (const Tensor& out : outs) items.push_back(wrap(out));
  if (def.results.size() == 0) return tuple(std::move(items));
  static std::vector<std::pair<const OpDef*, Type*>> types;
  Type* type = nullptr;
  for (const auto& [of, made] : types) {
    if (of == &def) type = made;
  }
  if (!type) {
    type = make<Type>(def.name, Tuple::class_type()).detach();
    type->module = "torch.return_types";
    type->slots.repr = [](const Value& self) {
      const auto* items = static_cast<Tuple*>(self.as_object());
      const OpDef* of = find_op(items->type->name);
      std::string out = cat("torch.return_types.", of->name, "(\n");
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
    types.emplace_back(&def, type);
  }
  return make<Tuple>(std::move(items), type);
}

// ------------------------------------------------------------------------------------------------------------------ signs

constexpr int kBinaryCount = 13;

/// An operator as signs and plain calls reach it: which of its signatures takes (tensor, tensor), (tensor, number), (number, tensor),
/// and the short forms of these.
struct Operation {
  const OpDef* def = nullptr;
  std::int8_t tensors = -1, left = -1, right = -1;
  SingleForm single_tensors, single_left, single_right, single_one;
};

Operation operation_of(const OpDef& def) {
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
  Operation out{&def, find(true, true), find(true, false), find(false, true), {}, {}, {}, {}};
  const auto form = [&](int signature) { return signature < 0 ? SingleForm() : single_form(def, signature); };
  out.single_tensors = form(out.tensors);
  out.single_left = form(out.left);
  out.single_right = form(out.right);
  if (def.parsed()[0].parameters.size() == 1) out.single_one = form(0);
  return out;
}

Operation entry_for(std::string_view sign) {
  Operation entry;
  for (const OpDef* def : all_ops()) {
    if (def->sign && sign == def->sign && def->parsed()[0].parameters.size() >= 2) entry = operation_of(*def);  // not the unary sign
  }
  return entry;
}

const Operation& binary_entry(Binary op) {
  static const auto table = [] {
    std::array<Operation, kBinaryCount> out;
    for (int i = 0; i < kBinaryCount; ++i) out[i] = entry_for(kBinarySigns[i]);
    return out;
  }();
  return table[static_cast<int>(op)];
}

const Operation& compare_entry(Compare op) {
  static const auto table = [] {
    std::array<Operation, 6> out;
    for (int i = 0; i < 6; ++i) out[i] = entry_for(kCompareSigns[i]);
    return out;
  }();
  return table[static_cast<int>(op)];
}

Arg operand(const Value& value, TensorImpl* tensor) { return tensor ? Arg(Tensor(tensor)) : Arg(to_scalar(value)); }

bool read_single(const Value& value, SingleOperand* out) {
  if (value.is_float()) {
    out->number = Scalar::of(value.as_float());
  } else if (value.is_small()) {
    out->number = Scalar::of(value.as_small());
  } else {
    out->tensor = as_tensor(value);
    return out->tensor && is_single(*out->tensor);
  }
  return true;
}

/// By the short way, where it leads; undefined where it does not.
Value try_single(const Operation& operation, const Value& a, const Value& b) {
  SingleOperand x, y;
  if (!read_single(a, &x) || !read_single(b, &y)) return Value();
  if (x.tensor ? y.tensor && x.tensor->dtype != y.tensor->dtype : !y.tensor) return Value();
  const SingleForm& form = !x.tensor ? operation.single_right : y.tensor ? operation.single_tensors : operation.single_left;
  return form.def ? Value(run_single(form, x, y)) : Value();
}
Value try_single(const Operation& operation, const Value& a) {
  SingleOperand x;
  if (!operation.single_one.def || !read_single(a, &x) || !x.tensor) return Value();
  return run_single(operation.single_one, x);
}

/// What PyTorch does for `number op tensor` where it is not the operator itself with the number first.
Value reflected(Binary op, const Value& a, const Value& b) {
  static const Operation rsub = operation_of(*find_op("rsub")), reciprocal = operation_of(*find_op("reciprocal"));
  const Tensor tensor(as_tensor(b));
  const Scalar x = to_scalar(a);
  if (op == Binary::sub) {
    if (Value out = try_single(rsub, b, a); !out.is_undefined()) return out;
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

Value apply_sign(const Operation& entry, const Value& a, const Value& b, TensorImpl* x, TensorImpl* y, bool in_place) {
  const int signature = x && y ? entry.tensors : x ? entry.left : entry.right;
  if (signature < 0) return Value::not_implemented();
  Call call(*entry.def, signature);
  call.count = static_cast<std::uint8_t>(entry.def->parsed()[signature].parameters.size());
  call.args[0] = operand(a, x);
  call.args[1] = operand(b, y);
  return wrap(in_place ? run_in_place(call) : run(call));
}

}  // namespace

Value call_op(const OpDef& def, Args args, Form form) {
  const int count = static_cast<int>(def.parsed().size());
  for (int i = 0; i < count; ++i) {
    Binding binding(def, i, args, form);
    if (binding.bind(count == 1)) return finish(binding, form);
  }
  no_match(def, args, form);
}

Value tensor_binary(Binary op, const Value& a, const Value& b, bool in_place) {
  const Operation& entry = binary_entry(op);
  if (!in_place) {
    if (Value out = try_single(entry, a, b); !out.is_undefined()) return out;
  }
  TensorImpl* x = as_tensor(a);
  TensorImpl* y = as_tensor(b);
  if ((!x && !is_number(a)) || (!y && !is_number(b))) return Value::not_implemented();
  if (!entry.def) return Value::not_implemented();
  if (!x && (op == Binary::sub || op == Binary::truediv || op == Binary::pow)) return reflected(op, a, b);
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
  if (op == Unary::pos) return a;
  if (op == Unary::neg) return wrap(-x);
  if (is_floating(x->dtype)) fail("TypeError", "~ (operator.invert) is only implemented on integer and Boolean-type tensors");
  static const OpDef* invert = find_op("bitwise_not");
  return wrap(apply(*invert, x));
}

bool has_own_module(std::string_view name) { return name.starts_with("linalg_") || name.starts_with("special_"); }

namespace {

Value call_operation(const Operation& operation, Args args, Form form) {
  if (operation.def->single.f32 && !args.keywords && args.positional <= 2 && args.positional != 0) {
    Value out = args.positional == 1 ? try_single(operation, args[0]) : try_single(operation, args[0], args[1]);
    if (!out.is_undefined()) return out;
  }
  return call_op(*operation.def, args, form);
}

/// One for each OpDef, which lives for ever.
const Operation& operation_for(const OpDef* def) {
  static std::unordered_map<const OpDef*, Operation> table;
  const auto found = table.find(def);
  return found != table.end() ? found->second : table.emplace(def, operation_of(*def)).first->second;
}

}  // namespace

void add_operators(const OperatorModules& modules) {
  Dict &torch = *modules.torch, &functional = *modules.functional;
  static const ClosureFunction function = [](const void* data, Args args) {
    return call_operation(*static_cast<const Operation*>(data), args, Form::function);
  };
  const auto add = [&](const OpDef* def, std::string_view name) {
    const Value made = native_closure(name, function, &operation_for(def));
    if (name.starts_with("linalg_")) return modules.linalg->set(intern(name.substr(7)), made);
    if (name.starts_with("special_")) return modules.special->set(intern(name.substr(8)), made);
    if (def->spellings & kTorch) torch.set(intern(name), made);
    if (def->spellings & kFunctional) functional.set(intern(name), made);
  };
  for (const OpDef* def : all_ops()) {
    add(def, def->name);
    for (const char* alias : def->aliases) add(def, alias);
    if ((def->spellings & kInPlace) && (def->spellings & kTorch) && def->parsed()[0].parameters.size() == 1) {
      torch.set(intern(cat(def->name, "_")), native_closure(cat(def->name, "_"), [](const void* data, Args args) {
                  return call_op(*static_cast<const OpDef*>(data), args, Form::in_place);
                }, def));
    }
  }
}

void add_tensor_operators(Type* tensor) {
  const auto add = [&](const OpDef* def, std::string_view name) {
    if (has_own_module(name)) return;
    if (def->spellings & kMethod) {
      set_type_attribute(tensor, name, native_closure(name, [](const void* data, Args args) {
                           return call_operation(*static_cast<const Operation*>(data), args, Form::method);
                         }, &operation_for(def), tensor));
    }
    if (def->spellings & kInPlace) {
      const std::string in_place = cat(name, "_");
      set_type_attribute(tensor, in_place, native_closure(in_place, [](const void* data, Args args) {
                           return call_op(*static_cast<const OpDef*>(data), args, Form::in_place);
                         }, def, tensor));
    }
  };
  for (const OpDef* def : all_ops()) {
    add(def, def->name);
    for (const char* alias : def->aliases) add(def, alias);
  }
}

}  // namespace nabla
