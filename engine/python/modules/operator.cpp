// The modules operator (the signs as functions; itemgetter, attrgetter, methodcaller) and copy.
#include "python/modules/collections.h"
#include "python/modules/modules.h"

namespace nabla {
namespace {

using Values = std::vector<Value>;

template <Binary op>
Value apply(const Value* p) { return binary(op, p[0], p[1]); }
template <Binary op>
Value apply_in_place(const Value* p) { return binary(op, p[0], p[1], true); }
template <Unary op>
Value apply(const Value* p) { return unary(op, p[0]); }
template <Compare op>
Value apply(const Value* p) { return compare(op, p[0], p[1]); }

constexpr Method kFunctions[] = {
    {"add(a, b, /)", apply<Binary::add>},
    {"sub(a, b, /)", apply<Binary::sub>},
    {"mul(a, b, /)", apply<Binary::mul>},
    {"truediv(a, b, /)", apply<Binary::truediv>},
    {"floordiv(a, b, /)", apply<Binary::floordiv>},
    {"mod(a, b, /)", apply<Binary::mod>},
    {"pow(a, b, /)", apply<Binary::pow>},
    {"matmul(a, b, /)", apply<Binary::matmul>},
    {"lshift(a, b, /)", apply<Binary::lshift>},
    {"rshift(a, b, /)", apply<Binary::rshift>},
    {"and_(a, b, /)", apply<Binary::bit_and>},
    {"or_(a, b, /)", apply<Binary::bit_or>},
    {"xor(a, b, /)", apply<Binary::bit_xor>},
    {"iadd(a, b, /)", apply_in_place<Binary::add>},
    {"isub(a, b, /)", apply_in_place<Binary::sub>},
    {"imul(a, b, /)", apply_in_place<Binary::mul>},
    {"itruediv(a, b, /)", apply_in_place<Binary::truediv>},
    {"concat(a, b, /)", apply<Binary::add>},
    {"neg(a, /)", apply<Unary::neg>},
    {"pos(a, /)", apply<Unary::pos>},
    {"inv(a, /)", apply<Unary::invert>},
    {"invert(a, /)", apply<Unary::invert>},
    {"lt(a, b, /)", apply<Compare::lt>},
    {"le(a, b, /)", apply<Compare::le>},
    {"eq(a, b, /)", apply<Compare::eq>},
    {"ne(a, b, /)", apply<Compare::ne>},
    {"gt(a, b, /)", apply<Compare::gt>},
    {"ge(a, b, /)", apply<Compare::ge>},
    {"is_(a, b, /)", [](const Value* p) { return Value::boolean(p[0] == p[1]); }},
    {"is_not(a, b, /)", [](const Value* p) { return Value::boolean(!(p[0] == p[1])); }},
    {"not_(a, /)", [](const Value* p) { return Value::boolean(!truth(p[0])); }},
    {"truth(a, /)", [](const Value* p) { return Value::boolean(truth(p[0])); }},
    {"index(a, /)", [](const Value* p) { return integer(to_index(p[0])); }},
    {"contains(a, b, /)", [](const Value* p) { return Value::boolean(contains(p[0], p[1])); }},
    {"getitem(a, b, /)", [](const Value* p) { return get_item(p[0], p[1]); }},
    {"setitem(a, b, c, /)", [](const Value* p) { return set_item(p[0], p[1], p[2]), Value::none(); }},
    {"delitem(a, b, /)", [](const Value* p) { return set_item(p[0], p[1], Value()), Value::none(); }},
};

// ------------------------------------------------------------------------------- itemgetter, attrgetter, methodcaller

/// What one of the three was made with; for methodcaller the name, then positional arguments, then those of `keywords`.
struct Getter final : Object {
  Values parts;
  Ref<Tuple> keywords;
  Getter(Type* type, Values parts, const Tuple* keywords) : Object(type), parts(std::move(parts)), keywords(const_cast<Tuple*>(keywords)) {}
};

/// f(part) for the one part, or a tuple for several.
template <class Get>
Value for_parts(const Value& self, Args args, Get get) {
  const Getter& getter = slot_self<Getter>(self);
  check_count(getter.type->name, args, 1, 1);
  if (getter.parts.size() == 1) return get(args[0], getter.parts[0]);
  Values items;
  for (const Value& part : getter.parts) items.push_back(get(args[0], part));
  return tuple(std::move(items));
}
Value call_itemgetter(const Value& self, Args args) { return for_parts(self, args, get_item); }
Value call_attrgetter(const Value& self, Args args) {
  return for_parts(self, args, [](const Value& object, const Value& path) {
    const std::string* text = text_of(path);
    if (!text) fail("TypeError", "attribute name must be a string");
    Value value = object;
    for (std::size_t from = 0; from <= text->size();) {  // "a.b.c"
      const std::size_t dot = std::min(text->find('.', from), text->size());
      value = get_attribute(value, intern(std::string_view(*text).substr(from, dot - from)));
      from = dot + 1;
    }
    return value;
  });
}
Value call_methodcaller(const Value& self, Args args) {
  const Getter& getter = slot_self<Getter>(self);
  check_count("methodcaller", args, 1, 1);
  const std::string* name = text_of(getter.parts[0]);
  const auto count = static_cast<std::uint32_t>(getter.parts.size() - 1 - (getter.keywords ? getter.keywords->items.size() : 0));
  return call(get_attribute(args[0], intern(*name)), Args{getter.parts.data() + 1, count, getter.keywords.get()});
}
Value construct_getter(Type* type, Args args) {
  if (!args.positional) fail("TypeError", type->name, " expected 1 argument, got 0");
  return make<Getter>(type, Values(args.values, args.values + args.positional + args.keyword_count()), args.keywords);
}

Type* getter_type(const char* name, Value (*called)(const Value&, Args)) {
  Type* type = make_type(name, nullptr);
  type->module = "operator";
  type->construct = construct_getter;
  type->slots.call = called;
  return type;
}

// -------------------------------------------------------------------------------------------------------------- copy

/// A new instance of the same class with these attributes.
Value copy_instance(const Value& object, const Ref<Dict>& attributes) {
  auto made = make<Instance>(type_of(object));
  made->dict = attributes;
  return made;
}

/// The copy of an instance of a class that says itself what its state is; undefined where it does not. `part` copies what it holds.
template <class F>
Value copy_by_state(const Value& object, F part) {
  const Value own = call_special(object, "__getstate__");
  if (own.is_undefined()) return own;
  const Value made = copy_instance(object, nullptr), state = part(own);
  if (!call_special(made, "__setstate__", {state}).is_undefined()) return made;
  if (as<Dict>(state)) static_cast<Instance*>(made.as_object())->dict = Ref<Dict>(as<Dict>(state));
  return made;
}

/// What the object's own __reduce_ex__ or __reduce__ says about it, undefined where it has none: a function and its arguments, then a state, then items.
Value reduced(const Value& object) {
  const Value own = call_special(object, "__reduce_ex__", {integer(4)});
  return own.is_undefined() ? call_special(object, "__reduce__") : own;
}

/// The copy of `object` after `recipe`, from reduced(). `part` copies what it holds.
template <class F>
Value rebuilt(const Value& object, const Value& recipe, F part) {
  if (text_of(recipe)) return object;
  const Tuple* given = as<Tuple>(recipe);
  if (!given || given->items.size() < 2) fail("TypeError", "__reduce__ must return a string or tuple");
  const Values parts = given->items;
  const auto has = [&](std::size_t i) { return parts.size() > i && !parts[i].is_none(); };
  const Values arguments = to_vector(part(parts[1]));
  const Value made = call(parts[0], Args{arguments.data(), static_cast<std::uint32_t>(arguments.size()), nullptr});
  if (has(2)) {
    const Value state = part(parts[2]);
    if (const Value taken = call_special(made, "__setstate__", {state}); !taken.is_undefined()) return made;
    call(get_attribute(get_attribute(made, intern("__dict__")), intern("update")), {state});
  }
  for (const Value& item : has(3) ? to_vector(parts[3]) : Values()) call(get_attribute(made, intern("append")), {part(item)});
  for (const Value& pair : has(4) ? to_vector(parts[4]) : Values()) set_item(made, part(to_vector(pair)[0]), part(to_vector(pair)[1]));
  return made;
}

/// Is it of a class of the program's, derived from a container, that leaves copying to that?
bool is_derived_container(const Value& object) {
  const Type* type = type_of(object);
  if (!type->is_heap) return false;
  if (!as<Dict>(object)) return as<List>(object) || as<Set>(object);
  const Value* own = type->find(intern("copy"));
  return own && *own == *Dict::class_type()->find(intern("copy"));
}

/// The copy of such an object: a new one without its __init__, its attributes, then its items. `keep` is told of it before it is filled, `part` copies
/// what it holds.
template <class K, class F>
Value copy_container(const Value& object, K keep, F part) {
  const Value type = Value::object(type_of(object));
  const bool is_set = as<Set>(object);
  Values members;
  for (const Value& one : is_set ? to_vector(object) : Values()) members.push_back(part(one));
  const Value made = keep(is_set ? call(type, {list(std::move(members))}) : call(get_attribute(type, intern("__new__")), {type}));
  const Value attributes = get_attribute(object, intern("__dict__"));
  if (truth(attributes)) call(get_attribute(get_attribute(made, intern("__dict__")), intern("update")), {part(attributes)});
  if (is_set) return made;
  if (as<Dict>(object)) {
    for (const Value& key : to_vector(object)) set_item(made, part(key), part(get_item(object, key)));
  } else {
    for (const Value& one : to_vector(object)) call(get_attribute(made, intern("append")), {part(one)});
  }
  return made;
}

Value shallow(const Value& object) {
  Value own = call_special(object, "__copy__");
  if (!own.is_undefined()) return own;
  if (const Value recipe = reduced(object); !recipe.is_undefined()) return rebuilt(object, recipe, [](const Value& same) { return same; });
  const auto same = [](const Value& same) { return same; };
  if (is_derived_container(object)) return copy_container(object, same, same);
  const Type* type = type_of(object);
  if (type == List::class_type() || as<Dict>(object) || type == Set::class_type()) return call(get_attribute(object, intern("copy")), {});
  if (const auto* instance = dynamic_cast<Instance*>(object.is_object() ? object.as_object() : nullptr); instance && type->is_heap) {
    if (const Value by_state = copy_by_state(object, [](const Value& same) { return same; }); !by_state.is_undefined()) return by_state;
    return copy_instance(object, instance->dict ? copy_dict(*instance->dict) : Ref<Dict>());
  }
  return object;
}

/// `memo` maps the address of what was copied to its copy, and so keeps shared parts shared and cycles finite.
Value deep(const Value& object, const Value& memo) {
  if (!object.is_object() || text_of(object) || as<Type>(object)) return object;
  Dict& copies = *as<Dict>(memo);
  const Value address = integer(static_cast<std::int64_t>(reinterpret_cast<std::uintptr_t>(object.as_object())));
  if (const Value* done = copies.find(address)) return *done;
  const auto keep = [&](Value made) {
    copies.set(address, made);
    return made;
  };
  Value own = call_special(object, "__deepcopy__", {memo});
  if (!own.is_undefined()) return keep(own);
  const Comparing guard;
  if (const Value recipe = reduced(object); !recipe.is_undefined()) return keep(rebuilt(object, recipe, [&](const Value& part) { return deep(part, memo); }));
  if (is_derived_container(object)) return copy_container(object, keep, [&](const Value& part) { return deep(part, memo); });
  const Type* type = type_of(object);
  if (const List* items = as<List>(object)) {
    Value made = keep(shallow(object));
    List& fresh = *as<List>(made);
    fresh.items.clear();
    for (std::size_t i = 0; i < items->items.size(); ++i) fresh.items.push_back(deep(Value(items->items[i]), memo));
    return made;
  }
  if (const Tuple* items = as<Tuple>(object)) {
    Values fresh;
    bool same = true;
    for (const Value& item : items->items) {
      fresh.push_back(deep(item, memo));
      same = same && fresh.back() == item;
    }
    return keep(same ? object : Value(make<Tuple>(std::move(fresh), items->type)));
  }
  if (as<Dict>(object)) {
    Value made = keep(shallow(object));
    const std::vector<Dict::Entry> entries = as<Dict>(made)->entries;
    as<Dict>(made)->clear();
    for (const Dict::Entry& entry : entries)
      if (!entry.key.is_undefined()) as<Dict>(made)->set(deep(entry.key, memo), deep(entry.value, memo));
    return made;
  }
  if (type == deque_type()) {
    Values fresh;
    for (const Value& item : to_vector(object)) fresh.push_back(deep(item, memo));
    return keep(call(Value::object(deque_type()), {list(std::move(fresh)), get_attribute(object, intern("maxlen"))}));
  }
  if (type == Set::class_type() || type == frozenset_type()) return keep(make_set(object, type_of(object)));
  if (auto* instance = dynamic_cast<Instance*>(object.as_object()); instance && type->is_heap) {
    if (const Value by_state = copy_by_state(object, [&](const Value& part) { return deep(part, memo); }); !by_state.is_undefined()) return keep(by_state);
    Value made = keep(copy_instance(object, nullptr));
    if (instance->dict) static_cast<Instance*>(made.as_object())->dict = Ref<Dict>(as<Dict>(deep(instance->dict, memo)));
    return made;
  }
  return object;
}

Value copy(const Value* p) { return shallow(p[0]); }
Value deepcopy(const Value* p) { return deep(p[0], p[1].is_none() ? Value(make<Dict>()) : p[1]); }

}  // namespace

void fill_operator(Dict& names) {
  static Type* const types[] = {getter_type("itemgetter", call_itemgetter), getter_type("attrgetter", call_attrgetter),
                                getter_type("methodcaller", call_methodcaller)};
  add_functions(names, kFunctions);
  for (Type* type : types) add_value(names, type->name, Value::object(type));
}

void fill_copy(Dict& names) {
  add_value(names, "copy", native("copy(x)", copy));
  add_value(names, "deepcopy", native("deepcopy(x, memo=None)", deepcopy));
}

}  // namespace nabla
