// The modules of matplotlib, whose code is engine/torch/lib/matplotlib*.py, and the way of a figure from there to whoever runs the program:
// as JSON, in the form that wasm/src/figure.ts describes.
#include <cmath>
#include <iterator>
#include <utility>

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

/// The other modules: their names, and the files in lib that they are.
constexpr const char* kModules[][2] = {
    {"matplotlib._artists", "matplotlib_artists"}, {"matplotlib._marks", "matplotlib_marks"}, {"matplotlib._fields", "matplotlib_fields"},
    {"matplotlib._axes", "matplotlib_axes"}, {"matplotlib._three", "matplotlib_three"}, {"matplotlib._figure", "matplotlib_figure"},
    {"matplotlib.pyplot", "matplotlib_pyplot"}, {"matplotlib.cm", "matplotlib_cm"}, {"matplotlib.colors", "matplotlib_colors"},
    {"matplotlib.patches", "matplotlib_patches"}, {"matplotlib.ticker", "matplotlib_ticker"}, {"matplotlib.animation", "matplotlib_animation"},
    {"matplotlib.gridspec", "matplotlib_gridspec"}, {"matplotlib.lines", "matplotlib_lines"}, {"mpl_toolkits", "mpl_toolkits"},
    {"mpl_toolkits.mplot3d", "mpl_toolkits_mplot3d"},
};

template <std::size_t... i>
void register_texts(std::index_sequence<i...>) {
  (register_module(kModules[i][0], [] { return text_module(kModules[i][0], kModules[i][1]); }), ...);
}

}  // namespace

void plots_cell_ends() {
  if (!g_cell_end.is_undefined()) call(g_cell_end, {});
}

void register_plot_modules() {
  register_module("matplotlib", make_matplotlib);
  register_texts(std::make_index_sequence<std::size(kModules)>());
}

void reset_plots() { g_cell_end = Value(); }

}  // namespace nabla
