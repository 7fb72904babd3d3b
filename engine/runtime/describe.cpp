// First the name is followed from value to value, then what it came to is told: its type, its text, how it is called, what is within.
#include "runtime/describe.h"

#include <algorithm>
#include <set>

#include "autograd/variable.h"
#include "optim/rule.h"
#include "python/exception.h"
#include "python/function.h"
#include "python/library.h"
#include "python/machine.h"
#include "runtime/brief.h"
#include "runtime/json.h"
#include "torch/torch.h"

namespace nabla {
namespace {

constexpr std::size_t kReprBytes = 200, kDefaultBytes = 40;
constexpr std::size_t kMostMembers = 2000;

/// A value, and whether it was reached through an instance, so that its first parameter is given.
struct Found {
  Value value;
  bool bound = false;
};

Dict* dict_in(const Value& object, const char* name) {
  Dict* attributes = instance_dict(object);
  const Value* found = attributes ? attributes->find(intern(name)) : nullptr;
  return found ? as<Dict>(*found) : nullptr;
}

/// Where torch.nn.Module keeps what looks like its attributes.
constexpr const char* kModuleDicts[] = {"_parameters", "_modules", "_buffers"};

Found attribute(const Value& object, Str* name) {
  if (auto* module = as<Module>(object)) {
    const Value* found = module->dict->find(name);
    if (!found) found = find_late(*module, name);
    return {found ? *found : Value()};
  }
  if (const auto* type = as<Type>(object)) {
    const Value* found = type->find(name);
    if (!found) return {};
    if (const auto* method = as<ClassMethod>(*found)) return {method->function, true};
    if (const auto* function = as<StaticMethod>(*found)) return {function->function};
    return {*found};
  }
  if (Dict* attributes = instance_dict(object)) {
    if (const Value* found = attributes->find(name)) return {*found};
    for (const char* dict : kModuleDicts) {
      Dict* fields = dict_in(object, dict);
      if (const Value* found = fields ? fields->find(name) : nullptr) return {*found};
    }
  }
  const Value* found = type_of(object)->find(name);
  if (!found) return {};
  if (const auto* property = as<GetSet>(*found)) return {property->get(object)};
  if (const auto* method = as<ClassMethod>(*found)) return {method->function, true};
  if (const auto* function = as<StaticMethod>(*found)) return {function->function};
  return {*found, as<Function>(*found) || as<NativeFunction>(*found)};
}

Found follow(Dict& globals, std::string_view path) {
  Found at;
  for (bool first = true; !path.empty(); first = false) {
    const std::size_t dot = std::min(path.find('.'), path.size());
    if (dot + 1 == path.size()) return {};  // nothing follows
    Str* name = intern(path.substr(0, dot));
    path.remove_prefix(std::min(dot + 1, path.size()));
    if (!first) {
      at = attribute(at.value, name);
    } else {
      const Value* found = globals.find(name);
      if (!found) found = builtins_dict().find(name);
      at.value = found ? *found : Value();
    }
    if (at.value.is_undefined()) return {};
  }
  return at;
}

// ------------------------------------------------------------------------------------------------------------ signatures

/// "a, b=1, *, c" from its parts.
class Parameters {
 public:
  Parameters& add(std::string_view name, std::string_view default_text = "") {
    text_ += cat(text_.empty() ? "" : ", ", name);
    if (!default_text.empty()) text_ += cat("=", default_text);
    return *this;
  }
  std::string take() { return cat("(", text_, ")"); }

