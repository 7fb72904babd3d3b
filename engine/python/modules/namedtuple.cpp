// collections.namedtuple: a class of tuples whose items have names. The names are the class attribute _fields.
#include <algorithm>

#include "python/modules/collections.h"
#include "python/modules/modules.h"

namespace nabla {
namespace {

using Values = std::vector<Value>;

const Values& fields_of(const Type* type) {
  static Str* const name = intern("_fields");
  return as<Tuple>(*type->find(name))->items;
}

Value get_field(const Value& self, Str* name) {
  const Tuple& own = slot_self<Tuple>(self);
  const Values& fields = fields_of(own.type);
  for (std::size_t i = 0; i < fields.size() && i < own.items.size(); ++i)
    if (fields[i].as_object() == name) return own.items[i];
  return {};
}

void set_field(const Value& self, Str* name, const Value&) {
  if (!get_field(self, name).is_undefined()) fail("AttributeError", "can't set attribute");
  fail("AttributeError", "'", type_name(self), "' object has no attribute '", name->text, "'");
}

/// "'x' and 'y'", "'x', 'y', and 'z'".
std::string listed(const std::vector<std::string>& names) {
  std::string out;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i) out += names.size() == 2 ? " and " : i + 1 == names.size() ? ", and " : ", ";
    out += "'" + names[i] + "'";
  }
  return out;
}

Value construct(Type* cls, Args args) {
  const Values& fields = fields_of(cls);
  const auto count = static_cast<std::uint32_t>(fields.size());
  if (args.positional > count)
    fail("TypeError", cls->name, ".__new__() takes ", count + 1, " positional argument", count ? "s" : "", " but ", args.positional + 1, " were given");
  Values items(args.values, args.values + args.positional);
  items.resize(count);
  for (std::uint32_t i = 0; i < args.keyword_count(); ++i) {
    const auto place = std::find_if(fields.begin(), fields.end(), [&](const Value& f) { return f.as_object() == args.keyword_name(i); });
    if (place == fields.end()) fail("TypeError", cls->name, ".__new__() got an unexpected keyword argument '", args.keyword_name(i)->text, "'");
    Value& item = items[static_cast<std::size_t>(place - fields.begin())];
    if (!item.is_undefined()) fail("TypeError", cls->name, ".__new__() got multiple values for argument '", args.keyword_name(i)->text, "'");
    item = args.keyword_value(i);
  }
  const Value defaults = cls->lookup(intern("_field_defaults"));
  std::vector<std::string> missing;
  for (std::uint32_t i = 0; i < count; ++i) {
    if (!items[i].is_undefined()) continue;
    if (const Value* value = as<Dict>(defaults)->find(fields[i])) items[i] = *value;
    else missing.push_back(*text_of(fields[i]));
  }
  if (!missing.empty())
    fail("TypeError", cls->name, ".__new__() missing ", missing.size(), " required positional argument", missing.size() == 1 ? "" : "s", ": ", listed(missing));
  return of_class(make<Tuple>(std::move(items)), cls);
}

std::string repr_of(const Value& self) {
  const Tuple& own = slot_self<Tuple>(self);
  const Values& fields = fields_of(own.type);
  const Printing guard(&own);
  if (guard.again()) return "...";
  std::string out = own.type->name + "(";
  for (std::size_t i = 0; i < own.items.size(); ++i) out += cat(i ? ", " : "", *text_of(fields[i]), "=", repr(own.items[i]));
  return out += ')';
}

Value as_dict(const Value* p) {
  const Tuple& own = self_as<Tuple>(p[0]);
  auto dict = make<Dict>();
  for (std::size_t i = 0; i < own.items.size(); ++i) dict->set(fields_of(own.type)[i], own.items[i]);
  return dict;
}

