// The builtin functions about objects and iteration, and install_builtins(). Those about numbers: number_functions.cpp; print: print.cpp.
#include <algorithm>

#include "python/builtins/functions.h"
#include "python/builtins/iterators.h"
#include "python/builtins/unicode.h"
#include "python/exception.h"
#include "python/input.h"
#include "python/interpreter.h"
#include "python/library.h"

namespace nabla {
namespace {

// --------------------------------------------------------------------------------------------------------- iteration

Value len(const Value* p) { return integer(length(p[0])); }

Value iter(Args args) {
  no_keywords("iter", args);
  check_count("iter", args, 1, 2);
  if (args.positional == 1) return iterate(args[0]);
  if (!is_callable(args[0])) fail("TypeError", "iter(v, w): v must be callable");
  return call_iterator(args[0], args[1]);
}

Value next_function(Args args) {
  no_keywords("next", args);
  check_count("next", args, 1, 2);
  if (!type_of(args[0])->slots.next) fail("TypeError", "'", type_name(args[0]), "' object is not an iterator");
  const Value* method = args.positional == 1 && type_of(args[0])->is_heap ? type_of(args[0])->find(names::next) : nullptr;
  if (method && as<Function>(*method)) return call_special(args[0], names::next);  // its StopIteration may carry a value
  Value item = next(args[0]);
  if (!item.is_undefined()) return item;
  if (args.positional == 1) raise("StopIteration", {});
  return args[1];
}

Value sorted(Args args) {
  check_count("sorted", args, 1, 1);
  only_keywords("sort", args, {"key", "reverse"});
  const Value key = keyword(args, "key"), reverse = keyword(args, "reverse");
  std::vector<Value> items = to_vector(args[0]);
  sort_items(items, key.is_undefined() ? Value::none() : key, !reverse.is_undefined() && truth(reverse));
  return list(std::move(items));
}

Value any(const Value* p) {
  Walk walk(p[0]);
  for (Value item; walk.next(item);)
    if (truth(item)) return Value::boolean(true);
  return Value::boolean(false);
}

Value all(const Value* p) {
  Walk walk(p[0]);
  for (Value item; walk.next(item);)
    if (!truth(item)) return Value::boolean(false);
  return Value::boolean(true);
}

/// max() and min(): `better` is the comparison that makes a later item win.
Value extreme(const char* name, Args args, Compare better) {
  only_keywords(name, args, {"key", "default"});
  if (!args.positional) fail("TypeError", name, " expected at least 1 argument, got 0");
  Value key = keyword(args, "key");
  const Value otherwise = keyword(args, "default");
  if (key.is_undefined()) key = Value::none();
  if (args.positional > 1 && !otherwise.is_undefined())
    fail("TypeError", "Cannot specify a default for ", name, "() with multiple positional arguments");
  Value best, best_key;
  const auto consider = [&](const Value& item) {
    Value by = key.is_none() ? item : call(key, {item});
    if (!best.is_undefined() && !truth(compare(better, by, best_key))) return;
    best = item;
    best_key = std::move(by);
  };
  if (args.positional > 1) {
    for (std::uint32_t i = 0; i < args.positional; ++i) consider(args[i]);
  } else {
    Walk walk(args[0]);
    for (Value item; walk.next(item);) consider(item);
  }
  if (!best.is_undefined()) return best;
  if (otherwise.is_undefined()) fail("ValueError", name, "() arg is an empty sequence");
  return otherwise;
}
Value max(Args args) { return extreme("max", args, Compare::gt); }
Value min(Args args) { return extreme("min", args, Compare::lt); }

// ----------------------------------------------------------------------------------------------------- types, attributes

struct Abstract {
  const Type* type;
  bool (*holds)(const Type*);
};
std::vector<Abstract> g_abstract;

/// issubclass(type, cls) for one class, an abstract one perhaps.
bool derives(const Type* type, const Type* cls) {
  if (type->is_subtype_of(cls)) return true;
  const auto known = std::find_if(g_abstract.begin(), g_abstract.end(), [&](const Abstract& one) { return one.type == cls; });
  return known != g_abstract.end() && known->holds(type);
}

/// isinstance() and issubclass(): the second argument is a class or a (nested) tuple of classes.
bool matches(const Value& subject, const Type* type, const Value& classes, const char* function) {
  if (const Type* one = as<Type>(classes)) {
    if (type_of(classes)->is_heap && one != type) {  // its metaclass may have a say
      const Value answer = call_special(classes, intern(std::string_view(function) == "isinstance" ? "__instancecheck__" : "__subclasscheck__"), {subject});
      if (!answer.is_undefined()) return truth(answer);
    }
    return derives(type, one);
  }
  const auto any_of = [&](const std::vector<Value>& all) {
    return std::any_of(all.begin(), all.end(), [&](const Value& one) { return one.is_none() ? derives(type, none_type()) : matches(subject, type, one, function); });
  };
  if (const std::vector<Value>* members = union_members(classes)) return any_of(*members);
  if (is_alias(classes)) fail("TypeError", function, "() argument 2 cannot be a parameterized generic");
  const Tuple* many = as<Tuple>(classes);
  if (!many) {
    const bool instance = std::string_view(function) == "isinstance";
    fail("TypeError", function, "() arg 2 must be a ", instance ? "type" : "class", ", a tuple of ", instance ? "types" : "classes", ", or a union");
  }
  return std::any_of(many->items.begin(), many->items.end(), [&](const Value& one) { return matches(subject, type, one, function); });
}
Value isinstance(const Value* p) {
  return Value::boolean(matches(p[0], type_of(p[0]), p[1], "isinstance"));
}
Value issubclass(const Value* p) {
  const Type* type = as<Type>(p[0]);
  if (!type) fail("TypeError", "issubclass() arg 1 must be a class");
  return Value::boolean(matches(p[0], type, p[1], "issubclass"));
}

Value callable(const Value* p) { return Value::boolean(is_callable(p[0])); }

Str* attribute_name(const Value& name) {
  const std::string* text = text_of(name);
  if (!text) fail("TypeError", "attribute name must be string, not '", type_name(name), "'");
  return intern(*text);
}

/// The attribute, or undefined when there is none or its property raises AttributeError.
Value attribute_if_any(const Value& object, Str* name) {
  try {
    return find_attribute(object, name);
  } catch (const Error& error) {
    if (error.kind != "AttributeError") throw;
  } catch (const Raise& raised) {
    if (!is_instance(raised.value, exception_type("AttributeError"))) throw;
  }
  return {};
}

Value getattr(Args args) {
  no_keywords("getattr", args);
  check_count("getattr", args, 2, 3);
  Str* name = attribute_name(args[1]);
  if (args.positional == 2) return get_attribute(args[0], name);
  Value found = attribute_if_any(args[0], name);
  return found.is_undefined() ? args[2] : found;
}
Value hasattr(const Value* p) { return Value::boolean(!attribute_if_any(p[0], attribute_name(p[1])).is_undefined()); }
Value setattr(const Value* p) {
  set_attribute(p[0], attribute_name(p[1]), p[2]);
  return Value::none();
}
Value delattr(const Value* p) {
  set_attribute(p[0], attribute_name(p[1]), Value());
  return Value::none();
}

Value vars(Args args) {
  check_count("vars", args, 0, 1);
  if (!args.positional) return current_locals();
  Value dict = attribute_if_any(args[0], intern("__dict__"));
  if (dict.is_undefined()) fail("TypeError", "vars() argument must have __dict__ attribute");
  return dict;
}

Value dir(Args args) {
  check_count("dir", args, 0, 1);
  auto names = make<Dict>();
  if (!args.positional) {
    dict_update(*names, current_locals());
  } else if (Value own = call_special(args[0], "__dir__"); !own.is_undefined()) {
    std::vector<Value> items = to_vector(own);
    sort_items(items, Value::none(), false);
    return list(std::move(items));
  } else {
    if (auto* module = as<Module>(args[0])) (void)find_late(*module, intern("__dir__"));  // makes its names
    const Value dict = attribute_if_any(args[0], intern("__dict__"));
    if (as<Dict>(dict)) dict_update(*names, dict);
    if (!as<Module>(args[0])) {
      const Type* type = as<Type>(args[0]);
      for (const Type* each : (type ? type : type_of(args[0]))->mro) dict_update(*names, each->attributes);
    }
  }
  std::vector<Value> items = to_vector(names);
  sort_items(items, Value::none(), false);
  return list(std::move(items));
}

Value globals(const Value*) { return current_globals(); }
Value locals(const Value*) { return current_locals(); }

Value id(const Value* p) {
  // An object's address; of what is not an object, a number made of its bits, the same whenever it is.
  if (p[0].is_object()) return integer(static_cast<std::int64_t>(reinterpret_cast<std::uintptr_t>(p[0].as_object())));
  return integer(static_cast<std::int64_t>(p[0].bits() & 0x7FFF'FFFF'FFFF'FFFF) >> 2 << 4);
}
Value hash_function(const Value* p) { return integer(static_cast<std::int64_t>(hash(p[0]))); }

// -------------------------------------------------------------------------------------------------------------- text

Value repr_function(const Value* p) { return string(repr(p[0])); }
Value ascii(const Value* p) {
  const std::string text = repr(p[0]);
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = decode(text, at);
    out += c < 128 ? std::string(1, static_cast<char>(c)) : escaped(c);
  }
  return string(std::move(out));
}
Value format_function(const Value* p) {
  const std::string* spec = text_of(p[1]);
  if (!spec) fail("TypeError", "format() argument 2 must be str, not ", type_name(p[1]));
  return string(format(p[0], *spec));
}
Value chr(const Value* p) {
  const Value number = to_integer(p[0]);
  if (int_of(number) > 0x7FFFFFFF || int_of(number) < -0x80000000LL) fail("OverflowError", "Python int too large to convert to C int");
  const std::int64_t code = int_of(number);
  if (code < 0 || code >= 0x110000) fail("ValueError", "chr() arg not in range(0x110000)");
  std::string out;
  append_utf8(out, static_cast<char32_t>(code));
  return string(std::move(out));
}
Value ord(const Value* p) {
  const std::string* text = text_of(p[0]);
  if (const std::string* bytes = bytes_of(p[0])) {
    if (bytes->size() != 1) fail("TypeError", "ord() expected a character, but string of length ", bytes->size(), " found");
    return integer(static_cast<unsigned char>((*bytes)[0]));
  }
  if (!text) fail("TypeError", "ord() expected string of length 1, but ", type_name(p[0]), " found");
  const std::int64_t size = count_code_points(*text);
  if (size != 1) fail("TypeError", "ord() expected a character, but string of length ", size, " found");
  std::size_t at = 0;
  return integer(decode(*text, at));
}

// ----------------------------------------------------------------------------------------------------- not part of nabla

Value input(Args args) {
  no_keywords("input", args);
  check_count("input", args, 0, 1);
  if (args.positional) Machine::current().write(str(args[0]), false);
  std::deque<std::string>& lines = input_lines();
  if (lines.empty()) fail("EOFError", "EOF when reading a line");
  Value line = string(std::move(lines.front()));
  lines.pop_front();
  return line;
}
Value open(Args) { not_part_of_nabla("open()", "there are no files: put the data into the code"); }
/// What compile() gives.
struct CompiledText final : Object {
  Ref<Code> code;
  std::string filename;
  CompiledText(Ref<Code> code, std::string filename) : Object(class_type()), code(std::move(code)), filename(std::move(filename)) {}
  static Type* class_type() {
    static Type* const type = make_type("code", [](Type& t) {
      t.is_final = true;
      t.slots.repr = [](const Value& self) {
        return cat("<code object <module> at 0x", in_base(reinterpret_cast<std::uintptr_t>(self.as_object()), 16), ", file \"", slot_self<CompiledText>(self).filename, "\", line 1>");
      };
    });
    return type;
  }
};
Ref<CompiledText> compile_text(const std::string& source, const std::string& filename, bool is_value) {
  Diagnostics diagnostics;
  std::string_view text = source;
  if (is_value) text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
  const Ref<Code> code = compile(text, filename, 0, is_value ? Mode::expression : Mode::script, false, diagnostics);
  if (!code) throw Raise{diagnostics.error};
  return make<CompiledText>(code, filename);
}

/// Runs what was compiled in a namespace; gives the value of an expression.
Value run_text(const CompiledText& text, Dict& space) {
  return Machine::current().call_function(make<Function>(text.code, Ref<Dict>(&space)).get(), Args{});
}
/// The text and the namespace of eval(source, globals, locals): without them the program's own, and in a function a copy with its variables.
Ref<Dict> namespace_of(const char* name, Args args, Ref<CompiledText>& text) {
  no_keywords(name, args);
  check_count(name, args, 1, 3);
  const std::string* source = text_of(args[0]) ? text_of(args[0]) : bytes_of(args[0]);
  if (source) {
    text = compile_text(*source, "<string>", std::string_view(name) == "eval");
  } else {
    text = Ref<CompiledText>(as<CompiledText>(args[0]));
  }
  if (!text) fail("TypeError", name, "() arg 1 must be a string, bytes or code object");
  if (args.positional > 1 && !args[1].is_none()) {
    auto* globals = as<Dict>(args[1]);
    if (!globals) fail("TypeError", name, "() globals must be a dict, not ", type_name(args[1]));
    if (args.positional < 3 || args[2].is_none()) return Ref<Dict>(globals);
    auto both = copy_dict(*globals);
    dict_update(*both, args[2]);
    return both;
  }
  const Value own = current_globals(), visible = args.positional > 2 ? args[2] : current_locals();
  if (visible == own) return Ref<Dict>(as<Dict>(own));
  auto both = copy_dict(*as<Dict>(own));
  dict_update(*both, visible);
  return both;
}
Value eval(Args args) {
  Ref<CompiledText> text;
  const Ref<Dict> space = namespace_of("eval", args, text);
  return run_text(*text, *space);
}
Value exec(Args args) {
  Ref<CompiledText> text;
  const Ref<Dict> space = namespace_of("exec", args, text);
  run_text(*text, *space);
  return Value::none();
}
Value compile(const Value* p) {
  const std::string *source = text_of(p[0]) ? text_of(p[0]) : bytes_of(p[0]), *filename = text_of(p[1]), *mode = text_of(p[2]);
  if (!source) fail("TypeError", "compile() arg 1 must be a string, bytes or AST object");
  if (!filename || !mode) fail("TypeError", "compile() argument '", filename ? "mode" : "filename", "' must be str, not ", type_name(filename ? p[2] : p[1]));
  if (*mode != "exec" && *mode != "eval" && *mode != "single") fail("ValueError", "compile() mode must be 'exec', 'eval' or 'single'");
  if (*mode == "single") not_part_of_nabla("compile() with mode 'single'");
  return compile_text(*source, *filename, *mode == "eval");
}
Value import(Args args) {
  const std::string* name = args.positional ? text_of(args[0]) : nullptr;
  if (!name) fail("TypeError", "__import__() argument 1 must be str");
  return import_for_statement(intern(*name), false);
}
Value exit(Args args) { raise("SystemExit", args.positional ? std::vector<Value>{args[0]} : std::vector<Value>{}); }

constexpr Method kFunctions[] = {
    {"len(obj, /)", len},
    {"any(iterable, /)", any},
    {"all(iterable, /)", all},
    {"isinstance(obj, class_or_tuple, /)", isinstance},
    {"issubclass(cls, class_or_tuple, /)", issubclass},
    {"callable(obj, /)", callable},
    {"hasattr(obj, name, /)", hasattr},
    {"setattr(obj, name, value, /)", setattr},
    {"delattr(obj, name, /)", delattr},
    {"globals()", globals},
    {"locals()", locals},
    {"id(obj, /)", id},
    {"hash(obj, /)", hash_function},
    {"repr(obj, /)", repr_function},
    {"ascii(obj, /)", ascii},
    {"format(value, format_spec='', /)", format_function},
    {"chr(i, /)", chr},
    {"ord(c, /)", ord},
    {"compile(source, filename, mode, flags=0, dont_inherit=False, optimize=-1)", compile},
};
constexpr RawMethod kRawFunctions[] = {
    {"iter", iter},         {"next", next_function}, {"sorted", sorted},     {"max", max},
    {"min", min},           {"getattr", getattr},    {"vars", vars},         {"dir", dir},
    {"input", input},       {"open", open},          {"eval", eval},         {"exec", exec},
    {"__import__", import},  {"exit", exit},
    {"quit", exit},
};

}  // namespace

Type* make_abstract_type(const char* name, bool (*holds)(const Type*)) {
  Type* type = make_type(name, nullptr);
  type->construct = object_type()->construct;  // for classes that derive from it
  type->has_dict = true;
  g_abstract.push_back({type, holds});
  return type;
}

void add_functions(Dict& names, std::span<const Method> functions) {
  for (const Method& function : functions)
    names.set(intern(function.signature.substr(0, function.signature.find('('))), native(function.signature, function.function));
}
void add_functions(Dict& names, std::span<const RawMethod> functions) {
  for (const RawMethod& function : functions) names.set(intern(function.name), native_raw(function.name, function.function));
}

void install_builtins(Dict& builtins) {
  for (Type* type : {bool_type(), int_type(), float_type(), Str::class_type(), bytes_type(), List::class_type(), Tuple::class_type(),
                     Dict::class_type(), Set::class_type(), frozenset_type(), Slice::class_type(), range_type(), enumerate_type(),
                     zip_type(), map_type(), filter_type(), reversed_type()})
    builtins.set(intern(type->name), Value::object(type));
  builtins.set(intern("Ellipsis"), Value::ellipsis());
  for (const Value& value : {Value::none(), Value::boolean(true), Value::boolean(false)}) builtins.set(intern(repr(value)), value);
  builtins.set(intern("NotImplemented"), Value::not_implemented());
  builtins.set(intern("__debug__"), Value::boolean(true));
  add_functions(builtins, kFunctions);
  add_functions(builtins, kRawFunctions);
  add_number_functions(builtins);
  add_print(builtins);
}

}  // namespace nabla
