// The modules of matplotlib, whose code is engine/torch/lib/matplotlib*.py, and the way of a figure from there to whoever runs the program:
// as JSON, in the form that wasm/src/figure.ts describes.
#include <cmath>

#include "base/error.h"
#include "base/format.h"
#include "python/builtins/builtins.h"
#include "python/library.h"
#include "python/machine.h"
#include "torch/numpy/numpy.h"

namespace nabla {
namespace {

/// What is called when a cell ends; undefined as long as nothing is plotted.
Value g_cell_end;

void write_text(std::string& out, std::string_view text) {
  out += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '\n') out += "\\n";
    else if (static_cast<unsigned char>(c) >= 0x20) out += c;
  }
  out += '"';
}

void write(std::string& out, const Value& value);

template <class Each>
void write_items(std::string& out, const std::vector<Value>& items, Each each) {
  bool first = true;
  for (const Value& item : items) {
    if (!first) out += ',';
    first = false;
    each(item);
  }
}

/// Numbers have six digits; NaN and infinities, which are not drawn, become null.
void write(std::string& out, const Value& value) {
  if (value.is_none()) {
    out += "null";
  } else if (value.is_bool()) {
    out += value.is_true() ? "true" : "false";
  } else if (const std::string* text = text_of(value)) {
    write_text(out, *text);
  } else if (const auto* dict = as<Dict>(value)) {
    out += '{';
    bool first = true;
    for (const auto& entry : dict->entries) {
      if (entry.key.is_undefined()) continue;
      if (!first) out += ',';
      first = false;
      write_text(out, str(entry.key));
      out += ':';
      write(out, entry.value);
    }
    out += '}';
  } else if (as<List>(value) || as<Tuple>(value)) {
    out += '[';
    write_items(out, to_vector(value), [&](const Value& item) { write(out, item); });
    out += ']';
  } else {
    const double x = to_double(value);
    out += std::isfinite(x) ? general(x, 6) : "null";
  }
}

Value show_figure(const Value* p) {
  Machine& machine = Machine::current();
  if (!machine.on_figure) return Value::none();
  std::string json;
  write(json, p[0]);
  machine.on_figure(machine.context, json);
  return Value::none();
}

Ref<Module> text_module(const char* name, std::string_view text) {
  auto module = make<Module>(name);
  module->missing = [](const Module& missing, Str* attribute) {
    throw Error{"AttributeError", cat("module '", missing.name, "' has no attribute '", attribute->text, "'"), {"nabla has the part of matplotlib that tutorials use"}};
  };
  run_text(*module, *find_text(kTorchLibrary, text));
  return module;
}

Ref<Module> make_matplotlib() {
  auto module = text_module("matplotlib", "matplotlib");
  module->dict->set(intern("_show_figure"), native("_show_figure(figure)", show_figure));
  module->dict->set(intern("_at_cell_end"), native("_at_cell_end(function)", [](const Value* p) {
                      g_cell_end = p[0];
                      return Value::none();
                    }));
  return module;
}

}  // namespace

void plots_cell_ends() {
  if (!g_cell_end.is_undefined()) call(g_cell_end, {});
}

void register_plot_modules() {
  register_module("matplotlib", make_matplotlib);
  register_module("matplotlib._artists", [] { return text_module("matplotlib._artists", "matplotlib_artists"); });
  register_module("matplotlib._marks", [] { return text_module("matplotlib._marks", "matplotlib_marks"); });
  register_module("matplotlib._fields", [] { return text_module("matplotlib._fields", "matplotlib_fields"); });
  register_module("matplotlib._axes", [] { return text_module("matplotlib._axes", "matplotlib_axes"); });
  register_module("matplotlib._figure", [] { return text_module("matplotlib._figure", "matplotlib_figure"); });
  register_module("matplotlib.pyplot", [] { return text_module("matplotlib.pyplot", "matplotlib_pyplot"); });
  register_module("matplotlib.cm", [] { return text_module("matplotlib.cm", "matplotlib_cm"); });
  register_module("matplotlib.colors", [] { return text_module("matplotlib.colors", "matplotlib_colors"); });
}

void reset_plots() { g_cell_end = Value(); }

}  // namespace nabla