 private:
  std::string text_;
};

std::string signature_of(const Function& function, bool bound) {
  const Code& code = *function.code;
  Parameters out;
  const std::size_t plain = code.positional - std::min<std::size_t>(function.defaults.size(), code.positional);
  std::size_t at = 0;
  for (; at < code.positional; ++at) {
    if (at == 0 && bound) continue;
    out.add(code.local_names[at]->text, at < plain ? "" : brief(function.defaults[at - plain], kDefaultBytes));
  }
  const std::size_t keywords = at, stars = at + code.keyword_only;
  const bool has_rest = code.flags & Code::var_positional;
  if (has_rest) out.add(cat("*", code.local_names[stars]->text));
  else if (code.keyword_only) out.add("*");
  for (std::size_t i = 0; i < code.keyword_only; ++i) {
    const bool has_default = i < function.keyword_defaults.size() && !function.keyword_defaults[i].is_undefined();
    out.add(code.local_names[keywords + i]->text, has_default ? brief(function.keyword_defaults[i], kDefaultBytes) : "");
  }
  if (code.flags & Code::var_keyword) out.add(cat("**", code.local_names[stars + has_rest]->text));
  return out.take();
}

std::string signature_of(const NativeSignature& signature, bool bound) {
  using Kind = NativeSignature::Kind;
  Parameters out;
  bool starred = false;
  for (std::size_t i = 0; i < signature.parameters.size(); ++i) {
    const auto& parameter = signature.parameters[i];
    if (i == 0 && bound) continue;
    if (parameter.kind == Kind::keyword_only && !std::exchange(starred, true)) out.add("*");
    starred = starred || parameter.kind == Kind::var_positional;
    const char* stars = parameter.kind == Kind::var_positional ? "*" : parameter.kind == Kind::var_keyword ? "**" : "";
    const bool has_default = !parameter.required && !parameter.default_value.is_undefined() && *stars == 0;
    out.add(cat(stars, parameter.name->text), has_default ? brief(parameter.default_value, kDefaultBytes) : parameter.required || *stars ? "" : "...");
  }
  return out.take();
}

/// "(Tensor input, ints? dim=None)" of the operator's own text; a method without its first parameter.
std::vector<std::string> signatures_of(const OpDef& def, bool is_method) {
  std::vector<std::string> out;
  for (const Signature& signature : def.signatures) {
    if (signature.in_place) continue;
    std::string_view text = signature.text;
    text.remove_prefix(std::min(text.find('('), text.size()));
    if (is_method) {
      if (!text.starts_with("(Tensor ")) continue;
      const std::size_t comma = text.find(", ");
      out.push_back(comma == std::string_view::npos ? "()" : cat("(", text.substr(comma + 2)));
    } else {
      out.emplace_back(text);
    }
  }
  return out;
}

std::string signature_of(const OptimizerDef& def) {
  Parameters out;
  out.add("params");
  bool starred = false;
  for (const OptionDef& option : def.options) {
    if (option.keyword_only && !std::exchange(starred, true)) out.add("*");
    const auto number = [&](double x) { return option.kind == OptionDef::Kind::flag ? std::string(x != 0 ? "True" : "False") : brief(Value::number(x), kDefaultBytes); };
    if (option.required) out.add(option.name);
    else if (option.kind == OptionDef::Kind::pair) out.add(option.name, cat("(", number(option.value), ", ", number(option.second), ")"));
    else if (option.shown_as_none) out.add(option.name, "None");
    else out.add(option.name, number(option.value));
  }
  return out.take();
}

const OptimizerDef* optimizer_of(const Type& type) {
  if (!type.module.starts_with("torch.optim")) return nullptr;
  for (const OptimizerDef* def : all_optimizers()) {
    if (type.name == def->name) return def;
  }
  return nullptr;
}

// ------------------------------------------------------------------------------------------------------------ the writer

const char* kind_of(const Value& value) {
  if (as<Module>(value)) return "module";
  if (as<Type>(value)) return "class";
  if (as<Function>(value) || as<NativeFunction>(value) || as<BoundMethod>(value) || as<ClassMethod>(value) || as<StaticMethod>(value) || as<SlotWrapper>(value)) return "function";
  if (as<GetSet>(value) || as<PythonProperty>(value)) return "property";
  return "value";
}

std::string shape_of(const TensorImpl& x) {
  std::string out;
  for (const std::int64_t size : x.sizes) out += cat(out.empty() ? "" : ", ", size);
  return cat("[", out, "]");
}

class Describer {
 public:
  explicit Describer(Dict& globals) : globals_(globals) {}

  std::string write(std::string_view path) {
    if (path.empty()) {
      json_.begin_object().member("kind", "names").key("members").begin_array();
      add_members(globals_);
      add_members(builtins_dict());
      json_.end_array().end_object();
      return json_.take();
    }
    const Found found = follow(globals_, path);
    if (found.value.is_undefined()) return "null";
    tell(found);
    return json_.take();
  }

