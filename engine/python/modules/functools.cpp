// The module functools: reduce, partial, lru_cache and cache, wraps, cmp_to_key, total_ordering.
#include "python/function.h"
#include "python/modules/collections.h"
#include "python/modules/modules.h"

namespace nabla {
namespace {

using Values = std::vector<Value>;

Value reduce(Args args) {
  no_keywords("reduce", args);
  check_count("reduce", args, 2, 3);
  if (!items_of(args[1]) && !type_of(args[1])->slots.iterate) fail("TypeError", "reduce() arg 2 must support iteration");
  Value total = args.positional == 3 ? args[2] : Value();
  Walk walk(args[1]);
  for (Value item; walk.next(item);) total = total.is_undefined() ? item : call(args[0], {total, item});
  if (total.is_undefined()) fail("TypeError", "reduce() of empty iterable with no initial value");
  return total;
}

// ----------------------------------------------------------------------------------------------------------- partial

struct Partial final : Object {
  Value function;
  Values positional;
  Ref<Dict> keywords;
  Partial(Type* type, Value function, Values positional, Ref<Dict> keywords)
      : Object(type), function(std::move(function)), positional(std::move(positional)), keywords(std::move(keywords)) {}
};

/// Calls with positional arguments and a dict of keywords.
Value call_with(const Value& function, Values values, const Dict& keywords) {
  const auto positional = static_cast<std::uint32_t>(values.size());
  Values names;
  for (const Dict::Entry& entry : keywords.entries) {
    if (entry.key.is_undefined()) continue;
    names.push_back(Value::object(intern(as<Str>(entry.key))));
    values.push_back(entry.value);
  }
  const auto name_tuple = make<Tuple>(std::move(names));
  return call(function, Args{values.data(), positional, name_tuple->items.empty() ? nullptr : name_tuple.get()});
}

Ref<Dict> keywords_of(Args args) {
  auto keywords = make<Dict>();
  for (std::uint32_t i = 0; i < args.keyword_count(); ++i) keywords->set(args.keyword_name(i), args.keyword_value(i));
  return keywords;
}

Value call_partial(const Value& self, Args args) {
  const auto& partial = slot_self<Partial>(self);
  Values values = partial.positional;
  values.insert(values.end(), args.values, args.values + args.positional);
  if (!args.keyword_count()) return call_with(partial.function, std::move(values), *partial.keywords);
  const Ref<Dict> merged = copy_dict(*partial.keywords);
  dict_update(*merged, keywords_of(args));
  return call_with(partial.function, std::move(values), *merged);
}

Value construct_partial(Type* type, Args args) {
  if (!args.positional) fail("TypeError", "type 'partial' takes at least one argument");
  if (!is_callable(args[0])) fail("TypeError", "the first argument must be callable");
  return make<Partial>(type, args[0], Values(args.values + 1, args.values + args.positional), keywords_of(args));
}

std::string partial_repr(const Value& self) {
  const auto& partial = slot_self<Partial>(self);
  std::string out = cat("functools.partial(", repr(partial.function));
  for (const Value& value : partial.positional) out += ", " + repr(value);
  for (const Dict::Entry& entry : partial.keywords->entries)
    if (!entry.key.is_undefined()) out += cat(", ", str(entry.key), "=", repr(entry.value));
  return out += ')';
}

constexpr Property kPartialProperties[] = {
    {"func", [](const Value& self) { return slot_self<Partial>(self).function; }},
    {"args", [](const Value& self) { return tuple(slot_self<Partial>(self).positional); }},
    {"keywords", [](const Value& self) -> Value { return slot_self<Partial>(self).keywords; }},
};

// ------------------------------------------------------------------------------------------------------------- wraps

Value update_wrapper(const Value* p) {
  for (const char* name : {"__module__", "__name__", "__qualname__", "__doc__", "__annotations__"}) {
    const Value value = find_attribute(p[1], intern(name));
    if (!value.is_undefined() && (as<Function>(p[0]) || type_of(p[0])->is_heap)) set_attribute(p[0], intern(name), value);
  }
  const Value own = find_attribute(p[1], intern("__dict__"));
  if (const Dict* attributes = as<Dict>(own)) {
    for (const Dict::Entry& entry : attributes->entries)
      if (!entry.key.is_undefined()) set_attribute(p[0], intern(as<Str>(entry.key)), entry.value);
  }
  set_attribute(p[0], intern("__wrapped__"), p[1]);
  return p[0];
}

/// A native function of one argument that remembers a value: what wraps(f) and lru_cache(n) give back.
struct Decorator final : Object {
  Value remembered;
  Value (*apply)(const Value& remembered, const Value& function);
  Decorator(Value remembered, Value (*apply)(const Value&, const Value&))
      : Object(class_type()), remembered(std::move(remembered)), apply(apply) {}
  static Type* class_type() {
    static Type* const type = make_type("decorator", [](Type& t) {
      t.slots.call = [](const Value& self, Args args) {
        check_count("decorator", args, 1, 1);
        const auto& decorator = slot_self<Decorator>(self);
        return decorator.apply(decorator.remembered, args[0]);
      };
    });
    return type;
  }
};

Value wraps(const Value* p) {
  return make<Decorator>(p[0], [](const Value& wrapped, const Value& function) {
    const Value both[] = {function, wrapped};
    return update_wrapper(both);
  });
}

// --------------------------------------------------------------------------------------------------------- lru_cache

Value call_memo(const Value& self, Args args) {
  auto& memo = slot_self<Memo>(self);
  Value key;
  Value result = memo.recall(args, key);
  if (!result.is_undefined()) return result;
  result = call(Value(memo.function), args);
  memo.remember(key, result);
  return result;
}

Value cache_info(const Value* p) {
  static Type* const type = make_namedtuple("CacheInfo", {"hits", "misses", "maxsize", "currsize"});
  const auto& memo = self_as<Memo>(p[0]);
  return make<Tuple>(Values{integer(memo.hits), integer(memo.misses), memo.limit < 0 ? Value::none() : integer(memo.limit),
                            integer(static_cast<std::int64_t>(memo.results->count))},
                     type);
}
Value cache_clear(const Value* p) {
  auto& memo = self_as<Memo>(p[0]);
  memo.results->clear();
  memo.hits = memo.misses = 0;
  return Value::none();
}
/// Called as a method through an instance, which comes first then.
Value cached_get(const Value* p) {
  if (p[1].is_none()) return p[0];
  return make<BoundMethod>(p[0], p[1]);
}

constexpr Method kMemoMethods[] = {
    {"cache_info(self)", cache_info},
    {"cache_clear(self)", cache_clear},
    {"__get__(self, instance, owner=None, /)", cached_get},
};

Value make_cached(const Value& limit, const Value& function) {
  Value made = make<Memo>(function, limit.is_none() ? -1 : std::max<std::int64_t>(to_index(limit), 0));
  const Value both[] = {made, function};
  update_wrapper(both);
  for (const char* name : {"__name__", "__doc__", "__qualname__", "__module__"})
    if (const Value value = find_attribute(function, intern(name)); !value.is_undefined()) set_attribute(made, intern(name), value);
  return made;
}

Value lru_cache(const Value* p) {
  if (is_int(p[0]) || p[0].is_none()) return make<Decorator>(p[0], make_cached);
  if (is_callable(p[0])) return make_cached(integer(128), p[0]);
  fail("TypeError", "Expected first argument to be an integer, a callable, or None");
}

// -------------------------------------------------------------------------------------------------------- cmp_to_key

struct Key final : Object {
  Value compare, object;
  Key(Value compare, Value object) : Object(class_type()), compare(std::move(compare)), object(std::move(object)) {}
  static Type* class_type() {
    static Type* const type = make_type("KeyWrapper", [](Type& t) {
      t.module = "functools";
      t.slots.compare = [](Compare op, const Value& a, const Value& b) {
        const Key *left = as<Key>(a), *right = as<Key>(b);
        if (!left || !right) return Value::not_implemented();
        return nabla::compare(op, call(left->compare, {left->object, right->object}), integer(0));
      };
    });
    return type;
  }
};
Value cmp_to_key(const Value* p) {
  return make<Decorator>(p[0], [](const Value& compare, const Value& object) -> Value { return make<Key>(compare, object); });
}

// ------------------------------------------------------------------------------------------------------ total_ordering

constexpr const char* kOrderings[] = {"__lt__", "__le__", "__gt__", "__ge__"};

/// The missing comparison number `op` from the first that is there and ==.
template <int op>
Value derived(const Value* p) {
  int root = 0;
  while (root < 4 && !as<Function>(type_of(p[0])->lookup(intern(kOrderings[root])))) ++root;
  if (root == 4) return Value::not_implemented();
  const Value found = call_special(p[0], kOrderings[root], {p[1]});
  if (found.is_not_implemented()) return found;
  const bool turned = op / 2 != root / 2, other_kind = op % 2 != root % 2;
  const bool holds = truth(found) != turned;
  if (turned == other_kind) return Value::boolean(holds);
  return Value::boolean(op % 2 ? holds || equal(p[0], p[1]) : holds && !equal(p[0], p[1]));
}
Value total_ordering(const Value* p) {
  const Type* type = as<Type>(p[0]);
  if (!type) fail("TypeError", "total_ordering() expects a class");
  bool any = false;
  const auto defined = [&](const char* name) { return as<Function>(type->lookup(intern(name))) != nullptr; };
  for (const char* name : kOrderings) any |= defined(name);
  if (!any) fail("ValueError", "must define at least one ordering operation: < > <= >=");
  const auto fill = [&](const char* name, BoundFunction function) {
    if (!defined(name)) set_attribute(p[0], intern(name), native(cat(name, "(self, other, /)"), function));
  };
  fill("__lt__", derived<0>);
  fill("__le__", derived<1>);
  fill("__gt__", derived<2>);
  fill("__ge__", derived<3>);
  return p[0];
}

}  // namespace

Memo::Memo(Value function, std::int64_t limit) : Container(class_type()), function(std::move(function)), limit(limit) {}

Value Memo::recall(Args args, Value& key) {
  Values parts(args.values, args.values + args.positional);
  for (std::uint32_t i = 0; i < args.keyword_count(); ++i) {
    parts.push_back(Value::object(args.keyword_name(i)));
    parts.push_back(args.keyword_value(i));
  }
  if (args.keyword_count()) parts.push_back(Value::ellipsis());  // f(1, a=2) is not f(1, "a", 2)
  key = parts.size() == 1 ? parts[0] : tuple(std::move(parts));
  const Value* known = results->find(key);
  if (!known) {
    ++misses;
    return Value();
  }
  ++hits;
  Value result = *known;
  if (limit > 0) {  // now the one used last
    results->erase(key);
    results->set(key, result);
  }
  return result;
}

void Memo::remember(const Value& key, const Value& result) {
  if (limit == 0) return;
  results->set(key, result);
  if (limit < 0 || static_cast<std::int64_t>(results->count) <= limit) return;
  for (const Dict::Entry& entry : results->entries) {
    if (entry.key.is_undefined()) continue;
    const Value oldest = entry.key;
    results->erase(oldest);
    return;
  }
}

void Memo::clear() {
  results->clear();
  attributes->clear();
  function = Value();
}

Type* Memo::class_type() {
  static Type* const type = [] {
    Type* made = make_type("_lru_cache_wrapper", [](Type& t) {
      t.module = "functools";
      t.slots.call = call_memo;
      t.slots.get_attribute = [](const Value& self, Str* name) {
        const Value* found = slot_self<Memo>(self).attributes->find(name);
        return found ? *found : Value();
      };
      t.slots.set_attribute = [](const Value& self, Str* name, const Value& value) { slot_self<Memo>(self).attributes->set(name, value); };
      t.slots.repr = [](const Value& self) { return cat("<functools._lru_cache_wrapper object of ", repr(slot_self<Memo>(self).function), ">"); };
    });
    add_methods(made, kMemoMethods);
    return made;
  }();
  return type;
}

void fill_functools(Dict& names) {
  static Type* const partial_type = [] {
    Type* type = make_type("partial", [](Type& t) {
      t.module = "functools";
      t.construct = construct_partial;
      t.slots.call = call_partial;
      t.slots.repr = partial_repr;
    });
    add_properties(type, kPartialProperties);
    return type;
  }();
  add_value(names, "reduce", native_raw("reduce", reduce));
  add_value(names, "partial", Value::object(partial_type));
  add_value(names, "update_wrapper", native("update_wrapper(wrapper, wrapped)", update_wrapper));
  add_value(names, "wraps", native("wraps(wrapped)", wraps));
  add_value(names, "lru_cache", native("lru_cache(maxsize=128, typed=False)", lru_cache));
  add_value(names, "cache", native("cache(user_function, /)", [](const Value* p) { return make_cached(Value::none(), p[0]); }));
  add_value(names, "cmp_to_key", native("cmp_to_key(mycmp)", cmp_to_key));
  add_value(names, "total_ordering", native("total_ordering(cls)", total_ordering));
}

}  // namespace nabla
