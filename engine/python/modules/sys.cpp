// The module sys, and the small modules that hold only names: typing, string, __future__.
#include <limits>

#include "python/modules/modules.h"

namespace nabla {
namespace {

/// An object whose attributes are fixed: sys.float_info.
struct Record final : Object {
  Ref<Dict> fields;
  Record(const char* type_name, Ref<Dict> fields) : Object(class_type(type_name)), fields(std::move(fields)) {}
  static Type* class_type(const char* name) {
    return make_type(name, [](Type& type) {
      type.slots.get_attribute = [](const Value& self, Str* attribute) {
        const Value* found = slot_self<Record>(self).fields->find(attribute);
        return found ? *found : Value();
      };
    });
  }
};

Value make_float_info() {
  using Limits = std::numeric_limits<double>;
  auto fields = make<Dict>();
  add_value(*fields, "max", Value::number(Limits::max()));
  add_value(*fields, "min", Value::number(Limits::min()));
  add_value(*fields, "epsilon", Value::number(Limits::epsilon()));
  add_value(*fields, "dig", integer(Limits::digits10));
  add_value(*fields, "mant_dig", integer(Limits::digits));
  add_value(*fields, "max_exp", integer(Limits::max_exponent));
  add_value(*fields, "min_exp", integer(Limits::min_exponent));
  add_value(*fields, "max_10_exp", integer(Limits::max_exponent10));
  add_value(*fields, "min_10_exp", integer(Limits::min_exponent10));
  add_value(*fields, "radix", integer(2));
  make_permanent(*fields);  // kept from run to run
  return make<Record>("sys.float_info", fields);
}

Value exit(Args args) { raise("SystemExit", args.positional ? std::vector<Value>{args[0]} : std::vector<Value>{}); }

Value getsizeof(const Value* p) {
  // The order of magnitude of CPython's answer; the true layout is another here.
  if (const auto* items = items_of(p[0])) return integer(static_cast<std::int64_t>(56 + 8 * items->size()));
  if (const auto* text = text_of(p[0])) return integer(static_cast<std::int64_t>(49 + text->size()));
  return integer(p[0].is_float() ? 24 : is_int(p[0]) ? 28 : 56);
}

constexpr RawMethod kRawFunctions[] = {{"exit", exit}};
constexpr Method kFunctions[] = {
    {"getsizeof(object, default=None)", getsizeof},
    {"getrecursionlimit()", [](const Value*) { return integer(1000); }},
    {"setrecursionlimit(limit, /)", [](const Value*) { return Value::none(); }},
};

/// How a type is shown as a parameter of one of typing's.
std::string parameter_words(const Value& value) {
  if (value.is_none()) return "NoneType";
  if (const Tuple* several = as<Tuple>(value)) {
    std::string out;
    for (const Value& one : several->items) out += (out.empty() ? "" : ", ") + parameter_words(one);
    return several->items.empty() ? "()" : out;
  }
  return text_of(value) ? cat("ForwardRef(", repr(value), ")") : type_words(value);
}

/// What typing's names are: they can be subscripted and called, and mean nothing at run time.
struct TypingName final : Object {
  std::string name;
  std::string base;   // of List[int]: "List"; else empty
  Value arguments;    // and (int,)
  explicit TypingName(std::string name) : Object(class_type()), name(std::move(name)) {}
  TypingName(std::string name, std::string base, std::vector<Value> arguments) : Object(class_type()), name(std::move(name)), base(std::move(base)) {
    for (Value& argument : arguments) {
      if (argument.is_none() && this->base == "Union") argument = Value::object(type_of(argument));
    }
    this->arguments = tuple(std::move(arguments));
  }
  static Type* class_type() {
    static Type* const type = make_type("_SpecialForm", [](Type& t) {
      t.module = "typing";
      t.slots.repr = [](const Value& self) {
        const std::string& name = slot_self<TypingName>(self).name;
        return name.starts_with('~') ? name : "typing." + name;
      };
      t.slots.get_item = [](const Value& self, const Value& key) -> Value {
        const std::string& name = slot_self<TypingName>(self).name;
        const bool literal = name == "Literal";
        const std::string parameters = !literal ? parameter_words(key) : as<Tuple>(key) ? join_reprs(as<Tuple>(key)->items) : repr(key);
        const Tuple* pair = name == "Union" ? as<Tuple>(key) : nullptr;
        if (pair && pair->items.size() == 2 && pair->items[1].is_none()) return optional(pair->items[0]);
        if (name == "Optional") return optional(key);
        return make<TypingName>(cat(name, "[", parameters, "]"), name, as<Tuple>(key) ? as<Tuple>(key)->items : std::vector<Value>{key});
      };
      t.slots.binary = [](Binary op, const Value& a, const Value& b, bool) -> Value {
        if (op != Binary::bit_or) return Value::not_implemented();
        if (b.is_none()) return optional(a);
        return make<TypingName>(cat("Union[", parameter_words(a), ", ", parameter_words(b), "]"), "Union", std::vector<Value>{a, b});
      };
      static constexpr Property kProperties[] = {{"__name__",
                                                  [](const Value& self) {
                                                    const std::string_view name = slot_self<TypingName>(self).name;
                                                    return string(std::string(name.substr(name.starts_with('~'), name.find('[') - name.starts_with('~'))));
                                                  }},
                                                 {"_base", [](const Value& self) { return string(slot_self<TypingName>(self).base); }},
                                                 {"_arguments", [](const Value& self) {
                                                    const Value& given = slot_self<TypingName>(self).arguments;
                                                    return given.is_undefined() ? tuple({}) : given;
                                                  }}};
      add_properties(&t, kProperties);
    });
    return type;
  }
  static Value optional(const Value& of) { return make<TypingName>(cat("Optional[", parameter_words(of), "]"), "Union", std::vector<Value>{of, Value::none()}); }
};

Value identity(const Value* p) { return p[0]; }
Value cast(const Value* p) { return p[1]; }
Value type_var(Args args) {
  if (!args.positional) fail("TypeError", "TypeVar.__init__() missing 1 required positional argument: 'name'");
  return make<TypingName>("~" + str(args[0]));
}

}  // namespace

void fill_sys(Dict& names) {
  add_value(names, "version", string("3.11.2 (nabla)"));
  add_value(names, "platform", string("nabla"));
  add_value(names, "byteorder", string("little"));
  add_value(names, "maxsize", integer(std::numeric_limits<std::int64_t>::max()));
  add_value(names, "maxunicode", integer(0x10FFFF));
  static const Value float_info = make_float_info();
  add_value(names, "float_info", float_info);
  add_value(names, "stdout", standard_stream(false));
  add_value(names, "stderr", standard_stream(true));
  add_value(names, "argv", list({string("")}));
  add_value(names, "path", list({}));
  add_functions(names, kRawFunctions);
  add_functions(names, kFunctions);
}

/// Generic and Protocol: classes to derive from, made once.
static std::span<Type* const> generic_types() {
  static const auto types = [] {
    std::vector<Type*> made;
    for (const char* name : {"Generic", "Protocol"}) {
      static constexpr auto subscript = [](const Value* p) { return p[0]; };
      Type* type = make_type(name, [](Type& t) { t.module = "typing"; });
      type->construct = object_type()->construct;
      type->has_dict = true;
      add_class_method(type, "__class_getitem__(cls, item, /)", subscript);
      made.push_back(type);
    }
    return made;
  }();
  return types;
}

void fill_typing(Dict& names) {
  for (const char* name : {"Any", "Union", "Optional", "List", "Dict", "Tuple", "Set", "FrozenSet", "Type", "Callable", "Iterable",
                           "Iterator", "Generator", "Sequence", "Mapping", "MutableMapping", "Literal", "Final",
                           "ClassVar", "NoReturn", "Self", "Hashable", "Sized", "Collection", "Deque", "DefaultDict", "Counter",
                           "OrderedDict", "Text", "AnyStr", "SupportsFloat", "SupportsInt", "Annotated", "TypeAlias"})
    add_value(names, name, make<TypingName>(name));
  for (Type* type : generic_types()) add_value(names, type->name, Value::object(type));
  add_value(names, "TYPE_CHECKING", Value::boolean(false));
  add_value(names, "TypeVar", native_raw("TypeVar", type_var));
  add_value(names, "cast", native("cast(typ, val)", cast));
  add_value(names, "overload", native("overload(func)", identity));
  add_value(names, "final", native("final(f)", identity));
  add_value(names, "runtime_checkable", native("runtime_checkable(cls)", identity));
}

void fill_string(Dict& names) {
  const std::string lower = "abcdefghijklmnopqrstuvwxyz", upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", digits = "0123456789";
  const std::string punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", space = " \t\n\r\x0b\x0c";
  add_value(names, "ascii_lowercase", string(lower));
  add_value(names, "ascii_uppercase", string(upper));
  add_value(names, "ascii_letters", string(lower + upper));
  add_value(names, "digits", string(digits));
  add_value(names, "hexdigits", string(digits + "abcdefABCDEF"));
  add_value(names, "octdigits", string("01234567"));
  add_value(names, "punctuation", string(punctuation));
  add_value(names, "whitespace", string(space));
  add_value(names, "printable", string(digits + lower + upper + punctuation + space));
}

void fill_future(Dict& names) {
  for (const char* name : {"annotations", "division", "print_function", "unicode_literals", "absolute_import", "generators", "with_statement"})
    add_value(names, name, Value::boolean(true));
}

}  // namespace nabla
