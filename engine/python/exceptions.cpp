// Exception classes and objects: the hierarchy, what the objects answer, and the ways from native errors to them.
#include "python/exception.h"

#include <unordered_map>

#include "python/builtins/builtins.h"
#include "python/frame.h"
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
    {"TimeoutError", "OSError"}, {"ReferenceError", "Exception"}, {"RuntimeError", "Exception"},
    {"NotImplementedError", "RuntimeError"}, {"RecursionError", "RuntimeError"}, {"SyntaxError", "Exception"},
    {"IndentationError", "SyntaxError"}, {"TabError", "IndentationError"}, {"SystemError", "Exception"}, {"TypeError", "Exception"},
    {"ValueError", "Exception"}, {"UnicodeError", "ValueError"}, {"UnicodeDecodeError", "UnicodeError"},
    {"UnicodeEncodeError", "UnicodeError"}, {"Warning", "Exception"}, {"UserWarning", "Warning"}, {"DeprecationWarning", "Warning"},
    {"PendingDeprecationWarning", "Warning"}, {"SyntaxWarning", "Warning"}, {"RuntimeWarning", "Warning"}, {"FutureWarning", "Warning"},
    {"ImportWarning", "Warning"}, {"UnicodeWarning", "Warning"}, {"BytesWarning", "Warning"}, {"ResourceWarning", "Warning"},
    {"StepLimitError", "BaseException"}, {"OutputLimitError", "BaseException"},
};

std::unordered_map<std::string_view, Type*>& types() {
  static std::unordered_map<std::string_view, Type*> map;
  return map;
}

Exception& self(const Value& value) { return *static_cast<Exception*>(value.as_object()); }

Value construct_exception(Type* cls, Args args) {
  if (args.keyword_count() && !cls->is_heap) {
    static Str* const name = intern("name");
    for (std::uint32_t i = 0; i < args.keyword_count(); ++i) {
      const bool known = cls->is_subtype_of(exception_type("ImportError")) || cls->is_subtype_of(exception_type("NameError")) || cls->is_subtype_of(exception_type("AttributeError"));
      if (!known) fail("TypeError", cls->name, "() takes no keyword arguments");
      (void)name;
    }
  }
  return make_exception(cls, std::vector<Value>(args.values, args.values + args.positional));
}
Value exception_init(Args args) {
  self(args[0]).args = tuple(std::vector<Value>(args.values + 1, args.values + args.positional));
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
Value get_traceback(const Value&) { return Value::none(); }
void set_traceback(const Value& value, const Value&) { self(value).traceback.clear(); }
Value with_traceback(const Value* p) { return p[0]; }
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
  add_properties(types().at("ImportError"), kName);
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

}  // namespace nabla
