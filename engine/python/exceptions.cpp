// Exception classes and objects: the hierarchy, what the objects answer, and the ways from native errors to them.
#include "python/exception.h"

#include <unordered_map>

#include "python/builtins/builtins.h"
#include "python/frame.h"
#include "python/function.h"
#include "python/machine.h"
#include "python/slots.h"

namespace nabla {
namespace {

struct Row {
  const char* name;
  const char* base;
};
// CPython's hierarchy as far as programs meet it, bases first; then the limits of nabla.
constexpr Row kHierarchy[] = {
    {"SystemExit", "BaseException"}, {"KeyboardInterrupt", "BaseException"}, {"GeneratorExit", "BaseException"}, {"Exception", "BaseException"},
    {"StopIteration", "Exception"}, {"StopAsyncIteration", "Exception"}, {"ArithmeticError", "Exception"},
    {"FloatingPointError", "ArithmeticError"}, {"OverflowError", "ArithmeticError"}, {"ZeroDivisionError", "ArithmeticError"},
    {"AssertionError", "Exception"}, {"AttributeError", "Exception"}, {"BufferError", "Exception"}, {"EOFError", "Exception"},
    {"ImportError", "Exception"}, {"ModuleNotFoundError", "ImportError"}, {"LookupError", "Exception"}, {"IndexError", "LookupError"},
    {"KeyError", "LookupError"}, {"MemoryError", "Exception"}, {"NameError", "Exception"}, {"UnboundLocalError", "NameError"},
    {"OSError", "Exception"}, {"FileNotFoundError", "OSError"}, {"FileExistsError", "OSError"}, {"PermissionError", "OSError"},
    {"TimeoutError", "OSError"}, {"BlockingIOError", "OSError"}, {"ChildProcessError", "OSError"}, {"InterruptedError", "OSError"},
    {"IsADirectoryError", "OSError"}, {"NotADirectoryError", "OSError"}, {"ProcessLookupError", "OSError"}, {"ConnectionError", "OSError"},
    {"BrokenPipeError", "ConnectionError"}, {"ConnectionAbortedError", "ConnectionError"}, {"ConnectionRefusedError", "ConnectionError"},
    {"ConnectionResetError", "ConnectionError"}, {"ReferenceError", "Exception"}, {"RuntimeError", "Exception"},
    {"NotImplementedError", "RuntimeError"}, {"RecursionError", "RuntimeError"}, {"SyntaxError", "Exception"},
    {"IndentationError", "SyntaxError"}, {"TabError", "IndentationError"}, {"SystemError", "Exception"}, {"TypeError", "Exception"},
    {"ValueError", "Exception"}, {"UnicodeError", "ValueError"}, {"UnicodeDecodeError", "UnicodeError"},
    {"UnicodeEncodeError", "UnicodeError"}, {"UnicodeTranslateError", "UnicodeError"}, {"Warning", "Exception"}, {"EncodingWarning", "Warning"}, {"UserWarning", "Warning"}, {"DeprecationWarning", "Warning"},
    {"PendingDeprecationWarning", "Warning"}, {"SyntaxWarning", "Warning"}, {"RuntimeWarning", "Warning"}, {"FutureWarning", "Warning"},
    {"ImportWarning", "Warning"}, {"UnicodeWarning", "Warning"}, {"BytesWarning", "Warning"}, {"ResourceWarning", "Warning"},
    {"StepLimitError", "BaseException"}, {"OutputLimitError", "BaseException"},
};

std::unordered_map<std::string_view, Type*>& types() {
  static std::unordered_map<std::string_view, Type*> map;
  return map;
}

Exception& self(const Value& value) { return *static_cast<Exception*>(value.as_object()); }
const std::vector<Value>& args_of(const Value& value) { return as<Tuple>(self(value).args)->items; }

/// What an OSError with that errno becomes.
Type* kind_of_error(const Value& code, Type* otherwise) {
  constexpr std::pair<int, const char*> kKinds[] = {
      {1, "PermissionError"}, {2, "FileNotFoundError"}, {3, "ProcessLookupError"}, {4, "InterruptedError"}, {10, "ChildProcessError"}, {11, "BlockingIOError"},
      {13, "PermissionError"}, {17, "FileExistsError"}, {20, "NotADirectoryError"}, {21, "IsADirectoryError"}, {32, "BrokenPipeError"},
      {103, "ConnectionAbortedError"}, {104, "ConnectionResetError"}, {110, "TimeoutError"}, {111, "ConnectionRefusedError"}};
  for (const auto& [number, name] : kKinds) {
    if (code == Value::small(number)) return exception_type(name);
  }
  return otherwise;
}

Value construct_exception(Type* cls, Args args) {
  const bool of_import = cls->is_subtype_of(exception_type("ImportError"));
  if (args.keyword_count() && !cls->is_heap) {
    const bool known = of_import || cls->is_subtype_of(exception_type("NameError")) || cls->is_subtype_of(exception_type("AttributeError"));
    if (!known) fail("TypeError", cls->name, "() takes no keyword arguments");
  }
  const bool of_system = cls->is_subtype_of(exception_type("OSError")) && args.positional >= 2 && args.positional <= 5;
  if (of_system && cls == exception_type("OSError")) cls = kind_of_error(args[0], cls);
  if (!cls->is_heap && (cls->name == "UnicodeDecodeError" || cls->name == "UnicodeEncodeError") && args.positional != 5) {
    fail("TypeError", "function takes exactly 5 arguments (", args.positional, " given)");
  }
  Value made = make_exception(cls, std::vector<Value>(args.values, args.values + (of_system ? 2 : args.positional)));
  if (of_system && args.positional > 2) self(made).searched = args[2];
  for (std::uint32_t i = 0; i < args.keyword_count(); ++i) {
    const std::string& name = args.keyword_name(i)->text;
    if (name == "name" && text_of(args.keyword_value(i))) self(made).missing = intern(*text_of(args.keyword_value(i)));
    if (name == (of_import ? "path" : "obj")) self(made).searched = args.keyword_value(i);
  }
  return made;
}
Value exception_init(Args args) {
  const bool of_system = type_of(args[0])->is_subtype_of(exception_type("OSError")) && args.positional >= 3 && args.positional <= 6;
  self(args[0]).args = tuple(std::vector<Value>(args.values + 1, args.values + (of_system ? 3 : args.positional)));
  if (of_system && args.positional > 3) self(args[0]).searched = args[3];
  return Value::none();
}

std::string exception_repr(const Value& value) {
  const auto& items = as<Tuple>(self(value).args)->items;
  const std::string& name = type_of(value)->name;
  return items.size() == 1 ? cat(name, "(", repr(items[0]), ")") : cat(name, repr(self(value).args));
}
std::string exception_str(const Value& value) {
  const auto& items = as<Tuple>(self(value).args)->items;
  if (items.empty()) return "";
  if (items.size() == 1) return str(items[0]);
  return repr(self(value).args);
}
std::string key_error_str(const Value& value) {
  const auto& items = as<Tuple>(self(value).args)->items;
  return items.size() == 1 ? repr(items[0]) : exception_str(value);
}
std::string system_error_str(const Value& value) {
  const auto& items = args_of(value);
  if (items.size() != 2) return exception_str(value);
  const Value& file = self(value).searched;
  return cat("[Errno ", str(items[0]), "] ", str(items[1]), file.is_undefined() ? "" : ": " + repr(file));
}
/// "'utf-8' codec can't decode byte 0xff in position 0: invalid start byte", from encoding, object, start, end and reason.
std::string unicode_error_str(const Value& value) {
  const auto& items = args_of(value);
  if (items.size() != 5) return exception_str(value);
  const bool decodes = type_of(value)->is_subtype_of(exception_type("UnicodeDecodeError"));
  const std::int64_t start = to_index(items[2]), end = to_index(items[3]);
  std::string what = decodes ? "bytes" : "characters", where = cat("s ", start, "-", end - 1);
  if (end == start + 1) {
    const Value one = get_item(items[1], items[2]);
    what = decodes ? "byte 0x" + format(one, "02x") : "character " + str(call(*builtins_dict().find(intern("ascii")), {one}));
    where = cat(" ", start);
  }
  return cat("'", str(items[0]), "' codec can't ", decodes ? "de" : "en", "code ", what, " in position", where, ": ", str(items[4]));
}
template <std::size_t n>
Value unicode_part(const Value& value) { return args_of(value).size() == 5 ? args_of(value)[n] : Value::none(); }
Value system_number(const Value& value) { return args_of(value).size() == 2 ? args_of(value)[0] : Value::none(); }
Value system_words(const Value& value) { return args_of(value).size() == 2 ? args_of(value)[1] : Value::none(); }
Value exit_code(const Value& value) { return args_of(value).empty() ? Value::none() : args_of(value).size() == 1 ? args_of(value)[0] : self(value).args; }

std::string syntax_error_str(const Value& value) {
  const auto& syntax = self(value).syntax;
  if (!syntax) return exception_str(value);
  const auto& items = as<Tuple>(self(value).args)->items;
  return cat(items.empty() ? "None" : str(items[0]), " (", syntax->filename, ", line ", syntax->line, ")");
}

Value or_none(const Value& value) { return value.is_undefined() ? Value::none() : value; }
Value get_args(const Value& value) { return self(value).args; }
void set_args(const Value& value, const Value& args) { self(value).args = tuple(to_vector(args)); }
Value get_cause(const Value& value) { return or_none(self(value).cause); }
void set_cause(const Value& value, const Value& cause) {
  self(value).cause = cause.is_none() ? Value() : cause;
  self(value).suppress_context = true;
}
Value get_context(const Value& value) { return or_none(self(value).context); }
void set_context(const Value& value, const Value& context) { self(value).context = context.is_none() ? Value() : context; }
Value get_suppress(const Value& value) { return Value::boolean(self(value).suppress_context); }
void set_suppress(const Value& value, const Value& flag) { self(value).suppress_context = truth(flag); }
/// What __traceback__ gives: the frames as they were then, the innermost first.
struct Traceback final : Object {
  std::vector<Exception::Entry> entries;
  explicit Traceback(std::vector<Exception::Entry> entries) : Object(class_type()), entries(std::move(entries)) {}
  static Type* class_type() {
    static Type* const type = [] {
      Type* made = new Type("traceback", object_type());
      made->retain();
      static constexpr Property kProperties[] = {
          {"tb_lineno", [](const Value& value) { return integer(static_cast<Traceback*>(value.as_object())->entries.back().place.line); }},
          {"_name", [](const Value& value) { return Value::object(static_cast<Traceback*>(value.as_object())->entries.back().code->name); }},
          {"_filename", [](const Value& value) { return string(static_cast<Traceback*>(value.as_object())->entries.back().code->source->filename); }},
          {"_line", [](const Value& value) {
             const Exception::Entry& entry = static_cast<Traceback*>(value.as_object())->entries.back();
             std::string_view line = entry.code->source->line(entry.place.line);
             line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
             return string(std::string(line));
           }},
          {"tb_next", [](const Value& value) -> Value {
             std::vector<Exception::Entry> inner = static_cast<Traceback*>(value.as_object())->entries;
             inner.pop_back();
             return inner.empty() ? Value::none() : Value(make<Traceback>(std::move(inner)));
           }}};
      add_properties(made, kProperties);
      return made;
    }();
    return type;
  }
};

Value get_traceback(const Value& value) {
  const auto& entries = self(value).traceback;
  return entries.empty() ? Value::none() : Value(make<Traceback>(entries));
}
void set_traceback(const Value& value, const Value& traceback) {
  if (traceback.is_none()) return self(value).traceback.clear();
  const auto* given = as<Traceback>(traceback);
  if (!given) fail("TypeError", "__traceback__ must be a traceback or None");
  self(value).traceback = given->entries;
}
Value with_traceback(const Value* p) {
  set_traceback(p[0], p[1]);
  return p[0];
}
Value add_note(const Value* p) {
  static Str* const name = intern("__notes__");
  const std::string* text = text_of(p[1]);
  if (!text) fail("TypeError", "note must be a str, not '", type_of(p[1])->name, "'");
  Dict& dict = self(p[0]).attributes();
  if (!dict.find(name)) dict.set(name, list({}));
  as<List>(*dict.find(name))->items.push_back(p[1]);
  return Value::none();
}

Value stop_value(const Value& value) {
  const auto& items = as<Tuple>(self(value).args)->items;
  return items.empty() ? Value::none() : items[0];
}
Value missing_name(const Value& value) { return self(value).missing ? Value::object(self(value).missing) : Value::none(); }
Value searched_object(const Value& value) { return or_none(self(value).searched); }
Value syntax_message(const Value& value) { return stop_value(value); }
Value syntax_line(const Value& value) { return self(value).syntax ? integer(self(value).syntax->line) : Value::none(); }
Value syntax_column(const Value& value) { return self(value).syntax ? integer(self(value).syntax->column) : Value::none(); }
Value syntax_text(const Value& value) { return self(value).syntax ? string(self(value).syntax->text) : Value::none(); }
Value syntax_filename(const Value& value) { return self(value).syntax ? string(self(value).syntax->filename) : Value::none(); }

Type* add_exception_type(std::string_view name, Type* base) {
  Type* type = new Type(std::string(name), base);
  type->retain();
  types().emplace(type->name, type);
  return type;
}

}  // namespace

Exception::Exception(Type* type, std::vector<Value> args) : Instance(type), args(tuple(std::move(args))) {}

void Exception::clear() {
  Instance::clear();
  args = tuple({});
  cause = context = searched = Value();
  traceback.clear();
}

void setup_exceptions() {
  Type* base = Exception::class_type();
  base->construct = construct_exception;
  base->has_dict = true;
  base->slots.repr = exception_repr;
  base->slots.str = exception_str;
  static constexpr RawMethod kInit[] = {{"__init__", exception_init}};
  static constexpr Method kMethods[] = {{"with_traceback(self, tb, /)", with_traceback}, {"add_note(self, note, /)", add_note}};
  static constexpr Property kProperties[] = {{"args", get_args, set_args}, {"__cause__", get_cause, set_cause}, {"__context__", get_context, set_context},
                                             {"__suppress_context__", get_suppress, set_suppress}, {"__traceback__", get_traceback, set_traceback}};
  add_methods(base, kInit);
  add_methods(base, kMethods);
  add_properties(base, kProperties);
  types().emplace(base->name, base);
  for (const Row& row : kHierarchy) {
    Type* type = add_exception_type(row.name, types().at(row.base));
    if (row.name == std::string_view("KeyError")) type->slots.str = key_error_str;
    if (row.name == std::string_view("SyntaxError")) type->slots.str = syntax_error_str;
    if (row.name == std::string_view("OSError")) type->slots.str = system_error_str;
    if (row.name == std::string_view("UnicodeError")) type->slots.str = unicode_error_str;
  }
  types().emplace("IOError", types().at("OSError"));
  types().emplace("EnvironmentError", types().at("OSError"));
  static constexpr Property kStop[] = {{"value", stop_value}};
  static constexpr Property kName[] = {{"name", missing_name}};
  static constexpr Property kAttribute[] = {{"name", missing_name}, {"obj", searched_object}};
  static constexpr Property kSyntax[] = {{"msg", syntax_message}, {"lineno", syntax_line}, {"offset", syntax_column},
                                         {"text", syntax_text}, {"filename", syntax_filename}};
  add_properties(types().at("StopIteration"), kStop);
  add_properties(types().at("NameError"), kName);
  static constexpr Property kImport[] = {{"name", missing_name}, {"path", searched_object}, {"msg", syntax_message}};
  static constexpr Property kSystem[] = {{"errno", system_number}, {"strerror", system_words}, {"filename", searched_object}};
  static constexpr Property kExit[] = {{"code", exit_code}};
  static constexpr Property kUnicode[] = {{"encoding", unicode_part<0>}, {"object", unicode_part<1>}, {"start", unicode_part<2>},
                                          {"end", unicode_part<3>}, {"reason", unicode_part<4>}};
  add_properties(types().at("ImportError"), kImport);
  add_properties(types().at("OSError"), kSystem);
  add_properties(types().at("SystemExit"), kExit);
  add_properties(types().at("UnicodeError"), kUnicode);
  add_properties(types().at("AttributeError"), kAttribute);
  add_properties(types().at("SyntaxError"), kSyntax);
}

void install_exceptions(Dict& builtins) {
  for (const auto& [name, type] : types()) builtins.set(intern(name), Value::object(type));
}

Type* exception_type(std::string_view name) {
  const auto found = types().find(name);
  if (found != types().end()) return found->second;
  return add_exception_type(name, types().at("RuntimeError"));
}

Value make_exception(Type* type, std::vector<Value> args) { return make<Exception>(type, std::move(args)); }

Value to_exception(const Error& error) {
  std::vector<Value> args;
  if (!error.message.empty()) args.push_back(string(error.message));
  Value value = make_exception(exception_type(error.kind), std::move(args));
  Exception& exception = self(value);
  exception.notes = error.notes;
  exception.is_limit = exception.type->name == "StepLimitError" || exception.type->name == "OutputLimitError";
  return value;
}

void raise(std::string_view kind, std::vector<Value> arguments) { throw Raise{make_exception(exception_type(kind), std::move(arguments))}; }

void raise_attribute_error(std::string message, const Value& object, Str* name) {
  Value value = make_exception(exception_type("AttributeError"), {string(std::move(message))});
  self(value).missing = name;
  self(value).searched = object;
  throw Raise{value};
}

void note_attribute(const Value& raised, const Value& object, Str* name) {
  Exception& exception = self(raised);
  if (exception.missing || !exception.searched.is_undefined() || !is_instance(raised, exception_type("AttributeError"))) return;
  exception.missing = name;
  exception.searched = object;
}

}  // namespace nabla
