// Modules are known by the two dicts that torch.nn.Module gives each of them.
#include "runtime/modules.h"

#include <algorithm>
#include <cctype>

#include "python/frame.h"
#include "python/machine.h"
#include "torch/torch.h"

namespace nabla {
namespace {

constexpr int kDeepest = 16;  // modules inside one another

Dict* field(const Value& object, const char* name) {
  const Dict* attributes = object.is_object() && object.as_object()->type && object.as_object()->type->has_dict ? instance_dict(object) : nullptr;
  const Value* found = attributes ? const_cast<Dict*>(attributes)->find(intern(name)) : nullptr;
  return found ? as<Dict>(*found) : nullptr;
}

bool is_module(const Value& value) { return field(value, "_modules") && field(value, "_parameters"); }

/// "layers.0" for a module somewhere below another; empty where it is not.
std::string path_to(const Value& module, const Value& from, int depth = 0) {
  const Dict* children = depth < kDeepest ? field(from, "_modules") : nullptr;
  if (!children) return "";
  for (const Dict::Entry& entry : children->entries) {
    if (entry.key.is_undefined() || !as<Str>(entry.key)) continue;
    const std::string& name = as<Str>(entry.key)->text;
    if (entry.value == module) return name;
    const std::string below = path_to(module, entry.value, depth + 1);
    if (!below.empty()) return cat(name, ".", below);
  }
  return "";
}

template <class F>
void for_modules(const Dict& globals, F use) {
  for (const Dict::Entry& entry : globals.entries) {
    if (entry.key.is_undefined() || !as<Str>(entry.key) || !is_module(entry.value)) continue;
    use(as<Str>(entry.key)->text, entry.value);
  }
}

std::string name_in(const Dict& globals, const Value& module) {
  std::string name;
  for_modules(globals, [&](const std::string& variable, const Value& root) {
    if (!name.empty()) return;
    if (root == module) name = variable;
    else if (const std::string path = path_to(module, root); !path.empty()) name = cat(variable, ".", path);
  });
  return name;
}

void name_parameters(std::unordered_map<const TensorImpl*, std::string>& names, const Value& module, const std::string& prefix, int depth) {
  if (const Dict* parameters = field(module, "_parameters")) {
    for (const Dict::Entry& entry : parameters->entries) {
      const TensorImpl* x = entry.key.is_undefined() ? nullptr : as_tensor(entry.value);
      if (x && as<Str>(entry.key)) names.try_emplace(x, cat(prefix, as<Str>(entry.key)->text));
    }
  }
  const Dict* children = depth < kDeepest ? field(module, "_modules") : nullptr;
  if (!children) return;
  for (const Dict::Entry& entry : children->entries) {
    if (!entry.key.is_undefined() && as<Str>(entry.key)) name_parameters(names, entry.value, cat(prefix, as<Str>(entry.key)->text, "."), depth + 1);
  }
}

/// Does the frame run one of the functions that compute derivatives of functions?
bool differentiates(const Frame& frame) {
  const Source& source = *frame.code->source;
  return source.is_library && (source.filename == "functional.py" || source.filename.starts_with("func_") || source.filename == "gradcheck.py");
}

/// "jacobian" of `jacobian` and of `_jacobian.<locals>.wrapper`.
std::string short_name(std::string_view qualname) {
  qualname = qualname.substr(0, qualname.find('.'));
  return std::string(qualname.starts_with('_') ? qualname.substr(1) : qualname);
}

}  // namespace

std::vector<ModuleCall> module_calls() {
  struct Running {
    Value module;  // undefined: a function
    const Frame* frame;
  };
  std::vector<Running> running;
  for (Frame* frame = Machine::current().frame(); frame; frame = frame->back) {
    if (differentiates(*frame)) {  // of those that call one another the outermost
      const bool is_called = frame->back && differentiates(*frame->back);
      if (!is_called) running.push_back({Value(), frame});
      continue;
    }
    if (frame->code->parameters == 0 || frame->code->name->text != "forward") continue;
    Value self = frame->registers()[0];
    if (const Cell* cell = as<Cell>(self)) self = cell->value;
    if (is_module(self) && (running.empty() || !(running.back().module == self))) running.push_back({self, frame});
  }
  std::reverse(running.begin(), running.end());
  std::vector<ModuleCall> calls;
  for (std::size_t i = 0; i < running.size(); ++i) {
    if (running[i].module.is_undefined()) {
      calls.push_back({short_name(running[i].frame->code->qualname), "", true});
      continue;
    }
    const Value& module = running[i].module;
    const Type* type = module.as_object()->type;
    const bool is_outermost = i == 0 || running[i - 1].module.is_undefined();
    std::string name = is_outermost ? name_in(Machine::current().globals(), module) : path_to(module, running[i - 1].module);
    if (name.empty()) name = type->name;
    calls.push_back({std::move(name), type->name, type->module.starts_with("torch.")});
  }
  return calls;
}

std::unordered_map<const TensorImpl*, std::string> parameter_names(const Dict& globals) {
  std::size_t roots = 0;
  for_modules(globals, [&](const std::string&, const Value&) { ++roots; });
  std::unordered_map<const TensorImpl*, std::string> names;
  for_modules(globals, [&](const std::string& variable, const Value& module) {
    // "weight" alone, or "0.weight", says too little.
    const Dict* children = field(module, "_modules");
    const bool is_clear = roots == 1 && field(module, "_parameters")->count == 0 &&
                          std::none_of(children->entries.begin(), children->entries.end(), [](const Dict::Entry& entry) {
                            return !entry.key.is_undefined() && as<Str>(entry.key) && std::isdigit(static_cast<unsigned char>(as<Str>(entry.key)->text[0]));
                          });
    name_parameters(names, module, is_clear ? "" : variable + ".", 0);
  });
  return names;
}

}  // namespace nabla