Value replace(Args args) {
  const Tuple& own = self_as<Tuple>(args[0]);
  const Values& fields = fields_of(own.type);
  Values items = own.items, unknown;
  for (std::uint32_t i = 0; i < args.keyword_count(); ++i) {
    const auto place = std::find_if(fields.begin(), fields.end(), [&](const Value& f) { return f.as_object() == args.keyword_name(i); });
    if (place == fields.end()) unknown.push_back(Value::object(args.keyword_name(i)));
    else items[static_cast<std::size_t>(place - fields.begin())] = args.keyword_value(i);
  }
  if (!unknown.empty()) fail("ValueError", "Got unexpected field names: ", repr(list(std::move(unknown))));
  return of_class(make<Tuple>(std::move(items)), own.type);
}

Value make_from(const Value* p) {
  Type* cls = as<Type>(p[0]);
  Values items = to_vector(p[1]);
  if (items.size() != fields_of(cls).size()) fail("TypeError", "Expected ", fields_of(cls).size(), " arguments, got ", items.size());
  return of_class(make<Tuple>(std::move(items)), cls);
}

constexpr Method kMethods[] = {{"_asdict(self)", as_dict}};
constexpr RawMethod kRawMethods[] = {{"_replace", replace}};

Value bind_namedtuple(const Value* p) {
  const std::string* name = text_of(p[0]);
  if (!name) fail("TypeError", "type.__new__() argument 1 must be str, not ", type_name(p[0]));
  std::vector<std::string> fields;
  if (const std::string* text = text_of(p[1])) {
    std::string spaced = *text;
    std::replace(spaced.begin(), spaced.end(), ',', ' ');
    for (const Value& word : to_vector(call(get_attribute(string(spaced), intern("split")), {}))) fields.push_back(*text_of(word));
  } else {
    for (const Value& field : to_vector(p[1])) fields.push_back(str(field));
  }
  const Values defaults = p[2].is_none() ? Values() : to_vector(p[2]);
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const bool word = truth(call(get_attribute(string(fields[i]), intern("isidentifier")), {}));
    if (!word) fail("ValueError", "Type names and field names must be valid identifiers: ", quoted(fields[i]));
    if (fields[i][0] == '_') fail("ValueError", "Field names cannot start with an underscore: ", quoted(fields[i]));
    if (std::find(fields.begin(), fields.begin() + static_cast<std::ptrdiff_t>(i), fields[i]) != fields.begin() + static_cast<std::ptrdiff_t>(i))
      fail("ValueError", "Encountered duplicate field name: ", quoted(fields[i]));
  }
  if (defaults.size() > fields.size()) fail("TypeError", "Got more default values than field names");
  return Value::object(make_namedtuple(*name, fields, "__main__", defaults));
}

}  // namespace

Type* make_namedtuple(const std::string& name, const std::vector<std::string>& fields, const std::string& module, const Values& defaults) {
  Type* type = make_type("", nullptr, Tuple::class_type());
  type->name = name;
  type->module = module;
  type->construct = construct;
  type->slots.get_attribute = get_field;
  type->slots.set_attribute = set_field;
  type->slots.repr = repr_of;
  Values names;
  for (const std::string& field : fields) names.push_back(Value::object(intern(field)));
  auto field_defaults = make<Dict>();
  for (std::size_t i = 0; i < defaults.size(); ++i) field_defaults->set(names[names.size() - defaults.size() + i], defaults[i]);
  auto field_tuple = make<Tuple>(std::move(names));
  // The class outlives the run, and so must these.
  make_permanent(*field_tuple);
  make_permanent(*field_defaults);
  set_type_attribute(type, "_fields", field_tuple);
  set_type_attribute(type, "_field_defaults", field_defaults);
  add_methods(type, kMethods);
  add_methods(type, kRawMethods);
  add_class_method(type, "_make(cls, iterable, /)", make_from);
  return type;
}

Value namedtuple(Args args) {
  static const Value binder = native("def namedtuple(typename, field_names, *, defaults=None, rename=False, module=None)", bind_namedtuple);
  return call(binder, args);
}

}  // namespace nabla
