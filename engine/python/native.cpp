// Native functions: reading a signature, binding arguments to it, and CPython's words when they do not fit.
#include <charconv>
#include <cstdlib>

#include "python/frame.h"
#include "python/function.h"

namespace nabla {
namespace {

std::string_view trim(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

/// A default as it is written in a signature: None, True, 3, 0.5, 'text', or ... for undefined.
Value read_default(std::string_view text) {
  if (text == "...") return Value();
  if (text == "None") return Value::none();
  if (text == "True") return Value::boolean(true);
  if (text == "False") return Value::boolean(false);
  if (text == "()") return tuple({});
  if (text.front() == '\'' || text.front() == '"') {
    std::string inner;
    for (std::size_t i = 1; i + 1 < text.size(); ++i) {
      if (text[i] == '\\' && text[i + 1] == 'n') {
        inner += '\n';
        ++i;
      } else {
        inner += text[i];
      }
    }
    return string(std::move(inner));
  }
  if (text.find_first_of(".en") != std::string_view::npos) return Value::number(std::strtod(std::string(text).c_str(), nullptr));
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return integer(number);
}

std::unique_ptr<NativeSignature> read_signature(std::string_view text) {
  using Kind = NativeSignature::Kind;
  auto signature = std::make_unique<NativeSignature>();
  bool after_star = false;
  while (!(text = trim(text)).empty()) {
    std::size_t end = 0;
    for (char quote = 0; end < text.size() && (quote || text[end] != ',' ); ++end) {
      if (text[end] == '\'' || text[end] == '"') quote = quote == 0 ? text[end] : quote == text[end] ? 0 : quote;
    }
    std::string_view part = trim(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (part == "/") {
      for (auto& parameter : signature->parameters) parameter.kind = Kind::positional_only;
      continue;
    }
    if (part == "*") {
      after_star = true;
      continue;
    }
    Kind kind = after_star ? Kind::keyword_only : Kind::normal;
    if (part.starts_with("**")) {
      kind = Kind::var_keyword;
      part.remove_prefix(2);
    } else if (part.starts_with("*")) {
      kind = Kind::var_positional;
      part.remove_prefix(1);
      after_star = true;
    }
    const std::size_t equals = part.find('=');
    const bool required = equals == std::string_view::npos && kind != Kind::var_positional && kind != Kind::var_keyword;
    signature->parameters.push_back(
        {intern(trim(part.substr(0, equals))), kind, required,
         equals == std::string_view::npos ? Value() : read_default(trim(part.substr(equals + 1)))});
  }
  for (const auto& parameter : signature->parameters) {
    if (parameter.kind > Kind::normal) {
      signature->simple = false;
      continue;
    }
    ++signature->positional;
    signature->required += parameter.required;
  }
  static Str* const self = intern("self");
  for (const auto& parameter : signature->parameters) {
    signature->takes_keywords |= parameter.kind != Kind::positional_only && parameter.kind != Kind::var_positional && parameter.name != self;
  }
  return signature;
}

std::string qualified(const NativeFunction& f) { return f.owner ? cat(f.owner->name, ".", f.name->text) : f.name->text; }
const char* plural(std::uint32_t n) { return n == 1 ? "" : "s"; }

[[noreturn]] void wrong_count(const NativeFunction& f, std::uint32_t given) {
  const NativeSignature& s = *f.signature;
  if (s.is_def) too_many_arguments(qualified(f), s.required, s.positional, cat(given, given == 1 ? " was given" : " were given"));
  const std::uint32_t self = f.owner ? 1 : 0;
  const std::uint32_t least = s.required - std::min(s.required, self), most = s.positional - std::min(s.positional, self);
  given -= std::min(given, self);
  if (s.takes_keywords) {
    if (given < least) {
      const auto& parameter = s.parameters[self + given];
      fail("TypeError", f.name->text, "() missing required argument '", parameter.name->text, "' (pos ", given + 1, ")");
    }
    const char* bound = least == most ? "exactly " : "at most ";
    fail("TypeError", f.name->text, "() takes ", bound, most, " ", most == s.parameters.size() - self ? "" : "positional ", "argument",
         plural(most), " (", given, " given)");
  }
  if (most == 0) fail("TypeError", qualified(f), "() takes no arguments (", given, " given)");
  if (least == 1 && most == 1) fail("TypeError", qualified(f), "() takes exactly one argument (", given, " given)");
  const char* bound = least == most ? "" : given < least ? "at least " : "at most ";
  const std::uint32_t wanted = given < least ? least : most;
  fail("TypeError", f.name->text, " expected ", bound, wanted, " argument", plural(wanted), ", got ", given);
}

void bind_keyword(const NativeFunction& f, Str* name, const Value& value, Value* slots, Dict* extra) {
  const NativeSignature& s = *f.signature;
  for (std::size_t i = 0; i < s.parameters.size(); ++i) {
    const auto& parameter = s.parameters[i];
    const bool by_name = parameter.kind == NativeSignature::Kind::normal || parameter.kind == NativeSignature::Kind::keyword_only;
    if (!by_name || parameter.name->text != name->text) continue;
    if (!slots[i].is_undefined()) {
      if (s.is_def) fail("TypeError", qualified(f), "() got multiple values for argument '", name->text, "'");
      fail("TypeError", "argument for ", f.name->text, "() given by name ('", name->text, "') and position (", i + 1 - (f.owner ? 1 : 0), ")");
    }
    slots[i] = value;
    return;
  }
  if (extra) return extra->set(name, value);
  if (s.is_def) fail("TypeError", qualified(f), "() got an unexpected keyword argument '", name->text, "'");
  fail("TypeError", "'", name->text, "' is an invalid keyword argument for ", f.name->text, "()");
}

Value bind_and_call(const NativeFunction& f, Args args) {
  using Kind = NativeSignature::Kind;
  const NativeSignature& s = *f.signature;
  const std::size_t size = s.parameters.size();
  Value few[8];
  std::vector<Value> many;
  Value* slots = few;
  if (size > std::size(few)) {
    many.resize(size);
    slots = many.data();
  }
  Ref<Dict> extra;
  std::vector<Value> rest;
  bool takes_rest = false;
  for (const auto& parameter : s.parameters) {
    takes_rest |= parameter.kind == Kind::var_positional;
    if (parameter.kind == Kind::var_keyword) extra = make<Dict>();
  }
  if (args.positional > s.positional && !takes_rest) wrong_count(f, args.positional);
  for (std::uint32_t i = 0; i < args.positional; ++i) {
    if (i < s.positional) {
      slots[i] = args[i];
    } else {
      rest.push_back(args[i]);
    }
  }
  if (args.keywords && args.keyword_count() && !s.takes_keywords) fail("TypeError", qualified(f), "() takes no keyword arguments");
  for (std::uint32_t i = 0; i < args.keyword_count(); ++i) bind_keyword(f, args.keyword_name(i), args.keyword_value(i), slots, extra.get());
  for (std::size_t i = 0; i < size; ++i) {
    const auto& parameter = s.parameters[i];
    if (parameter.kind == Kind::var_positional) {
      slots[i] = tuple(std::move(rest));
    } else if (parameter.kind == Kind::var_keyword) {
      slots[i] = extra;
    } else if (slots[i].is_undefined()) {
      if (parameter.required && parameter.kind == Kind::keyword_only) {
        fail("TypeError", f.name->text, "() missing required keyword-only argument: '", parameter.name->text, "'");
      }
      if (parameter.required) {
        if (s.is_def) {
          std::vector<std::string_view> absent;
          for (std::size_t k = i; k < size; ++k) {
            if (s.parameters[k].required && slots[k].is_undefined()) absent.push_back(s.parameters[k].name->text);
          }
          missing_arguments(qualified(f), "positional", absent);
        }
        if (args.keyword_count()) fail("TypeError", f.name->text, "() missing required argument '", parameter.name->text, "' (pos ", i + 1 - (f.owner ? 1 : 0), ")");
        wrong_count(f, args.positional);
      }
      slots[i] = parameter.default_value;
    }
  }
  return f.bound(slots);
}

}  // namespace

NativeFunction::NativeFunction(Str* name) : Object(class_type()), name(name) {}

Value native(std::string_view text, BoundFunction function) {
  const bool is_def = text.starts_with("def ");
  if (is_def) text.remove_prefix(4);
  const std::size_t open = text.find('(');
  auto made = make<NativeFunction>(intern(trim(text.substr(0, open))));
  made->bound = function;
  made->signature = read_signature(text.substr(open + 1, text.rfind(')') - open - 1));
  made->signature->is_def = is_def;
  return made;
}

Value native_raw(std::string_view name, RawFunction function) {
  auto made = make<NativeFunction>(intern(name));
  made->raw = function;
  return made;
}

Value native_closure(std::string_view name, ClosureFunction function, const void* data, Type* owner) {
  auto made = make<NativeFunction>(intern(name));
  made->closure = function;
  made->data = data;
  made->owner = owner;
  return made;
}

Value call_native(const NativeFunction& f, Args args, bool self_checked) {
  if (f.owner && !self_checked) {
    if (args.positional == 0) fail("TypeError", "unbound method ", qualified(f), "() needs an argument");
    if (!is_instance(args[0], f.owner)) {
      fail("TypeError", "descriptor '", f.name->text, "' for '", f.owner->name, "' objects doesn't apply to a '", type_of(args[0])->name,
           "' object");
    }
  }
  if (f.raw) return f.raw(args);
  if (f.closure) return f.closure(f.data, args);
  const NativeSignature& s = *f.signature;
  if (s.simple && !args.keywords && args.positional >= s.required && args.positional <= s.positional) {
    if (args.positional == s.positional) return f.bound(args.values);
    constexpr std::uint32_t kFew = 6;
    if (s.positional <= kFew) {
      Value slots[kFew];
      for (std::uint32_t i = 0; i < s.positional; ++i) slots[i] = i < args.positional ? args[i] : s.parameters[i].default_value;
      return f.bound(slots);
    }
  }
  return bind_and_call(f, args);
}

namespace {
void add_native(Type* type, const Value& made) {
  auto* function = static_cast<NativeFunction*>(made.as_object());
  function->owner = type;
  type->attributes->set(function->name, made);
}
}  // namespace

void add_methods(Type* type, std::span<const Method> methods) {
  for (const Method& method : methods) {
    const Value made = native(method.signature, method.function);
    static_cast<NativeFunction*>(made.as_object())->alone = method.alone;
    add_native(type, made);
  }
}
void add_methods(Type* type, std::span<const RawMethod> methods) {
  for (const RawMethod& method : methods) add_native(type, native_raw(method.name, method.function));
}
void add_properties(Type* type, std::span<const Property> properties) {
  for (const Property& property : properties) {
    Str* name = intern(property.name);
    type->attributes->set(name, make<GetSet>(name, type, property));
  }
}

}  // namespace nabla