 private:
  void tell(const Found& found) {
    const Value& value = found.value;
    const char* kind = kind_of(value);
    json_.begin_object().member("kind", kind).member("type", type_of(value)->name);
    const bool is_value = std::string_view(kind) == "value";
    json_.member("repr", is_value ? brief(value, kReprBytes) : "");
    json_.key("shape");
    if (const TensorImpl* x = as_tensor(value)) {
      json_.begin_array();
      for (const std::int64_t size : x->sizes) json_.integer(size);
      json_.end_array().member("dtype", name_of(x->dtype)).member("requiresGrad", requires_grad(*x));
    } else {
      json_.null();
    }
    tell_call(found);
    json_.key("members").begin_array();
    within(value);
    json_.end_array().end_object();
  }

  void tell_call(const Found& found) {
    const Value& value = found.value;
    std::vector<std::string> signatures;
    std::string doc, latex;
    bool is_method = false;
    const auto read_doc = [&](const Value& text) {
      if (const std::string* known = text_of(text)) doc = *known;
    };
    if (const OpDef* def = operator_behind(value, &is_method)) {
      signatures = signatures_of(*def, is_method);
      doc = def->doc;
      latex = def->latex;
    } else if (const auto* function = as<Function>(value)) {
      signatures.push_back(signature_of(*function, found.bound));
      read_doc(function->word(Function::doc));
    } else if (const auto* native = as<NativeFunction>(value)) {
      if (native->signature) signatures.push_back(signature_of(*native->signature, native->owner != nullptr));
    } else if (const auto* type = as<Type>(value)) {
      if (const OptimizerDef* optimizer = optimizer_of(*type)) {
        signatures.push_back(signature_of(*optimizer));
        doc = optimizer->doc;
        latex = latex_of(*optimizer);
      } else {
        const Value* init = type->find(intern("__init__"));
        if (const auto* function = init ? as<Function>(*init) : nullptr) signatures.push_back(signature_of(*function, true));
        if (const Value* text = type->find(intern("__doc__"))) read_doc(*text);
      }
    }
    json_.key("signatures").begin_array();
    for (const std::string& signature : signatures) json_.text(signature);
    json_.end_array().member("doc", doc).member("latex", latex);
  }

  void within(const Value& value) {
    if (auto* module = as<Module>(value)) {
      if (module->populate) std::exchange(module->populate, nullptr)(*module);
      return add_members(*module->dict);
    }
    if (Dict* attributes = instance_dict(value)) {
      add_members(*attributes);
      for (const char* name : kModuleDicts) {
        if (const Dict* fields = dict_in(value, name)) add_members(*fields);
      }
    }
    const auto* own = as<Type>(value);
    for (const Type* type : (own ? own : type_of(value))->mro) {
      if (type->attributes) add_members(*type->attributes);
    }
  }

  void add_members(const Dict& dict) {
    for (const Dict::Entry& entry : dict.entries) {
      const Str* name = entry.key.is_undefined() || entry.value.is_undefined() ? nullptr : as<Str>(entry.key);
      if (!name || name->text.starts_with('_') || seen_.size() == kMostMembers || !seen_.insert(name->text).second) continue;
      json_.begin_object().member("name", name->text).member("kind", kind_of(entry.value)).member("detail", detail_of(entry.value)).end_object();
    }
  }

  /// What stands behind a name in the list: a tensor's type and shape, another value's type.
  static std::string detail_of(const Value& value) {
    if (std::string_view(kind_of(value)) != "value") return "";
    if (const TensorImpl* x = as_tensor(value)) return cat(name_of(x->dtype), " ", shape_of(*x));
    return type_of(value)->name;
  }

  Dict& globals_;
  Json json_;
  std::set<std::string> seen_;
};

}  // namespace

std::string describe(Dict& globals, std::string_view path) {
  // A module of the library may be made on the way, and what reads a property may fail.
  try {
    return Describer(globals).write(path);
  } catch (const Error&) {
  } catch (const Raise&) {
  }
  return "null";
}

}  // namespace nabla
