// Warnings as the module `warnings` has them: from native code and from Python, filtered, and shown once for each place.
#include "python/warnings.h"

#include <algorithm>
#include <set>

#include "python/builtins/builtins.h"
#include "python/exception.h"
#include "python/frame.h"
#include "python/machine.h"
#include "python/slots.h"

namespace nabla {
namespace {

struct Filter {
  std::string action;
  std::string message;  // what the text must begin with; ".*" stands for anything
  Type* category;
  std::uint32_t line;
};

struct State {
  std::vector<Filter> filters;  // the first that fits decides
  std::set<std::string> shown;
  std::vector<Value> recorders;  // lists of catch_warnings(record=True), innermost last
};
State& state() {
  static State it;
  return it;
}

std::vector<Filter> default_filters() {
  return {{"ignore", "", exception_type("DeprecationWarning"), 0}, {"ignore", "", exception_type("PendingDeprecationWarning"), 0},
          {"ignore", "", exception_type("ImportWarning"), 0}, {"ignore", "", exception_type("ResourceWarning"), 0}};
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool begins_like(std::string_view text, std::string_view pattern) {
  std::size_t at = 0;
  bool anywhere = false;
  while (!pattern.empty()) {
    const std::size_t gap = pattern.find(".*");
    const std::string_view part = pattern.substr(0, gap);
    const auto same = [](char a, char b) { return lower(a) == lower(b); };
    if (anywhere) {
      const auto found = std::search(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(), part.begin(), part.end(), same);
      if (found == text.end() && !part.empty()) return false;
      at = static_cast<std::size_t>(found - text.begin()) + part.size();
    } else {
      if (text.size() < at + part.size() || !std::equal(part.begin(), part.end(), text.begin() + static_cast<std::ptrdiff_t>(at), same)) return false;
      at += part.size();
    }
    if (gap == std::string_view::npos) break;
    pattern.remove_prefix(gap + 2);
    anywhere = true;
  }
  return true;
}

std::string action_for(const std::string& text, Type* category, std::uint32_t line) {
  for (const Filter& filter : state().filters) {
    if (category->is_subtype_of(filter.category) && (filter.line == 0 || filter.line == line) && begins_like(text, filter.message)) return filter.action;
  }
  // CPython shows a DeprecationWarning that code of __main__ itself causes: the default filters of the module come last here.
  return "default";
}

/// WarningMessage: what catch_warnings(record=True) collects.
struct Caught final : Object {
  Value message, category, filename, line;
  Caught(Value message, Value category, Value filename, Value line)
      : Object(class_type()), message(std::move(message)), category(std::move(category)), filename(std::move(filename)), line(std::move(line)) {}
  static Type* class_type();
};
template <Value Caught::*Member>
Value caught_field(const Value& value) {
  return static_cast<Caught*>(value.as_object())->*Member;
}
Type* make_native_type(const char* name) {
  Type* type = new Type(name, object_type());
  type->retain();
  type->module = "warnings";
  return type;
}
Type* Caught::class_type() {
  static Type* const type = [] {
    Type* made = make_native_type("WarningMessage");
    static constexpr Property kProperties[] = {{"message", caught_field<&Caught::message>}, {"category", caught_field<&Caught::category>},
                                               {"filename", caught_field<&Caught::filename>}, {"lineno", caught_field<&Caught::line>}};
    add_properties(made, kProperties);
    return made;
  }();
  return type;
}

struct CatchWarnings final : Object {
  bool record;
  std::vector<Filter> saved;
  explicit CatchWarnings(bool record) : Object(class_type()), record(record) {}
  static Type* class_type();
};
CatchWarnings* catcher(const Value& value) { return static_cast<CatchWarnings*>(value.as_object()); }
Value catch_enter(const Value* p) {
  catcher(p[0])->saved = state().filters;
  if (!catcher(p[0])->record) return Value::none();
  state().recorders.push_back(list({}));
  return state().recorders.back();
}
Value catch_exit(Args args) {
  state().filters = catcher(args[0])->saved;
  state().shown.clear();
  if (catcher(args[0])->record && !state().recorders.empty()) state().recorders.pop_back();
  return Value::none();
}
Type* CatchWarnings::class_type() {
  static Type* const type = [] {
    Type* made = make_native_type("catch_warnings");
    static constexpr Method kMethods[] = {{"__enter__(self, /)", catch_enter}};
    static constexpr RawMethod kRaw[] = {{"__exit__", catch_exit}};
    add_methods(made, kMethods);
    add_methods(made, kRaw);
    made->construct = [](Type*, Args args) -> Value {
      bool record = false;
      for (std::uint32_t i = 0; i < args.keyword_count(); ++i) {
        if (args.keyword_name(i)->text == "record") record = truth(args.keyword_value(i));
      }
      return make<CatchWarnings>(record);
    };
    return made;
  }();
  return type;
}

Type* category_of(const Value& value) {
  Type* category = as<Type>(value);
  if (!category || !category->is_subtype_of(exception_type("Warning"))) {
    fail("TypeError", "category must be a Warning subclass, not '", as<Type>(value) ? "type" : type_of(value)->name, "'");
  }
  return category;
}

Value warn_function(const Value* p) {
  Value message = p[0];
  Type* category = exception_type("UserWarning");
  if (is_instance(message, exception_type("Warning"))) {
    category = type_of(message);
  } else if (!p[1].is_none()) {
    category = category_of(p[1]);
  }
  show_warning(message, category, static_cast<int>(std::max<std::int64_t>(1, to_index(p[2]))) - 1);
  return Value::none();
}

void add_filter(Filter filter, bool append) {
  static constexpr std::string_view kActions[] = {"default", "error", "ignore", "always", "module", "once"};
  if (std::find(std::begin(kActions), std::end(kActions), filter.action) == std::end(kActions)) fail("AssertionError", "invalid action: '", filter.action, "'");
  auto& filters = state().filters;
  filters.insert(append ? filters.end() : filters.begin(), std::move(filter));
  state().shown.clear();
}
std::string action_text(const Value& value) { return text_of(value) ? *text_of(value) : str(value); }
Value filterwarnings(const Value* p) {
  add_filter({action_text(p[0]), action_text(p[1]), category_of(p[2]), static_cast<std::uint32_t>(to_index(p[4]))}, truth(p[5]));
  return Value::none();
}
Value simplefilter(const Value* p) {
  add_filter({action_text(p[0]), "", category_of(p[1]), static_cast<std::uint32_t>(to_index(p[2]))}, truth(p[3]));
  return Value::none();
}
Value resetwarnings(const Value*) {
  state().filters.clear();
  return Value::none();
}

}  // namespace

void show_warning(const Value& message, Type* category, int levels) {
  Machine& machine = Machine::current();
  const Frame* frame = machine.frame();
  for (int i = 0; i < levels && frame && frame->back; ++i) frame = frame->back;
  const std::string text = str(message);
  const bool is_said_by_library = frame && frame->code->source->is_library;
  // Once for each place: that is where it was said, but what a library says at a line of its own is told at the program's line.
  const std::string said_at = frame && levels >= 0 ? cat(frame->code->source->filename, ":", frame->place().line) : "";
  while (frame && frame->back && frame->code->source->is_library) frame = frame->back;  // a learner has no such file
  const Place place = frame ? frame->place() : Place{};
  const Source* source = frame ? frame->code->source.get() : nullptr;
  const std::string filename = source ? source->filename : "<unknown>";
  // Without a filter of the program's own, deprecations are shown where __main__ itself causes them, as in CPython.
  std::string action = action_for(text, category, place.line);
  if (action == "ignore" && category == exception_type("DeprecationWarning") && !is_said_by_library && state().filters.size() == default_filters().size()) action = "default";
  if (action == "ignore") return;
  if (action == "error") {
    throw Raise{is_instance(message, exception_type("Warning")) ? message : make_exception(category, {message})};
  }
  if (action != "always") {
    const std::string where = action == "once" ? "" : action == "module" ? filename : said_at;
    if (!state().shown.insert(cat(where, "\n", category->name, "\n", text)).second) return;
  }
  if (!state().recorders.empty()) {
    const Value instance = is_instance(message, exception_type("Warning")) ? message : make_exception(category, {message});
    as<List>(state().recorders.back())->items.push_back(make<Caught>(instance, Value::object(category), string(filename), integer(place.line)));
    return;
  }
  std::string out = cat(filename, ":", place.line, ": ", category->name, ": ", text, "\n");
  const bool is_kept = source && filename != "<string>";  // nobody keeps what eval() and exec() run
  std::string_view line = is_kept ? source->line(place.line) : std::string_view{};
  while (!line.empty() && (line.front() == ' ' || line.front() == '\t')) line.remove_prefix(1);
  while (!line.empty() && (line.back() == ' ' || line.back() == '\t')) line.remove_suffix(1);
  if (!line.empty()) out += cat("  ", line, "\n");
  if (machine.on_warning) {
    machine.on_warning(machine.context, out, source ? to_span(*source, place) : SourceSpan{});
  } else {
    machine.write(out, true);
  }
}

void python_warning(std::string_view category, std::string_view message, int levels) {
  show_warning(string(std::string(message)), exception_type(category), levels);
}

void reset_warnings() {
  state().filters = default_filters();
  state().shown.clear();
  state().recorders.clear();
}

Ref<Module> make_warnings_module() {
  auto module = make<Module>("warnings");
  Dict& names = *module->dict;
  static constexpr Method kFunctions[] = {
      {"warn(message, category=None, stacklevel=1, source=None)", warn_function},
      {"filterwarnings(action, message='', category=..., module='', lineno=0, append=False)", filterwarnings},
      {"simplefilter(action, category=..., lineno=0, append=False)", simplefilter},
      {"resetwarnings()", resetwarnings}};
  for (const Method& function : kFunctions) {
    const Value made = native(function.signature, function.function);
    auto* native_function = static_cast<NativeFunction*>(made.as_object());
    for (auto& parameter : native_function->signature->parameters) {
      if (parameter.name->text == "category" && parameter.default_value.is_undefined()) parameter.default_value = Value::object(exception_type("Warning"));
    }
    names.set(native_function->name, made);
  }
  names.set(intern("catch_warnings"), Value::object(CatchWarnings::class_type()));
  names.set(intern("WarningMessage"), Value::object(Caught::class_type()));
  return module;
}

}  // namespace nabla
