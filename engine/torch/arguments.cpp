// Arguments from Python for an operator: PyTorch's rules for binding them to a signature, and the words for what does not fit.
// Source: torch/csrc/utils/python_arg_parser.cpp and invalid_arguments.cpp, by their observed behaviour.
#include "torch/arguments.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "base/error.h"
#include "python/machine.h"
#include "python/type_name.h"
#include "torch/numpy/numpy.h"

namespace nabla {
namespace {

using Parameter = ParameterDef;
using PType = ParameterDef::Type;

const char* text_of_type(PType type) {
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

bool is_ints(const Parameter& parameter) { return parameter.type == PType::ints || parameter.type == PType::size; }

bool takes_spread(const Parameter& parameter) { return parameter.spread && parameter.type == PType::tensors; }

const std::vector<Value>* sequence_items(const Value& value) {
  if (const auto* tuple = as<Tuple>(value)) return &tuple->items;
  if (const auto* list = as<List>(value)) return &list->items;
  return nullptr;
}

/// An element of a list of ints: a number or a tensor of one; behind the first one, PyTorch takes truth values too.
bool read_int(const Value& item, bool first, std::int64_t* out) {
  if (takes_int(item, out)) return true;
  if (const TensorImpl* x = as_tensor(item); x && x->numel == 1 && !is_floating(x->dtype)) {
    *out = element(*x, 0).to_int();
    return true;
  }
  if (first || !item.is_bool()) return false;
  *out = item.is_true();
  return true;
}

bool read_ints(const std::vector<Value>& items, Dims* out) {
  for (const Value& item : items) {
    std::int64_t i;
    if (!read_int(item, out->empty(), &i)) return false;
    out->push_back(i);
  }
  return true;
}

/// Reads one argument; false when its type does not fit.
bool read(const Parameter& parameter, const Value& value, bool numbers, Arg* out) {
  if (is_numpy_scalar(value)) return read(parameter, plain_number(value), numbers, out);
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
      if (!numbers || !is_number(value) || parameter.name == "condition") return false;  // where() wants a tensor there
      *out = Arg(to_scalar(value));
      return true;
    case PType::number:
      if (is_number(value)) {
        *out = Arg(to_scalar(value));
        return true;
      }
      if (TensorImpl* x = as_tensor(value); x && x->dim() == 0 && !requires_grad(*x)) {
        if (is_batched(*x)) refuse_item();
        *out = Arg(element(*x, 0));
        return true;
      }
      if (const auto* list = sequence_items(value); list && parameter.name == "scale_factor" && std::all_of(list->begin(), list->end(), is_number)) {  // of interpolate(): one for each axis
        const Tensor scales = empty({static_cast<std::int64_t>(list->size())}, DType::float64);
        for (std::size_t i = 0; i < list->size(); ++i) scales->data_as<double>()[i] = to_scalar((*list)[i]).to_double();
        *out = Arg(scales);
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
      if (is_number(value)) {
        *out = Arg(to_scalar(value).to_double());
        return true;
      }
      if (TensorImpl* x = as_tensor(value); x && x->dim() == 0 && !requires_grad(*x)) {
        if (is_batched(*x)) refuse_item();
        *out = Arg(element(*x, 0).to_double());
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
      if (parameter.type == PType::ints && !as_tensor(value) && takes_int(value, &single)) {
        items.push_back(single);
      } else {
        const auto* list = sequence_items(value);
        if (list && parameter.spread) {  // a pair of lists
          if (list->size() != 2) return false;
          for (const Value& part : *list) {
            const auto* inner = sequence_items(part);
            if (!inner || !read_ints(*inner, &items)) return false;
          }
        } else if (!list || !read_ints(*list, &items)) {
          return false;
        }
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

/// Flags that functions written in Python hand on to C as they are.
constexpr std::string_view kGoesToC[] = {"training", "full", "swap", "log_target", "log_input", "ceil_mode", "use_input_stats", "scale_grad_by_freq"};

/// How call_forms.py names it: where it stands, and its name there.
std::pair<std::string_view, std::string_view> known_as(const Callable& as) {
  const std::string_view name = as.name;
  if (as.first()) return {"Tensor.", name};
  for (const std::string_view own : {"linalg_", "special_"}) {
    if (name.starts_with(own)) return {own, name.substr(own.size())};
  }
  return {as.form == Form::functional ? "F." : "torch.", name};
}

/// The names of a form's parameters in call_forms.py, without those that every operator of its kind has.
std::vector<std::string_view> names_in(std::string_view form) {
  std::vector<std::string_view> out;
  form = form.substr(1, form.rfind(')') - 1);
  while (!form.empty()) {
    const std::size_t end = std::min(form.find(", "), form.size());
    std::string_view name = form.substr(0, end);
    form.remove_prefix(std::min(end + 2, form.size()));
    if (const std::size_t space = name.find(' '); space != std::string_view::npos) name.remove_prefix(space + 1);
    if (name.ends_with('=')) name.remove_suffix(1);
    if (name != "*" && name != "out" && name != "generator") out.push_back(name);
  }
  return out;
}

/// Does PyTorch's operator take out=, and in this form if it has one of the same parameters? So it does where its forms are not known.
bool has_out(const Callable& as, const std::vector<ParameterDef>& parameters) {
  static std::unordered_map<std::string, std::string_view> lines;
  const auto [found, is_new] = lines.emplace(as.name, "");
  std::string_view& line = found->second;
  if (is_new) {
    const std::string_view forms = find_text(kTorchLibrary, "call_forms")->text;
    const auto [place, name] = known_as(as);
    const std::size_t at = forms.find(cat("\n", place, name, ":"));
    if (at != std::string_view::npos) line = forms.substr(at, forms.find('\n', at + 1) - at);
  }
  if (line.empty()) return !as.def.no_out;
  if (line.find(" out=") == std::string_view::npos) return false;
  const auto same = [](std::string_view name, const ParameterDef& p) { return name == p.name; };
  bool refused = false;
  for (std::size_t at = line.find("|("); at != std::string_view::npos; at = line.find("|(", at + 1)) {
    const std::string_view form = line.substr(at + 1, line.find('|', at + 1) - at - 1);
    const auto names = names_in(form);
    if (!std::equal(names.begin(), names.end(), parameters.begin(), parameters.end(), same)) continue;
    if (form.find(" out=") != std::string_view::npos) return true;
    refused = true;
  }
  return !refused;
}

}  // namespace

int Callable::usable(const std::vector<ParameterDef>& parameters) const {
  const auto count = static_cast<int>(parameters.size());
  if (form == Form::functional && count > 0 && parameters.back().name.starts_with("cudnn_enable")) return count - 1;
  if (form != Form::function || count == 0) return count;
  return count - (parameters.back().name == "inplace" || parameters.back().name == "return_indices");
}

Callable::Callable(const OpDef& def, std::string_view name, Form form)
    : def(def), form(form), name(name == "logsigmoid" ? "log_sigmoid" : name),  // so it calls itself
      is_python(form == Form::functional ? !def.in_c : form == Form::function && def.in_python) {}

bool Binding::bind(bool report) {
  report_ = report;
  const int count = static_cast<int>(parameters_.size());
  call.count = static_cast<std::uint8_t>(count);
  int most = first_;
  while (most < usable_ && !parameters_[most].keyword_only) ++most;
  const int given = static_cast<int>(args_.positional);
  // The only positional parameter, a list of ints, may also be spread over several arguments.
  const bool spread = most == first_ + 1 && is_ints(parameters_[first_]);
  if (given > most && !spread && !(most > first_ && takes_spread(parameters_[most - 1]))) return too_many();
  std::uint32_t keywords = args_.keyword_count();
  bool all_taken = false;
  for (int i = 0; i < count; ++i) {
    const Parameter& parameter = parameters_[i];
    const Value* value = nullptr;
    const bool positional = i < given && i < usable_ && !all_taken;
    if (takes_spread(parameter) && positional && (as_tensor(args_[i]) || given > i + 1 || def_.spread_alone)) {
      if (!read_spread_tensors(i)) return false;
      all_taken = true;
      continue;
    }
    if (positional) {
      if (parameter.keyword_only) return too_many();
      value = &args_[i];
    } else if (keywords && i < usable_ && !(as_.form == Form::function && def_.by_place)) {
      value = keyword(parameter.name);
      if (value) --keywords;
    }
    if (!value) {
      if (parameter.has_default) call.args[i] = parameter.default_value;
      else if (takes_spread(parameter)) call.args[i] = Arg(std::vector<Tensor>());
      else return missing(i);
    } else if (as_.is_python && parameter.type == PType::boolean && !(value->is_none() && parameter.optional) && std::find(std::begin(kGoesToC), std::end(kGoesToC), parameter.name) == std::end(kGoesToC)) {
      call.args[i] = Arg(truth(*value));
    } else if (const auto* items = sequence_items(*value); items && items->size() == 1 && as_.is_python && def_.folds) {
      fail("RuntimeError", "It is expected ", parameter.name, " equals to 2, but got size 1");
    } else if (parameter.name == "output_size" && as_.is_python && call.args[0].is_tensor() && as_.name.find("1d") == std::string::npos) {
      if (!read_output_size(i, *value)) return wrong_type(i, *value, positional);
    } else if (as_.is_python && parameter.name == "dims" && (value->is_bool() || is_numpy_scalar(*value))) {  // tensordot asks isinstance(dims, int)
      if (!value->is_bool()) return wrong_type(i, *value, positional);
      call.args[i] = Arg(static_cast<std::int64_t>(value->is_true()));
    } else if (def_.name == std::string_view("where") && !positional && i == 1 && (is_number(*value) || is_numpy_scalar(*value))) {  // a number is called self there
      return wrong_type(i, *value, positional);
    } else if (is_numpy_scalar(*value) && def_.own_names && parameter.name.starts_with("split_size")) {  // split() asks isinstance(..., int)
      return wrong_type(i, *value, positional);
    } else if (std::int64_t level; parameter.name == "_stacklevel" && !takes_int(*value, &level)) {  // it only moves a warning
      call.args[i] = parameter.default_value;
    } else if (!read(parameter, *value, def_.numbers, &call.args[i])) {
      std::int64_t ignored;
      if (!spread || !positional || i != first_ || !read_int(*value, true, &ignored)) return wrong_type(i, *value, positional);
      if (!read_spread(i)) return false;
      all_taken = true;
    }
  }
  if (def_.numbers && call.args[0].is_number() && call.args[1].is_number() && as_.name.starts_with("bitwise_")) return false;
  return keywords == 0 || take_factory_keywords(keywords);
}

/// One size for every axis, or a size for each, where None is that of the input.
bool Binding::read_output_size(int i, const Value& value) {
  const std::string_view name = def_.name;
  const std::size_t rank = name.find("3d") != name.npos ? 3 : 2;
  const Dims& has = call.args[0].impl()->sizes;
  Dims sizes;
  if (as<Range>(value) || (as_array(value) && !is_numpy_scalar(value))) return read_output_size(i, tuple(to_vector(value)));
  if (const auto* list = sequence_items(value)) {
    if (name != "fold" && has.size() <= list->size()) fail("ValueError", "Input dimension should be at least ", list->size() + 1);
    for (std::size_t k = 0; k < list->size(); ++k) {
      std::int64_t size;
      if ((*list)[k].is_none() && name != "fold") size = has[has.size() - list->size() + k];
      else if (!read_int((*list)[k], k == 0, &size)) return false;
      sizes.push_back(size);
    }
  } else if (std::int64_t size; !as_tensor(value) && takes_int(value, &size)) {
    sizes = Dims(rank, size);
  } else {
    return false;
  }
  call.args[i] = Arg(sizes);
  return true;
}

std::string_view Binding::type_text(const ParameterDef& parameter) const {
  const bool symbolic = def_.symbolic_sizes;
  if (symbolic && parameter.type == PType::integer) return "SymInt";
  return symbolic && is_ints(parameter) ? "tuple of SymInts" : text_of_type(parameter.type);
}

bool Binding::read_spread(int i) {
  Dims items;
  for (std::uint32_t at = i; at < args_.positional; ++at) {
    std::int64_t item;
    if (!read_int(args_[at], items.empty(), &item)) {
      fail("TypeError", as_.name, "(): argument '", parameters_[i].name, "' must be ", type_text(parameters_[i]), ", but found element of type ",
           type_name(args_[at]), " at pos ", at - i + 1);
    }
    items.push_back(item);
  }
  call.args[i] = Arg(items);
  return true;
}

bool Binding::read_spread_tensors(int i) {
  std::vector<Tensor> items;
  for (std::uint32_t at = i; at < args_.positional; ++at) {
    TensorImpl* x = as_tensor(args_[at]);
    if (!x && !report_) return false;
    if (!x) fail("TypeError", "expected Tensor as element ", at - i, " in argument ", i, ", but got ", type_name(args_[at]));
    items.emplace_back(x);
  }
  call.args[i] = Arg(std::move(items));
  return true;
}

const Value* Binding::keyword(const std::string& name) const {
  static constexpr struct {
    std::string_view ours, numpys;
  } kAliases[] = {{"dim", "axis"}, {"keepdim", "keepdims"}, {"input", "x"}, {"other", "x2"}};
  for (std::uint32_t k = 0; k < args_.keyword_count(); ++k) {
    const std::string& given = args_.keyword_name(k)->text;
    if (given == name) return &args_.keyword_value(k);
    for (const auto& [ours, numpys] : kAliases) {
      if (!as_.is_python && !as_.def.own_names && name == ours && given == numpys) return &args_.keyword_value(k);
    }
  }
  return nullptr;
}

/// out=: a tensor, or a sequence of as many as there are results; None is nothing.
bool Binding::take_out(const Value& value) {
  const auto* list = sequence_items(value);
  const std::string_view name = def_.name;
  for (int i = 1; name == "where" && i < 3; ++i) {
    if (!call.args[i].is_number()) continue;
    fail("TypeError", "where(): argument '", i == 1 ? "input" : "other", "' (position ", i + 1, ") must be Tensor, not ",
         call.args[i].kind() == Arg::Kind::real ? "float" : call.args[i].kind() == Arg::Kind::boolean ? "bool" : "int");
  }
  if (list && name == "nonzero") fail("TypeError", "nonzero(): argument 'out' must be Tensor, not ", type_name(value));
  if (TensorImpl* x = as_tensor(value)) {
    into.emplace_back(x);
  } else if (list && def_.gives_many(call.signature)) {
    for (const Value& item : *list) {
      if (TensorImpl* x = as_tensor(item)) into.emplace_back(x);
    }
  } else if (!value.is_none()) {
    if (report_) fail("TypeError", as_.name, "(): argument 'out' must be ", def_.gives_many(call.signature) ? "tuple of Tensors" : "Tensor", ", not ", type_name(value));
    return false;
  }
  return true;
}

/// The keywords that are no parameters: those of every function that makes tensors, or mistakes.
bool Binding::take_factory_keywords(std::uint32_t left) {
  for (std::uint32_t k = 0; k < args_.keyword_count() && left; ++k) {
    const std::string& name = args_.keyword_name(k)->text;
    const auto parameter = std::find_if(parameters_.begin() + first_, parameters_.begin() + usable_,
                                        [&](const Parameter& p) { return keyword(p.name) == &args_.keyword_value(k); });
    if (parameter != parameters_.begin() + usable_ && !is_no_args()) {
      const auto at = static_cast<std::uint32_t>(parameter - parameters_.begin());
      if (at >= args_.positional || parameter->keyword_only) continue;  // several sizes may be one parameter
      if (report_) fail("TypeError", as_.name, "() got multiple values for argument '", name, "'");
      return false;
    }
    const Value& value = args_.keyword_value(k);
    const bool factory = def_.factory && (parameters_[0].name != "mean" || parameters_.back().type == PType::dtype);  // normal() of tensors makes none of a type of its own
    if (factory && name == "requires_grad") {
      if (!value.is_bool() && !value.is_none()) {
        if (!report_) return false;
        fail("TypeError", as_.name, "(): argument 'requires_grad' must be bool, not ", type_name(value));
      }
      requires_grad = value.is_bool() && value.is_true();
    } else if (def_.draws && name == "generator") {
      const auto* given = as<GeneratorObject>(value);
      if (!given && !value.is_none()) {
        if (report_) fail("TypeError", as_.name, "(): argument 'generator' must be torch.Generator, not ", type_name(value));
        return false;
      }
      if (given) generator = &given->generator();
    } else if (name == "out" && as_.form == Form::function && !def_.view && has_out(as_, parameters_)) {
      if (!take_out(value)) return false;
    } else if (factory && name == "device") {
      check_device(value);
    } else if (name == "memory_format" && (factory || as_.name == "clone" || as_.name == "contiguous")) {
      const MemoryFormat format = memory_format_of(value);
      if (format == MemoryFormat::none || (as_.name == "contiguous" && value.is_none())) {
        if (report_) fail("TypeError", as_.name, "(): argument 'memory_format' must be torch.memory_format, not ", type_name(value));
        return false;
      }
      in_rows = format == MemoryFormat::rows;
      if (as_.name == "contiguous" && !in_rows) fail("RuntimeError", "preserve memory format is unsupported by the contiguous operator");
    } else if (!factory || (name != "layout" && name != "pin_memory")) {
      if (!report_) return false;
      if (is_no_args()) fail("TypeError", "_TensorBase.", as_.name, "() takes no keyword arguments");
      fail("TypeError", called(), "() got an unexpected keyword argument '", name, "'");
    }
    --left;
  }
  return true;
}

/// Is it a method that PyTorch gives no parser at all?
bool Binding::is_no_args() const {
  const std::string_view name = def_.name;
  return first_ == 1 && parameters_.size() == 1 && (def_.parsed().size() == 1 || def_.lacks_derivative(1)) && name != "clone" && name != "contiguous";  // those have memory_format
}

/// How messages about the count of arguments call it.
std::string Binding::called() const {
  const bool dispatched = as_.is_python && as_.name.find("max_pool") != std::string::npos && !as_.name.ends_with("_with_indices");  // PyTorch's boolean_dispatch to a function of its own
  return dispatched ? "_" + as_.name : as_.name;
}

bool Binding::missing(int from) {
  if (!report_) return false;
  std::vector<std::string_view> names;
  for (std::size_t i = from; i < parameters_.size(); ++i) {
    if (parameters_[i].has_default || keyword(parameters_[i].name)) {
      if (as_.is_python || parameters_[i].has_default) continue;
    }
    names.push_back(parameters_[i].name);
  }
  std::string list;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const bool last = i + 1 == names.size();
    if (as_.is_python) list += cat(i == 0 ? "" : last ? (i > 1 ? ", and " : " and ") : ", ", "'", names[i], "'");
    else list += cat(i ? ", " : "", "\"", names[i], "\"");
  }
  const bool plural = as_.is_python == (names.size() != 1);  // the other way round in PyTorch's own words
  fail("TypeError", called(), "() missing ", names.size(), " required positional argument", plural ? "s" : "", ": ", list);
}

bool Binding::too_many() {
  if (!report_) return false;
  const std::size_t given = args_.positional - first_;
  if (is_no_args()) {
    if (args_.keyword_count()) fail("TypeError", "_TensorBase.", as_.name, "() takes no keyword arguments");
    fail("TypeError", "_TensorBase.", as_.name, "() takes no arguments (", given, " given)");
  }
  std::size_t least = 0, most = 0;
  for (int i = first_; i < usable_; ++i) {
    if (!parameters_[i].has_default) ++least;
    if (!parameters_[i].keyword_only) ++most;
  }
  if (least != most) {
    fail("TypeError", called(), "() takes from ", least, " to ", most, " positional arguments but ", given, " were given");
  }
  fail("TypeError", as_.name, "() takes ", most, " positional argument", most == 1 ? "" : "s", " but ", given,
       given == 1 ? " was given" : " were given");
}

bool Binding::wrong_type(int i, const Value& value, bool positional) {
  const Parameter& parameter = parameters_[i];
  if (const auto* items = sequence_items(value); items && is_ints(parameter) && report_) {
    // The first element decides whether it is a list of ints at all; what follows is only looked at when it is read.
    std::int64_t ignored;
    for (std::size_t k = 0; k < items->size(); ++k) {
      if (read_int((*items)[k], k == 0, &ignored)) continue;
      if (k == 0) break;
      fail("TypeError", as_.name, "(): argument '", parameter.name, "' must be ", type_text(parameter), ", but found element of type ",
           type_name((*items)[k]), " at pos ", k + 1);
    }
  }
  if (!report_) return false;
  const std::string at = positional ? cat(" (position ", i + 1 - first_, ")") : "";
  if (const auto* items = sequence_items(value); items && parameter.type == PType::tensors) {
    for (std::size_t k = 0; k < items->size(); ++k) {
      if (as_tensor((*items)[k])) continue;
      fail("TypeError", "expected Tensor as element ", k, " in argument ", i, ", but got ", type_name((*items)[k]));
    }
  }
  fail("TypeError", as_.name, "(): argument '", parameter.name, "'", at, " must be ", type_text(parameter), ", not ", type_name(value));
}

// -------------------------------------------------------------------------------------------------- when no signature fits

void refuse_out_type(std::string_view name, std::string_view result, DType wants, DType has, const Call& of) {
  std::vector<Value> dims;
  for (int i = 0; i < of.count; ++i) dims.push_back(Value::small(of[i].is_tensor() ? static_cast<std::int64_t>(of[i].impl()->dim()) : -1));
  const auto word = [](std::string_view text) { return string(std::string(text)); };
  call(get_attribute(import_module("torch._out_types"), intern("refuse")), {word(name), word(result), word(legacy_name(wants)), word(legacy_name(has)), tuple(std::move(dims))});
}

namespace {

Value by_name(Args args) {
  const auto keywords = make<Dict>();
  for (std::uint32_t k = 0; k < args.keyword_count(); ++k) keywords->set(args.keyword_name(k), args.keyword_value(k));
  return Value::object(keywords.get());
}

Value by_place(Args args) { return tuple({args.values, args.values + args.positional}); }

Value words(const std::vector<std::string>& texts) {
  std::vector<Value> out;
  for (const std::string& text : texts) out.push_back(string(text));
  return tuple(std::move(out));
}

std::vector<std::string> parameter_names(const OpDef& def) {
  std::vector<std::string> out;
  for (const Parameter& parameter : def.parsed()[0].parameters) out.push_back(parameter.name);
  return out;
}

}  // namespace

Value tell_first_mistake(const Callable& as, Args args, const Error& error) {
  return call(get_attribute(import_module("torch._first_mistakes"), intern("tell")),
       {string(as.def.name), string(as.name), string(as.first() ? "Tensor." : as.form == Form::functional ? "F." : "torch."), by_place(args), by_name(args), words(parameter_names(as.def)), string(error.message)});
}

void add_type_name(Dict& module) {
  module.set(intern("type_name"), native("type_name(value, /)", [](const Value* bound) { return string(type_name(bound[0])); }));
}

Value explain_call(std::string_view place, std::string_view name, const Value& self, Args args, bool numbers) {
  return call(get_attribute(import_module("torch._call_words"), intern("explain")),
       {string(std::string(place)), string(std::string(name)), self, by_place(args), by_name(args), Value::boolean(numbers)});
}

namespace {

Value explain(const Callable& as, Args args) {
  const int first = as.first();
  const auto [place, name] = known_as(as);
  std::vector<Value> rest(args.values + first, args.values + args.positional + args.keyword_count());
  return explain_call(place, name, first ? args[0] : Value::none(), Args{rest.data(), args.positional - first, args.keywords}, as.def.numbers && !as.name.starts_with("bitwise_") && as.name != "where");
}

}  // namespace

Value call_old_form(const Callable& as, Args args) {
  const Value result = call(get_attribute(import_module("torch._old_forms"), intern("call")), {string(as.name), Value::boolean(as.first() != 0), by_place(args), by_name(args)});
  return result.is_none() ? Value() : to_vector(result)[0];
}

Value no_match(const Callable& as, Args args) {
  if (const Value given = explain(as, args); !given.is_none()) return given;
  // What PyTorch writes in Python, and names whose forms are not known: told of the signature that comes nearest by the count of arguments.
  const auto& signatures = as.def.parsed();
  const std::size_t given = args.positional - as.first() + args.keyword_count();
  for (const bool any : {false, true}) {
    for (std::size_t s = 0; s < signatures.size(); ++s) {
      const auto& parameters = signatures[s].parameters;
      if (!as.may_use(static_cast<int>(s)) || (!any && given > parameters.size() - as.first())) continue;
      Binding(as, static_cast<int>(s), args).bind(true);
    }
  }
  fail("TypeError", as.name, "(): these arguments fit none of its forms");
}

}  // namespace nabla
