// The module itertools. Every iterator is a Walker: some values and some numbers, whose meaning each kind says at its top.
#include <algorithm>
#include <numeric>

#include "python/builtins/iterators.h"
#include "python/modules/modules.h"
#include "python/type_name.h"

namespace nabla {
namespace {

using Values = std::vector<Value>;
using Numbers = std::vector<std::int64_t>;

struct Walker final : Object {
  Values values;
  Numbers numbers;
  bool started = false, finished = false;
  Walker(Type* type, Values values, Numbers numbers) : Object(type), values(std::move(values)), numbers(std::move(numbers)) {}
};

Walker& walker(const Value& self) { return slot_self<Walker>(self); }
Value make_walker(Type* type, Values values, Numbers numbers = {}) { return make<Walker>(type, std::move(values), std::move(numbers)); }

/// The arguments of a constructor, bound to a signature without self: as many values as it has parameters.
Values bound(const Value& binder, Args args) { return as<Tuple>(call(binder, args))->items; }
template <int count>
Value as_tuple(const Value* p) { return tuple(Values(p, p + count)); }

// ------------------------------------------------------------------------------------- count, cycle, repeat: values endless

// values: the next one, the step
Value next_count(const Value& self) {
  Walker& w = walker(self);
  Value now = w.values[0];
  w.values[0] = binary(Binary::add, now, w.values[1]);
  return now;
}
Value construct_count(Type* type, Args args) {
  static const Value binder = native("count(start=0, step=1)", as_tuple<2>);
  return make_walker(type, bound(binder, args));
}

// values: the iterator (or None when it is used up), then what it gave; numbers: the position in those
Value next_cycle(const Value& self) {
  Walker& w = walker(self);
  if (!w.values[0].is_none()) {
    Value item = next(w.values[0]);
    if (!item.is_undefined()) {
      w.values.push_back(item);
      return item;
    }
    w.values[0] = Value::none();
  }
  if (w.values.size() == 1) return {};
  const auto at = static_cast<std::size_t>(w.numbers[0]++) % (w.values.size() - 1);
  return w.values[at + 1];
}
Value construct_cycle(Type* type, Args args) {
  check_count("cycle", args, 1, 1);
  return make_walker(type, {iterate(args[0])}, {0});
}

// values: the object; numbers: how often still, -1 = for ever
Value next_repeat(const Value& self) {
  Walker& w = walker(self);
  if (w.numbers[0] == 0) return {};
  if (w.numbers[0] > 0) --w.numbers[0];
  return w.values[0];
}
Value construct_repeat(Type* type, Args args) {
  static const Value binder = native("repeat(object, times=None)", as_tuple<2>);
  Values given = bound(binder, args);
  return make_walker(type, {given[0]}, {given[1].is_none() ? -1 : std::max<std::int64_t>(to_index(given[1]), 0)});
}

// ------------------------------------------------------------------------------------------ one iterator after the other

// values: an iterator over iterables, the iterator now walked (or None)
Value next_chain(const Value& self) {
  Walker& w = walker(self);
  for (;;) {
    if (!w.values[1].is_none()) {
      Value item = next(w.values[1]);
      if (!item.is_undefined()) return item;
    }
    const Value following = next(w.values[0]);
    if (following.is_undefined()) return {};
    w.values[1] = iterate(following);
  }
}
Value construct_chain(Type* type, Args args) {
  no_keywords("chain", args);
  return make_walker(type, {iterate(tuple(Values(args.values, args.values + args.positional))), Value::none()});
}
Value chain_from_iterable(const Value* p) { return make_walker(as<Type>(p[0]), {iterate(p[1]), Value::none()}); }

// values: the iterator; numbers: the position, the next wanted, the end (-1 = none), the step
Value next_islice(const Value& self) {
  Walker& w = walker(self);
  std::int64_t &position = w.numbers[0], &wanted = w.numbers[1], end = w.numbers[2];
  if (end >= 0 && wanted >= end) {
    for (; position < end; ++position)
      if (next(w.values[0]).is_undefined()) break;
    return {};
  }
  for (;;) {
    Value item = next(w.values[0]);
    if (item.is_undefined()) {
      end = 0;
      return {};
    }
    if (position++ < wanted) continue;
    wanted += w.numbers[3];
    return item;
  }
}
Value construct_islice(Type* type, Args args) {
  check_count("islice", args, 2, 4);
  const bool only_stop = args.positional == 2;
  const auto number = [&](std::uint32_t i, std::int64_t otherwise) {
    if (i >= args.positional || args[i].is_none()) return otherwise;
    const std::int64_t n = to_index(args[i]);
    if (n < 0) fail("ValueError", "Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.");
    return n;
  };
  const std::int64_t start = only_stop ? 0 : number(1, 0), stop = number(only_stop ? 1 : 2, -1), step = number(3, 1);
  if (step == 0) fail("ValueError", "Step for islice() must be a positive integer or None.");
  return make_walker(type, {iterate(args[0])}, {0, start, stop, step});
}

// values: the iterator, the item before
Value next_pairwise(const Value& self) {
  Walker& w = walker(self);
  if (!w.started) {
    w.started = true;
    w.values[1] = next(w.values[0]);
  }
  if (w.values[1].is_undefined()) return {};
  Value item = next(w.values[0]);
  if (item.is_undefined()) return {};
  Value pair = tuple({w.values[1], item});
  w.values[1] = std::move(item);
  return pair;
}
Value construct_pairwise(Type* type, Args args) {
  check_count("pairwise", args, 1, 1);
  return make_walker(type, {iterate(args[0]), Value()});
}

// values: the iterator, the function (or None), the total (undefined before the first)
Value next_accumulate(const Value& self) {
  Walker& w = walker(self);
  if (!w.started && !w.values[2].is_none()) {
    w.started = true;
    return w.values[2];
  }
  Value item = next(w.values[0]);
  if (item.is_undefined()) return {};
  if (!w.started) w.values[2] = item;
  else if (w.values[1].is_none()) w.values[2] = binary(Binary::add, w.values[2], item);
  else w.values[2] = call(w.values[1], {w.values[2], item});
  w.started = true;
  return w.values[2];
}
Value construct_accumulate(Type* type, Args args) {
  static const Value binder = native("accumulate(iterable, func=None, *, initial=None)", as_tuple<3>);
  Values given = bound(binder, args);
  given[0] = iterate(given[0]);
  return make_walker(type, std::move(given));
}

// ------------------------------------------------------------------------------------------------ choosing by a function

// values: the function, the iterator (takewhile, dropwhile, filterfalse, starmap); selectors' iterator, the iterator (compress)
Value next_takewhile(const Value& self) {
  Walker& w = walker(self);
  if (w.finished) return {};
  Value item = next(w.values[1]);
  if (item.is_undefined() || truth(call(w.values[0], {item}))) return item;
  w.finished = true;
  return {};
}
Value next_dropwhile(const Value& self) {
  Walker& w = walker(self);
  for (;;) {
    Value item = next(w.values[1]);
    if (item.is_undefined() || w.started) return item;
    if (truth(call(w.values[0], {item}))) continue;
    w.started = true;
    return item;
  }
}
Value next_filterfalse(const Value& self) {
  Walker& w = walker(self);
  for (;;) {
    Value item = next(w.values[1]);
    if (item.is_undefined() || !truth(w.values[0].is_none() ? item : call(w.values[0], {item}))) return item;
  }
}
Value next_starmap(const Value& self) {
  Walker& w = walker(self);
  const Value item = next(w.values[1]);
  if (item.is_undefined()) return {};
  const Values arguments = to_vector(item);
  return call(w.values[0], Args{arguments.data(), static_cast<std::uint32_t>(arguments.size()), nullptr});
}
Value next_compress(const Value& self) {
  Walker& w = walker(self);
  for (;;) {
    Value item = next(w.values[1]);
    if (item.is_undefined()) return {};
    const Value selector = next(w.values[0]);
    if (selector.is_undefined()) return {};
    if (truth(selector)) return item;
  }
}
Value construct_with_function(Type* type, Args args) {
  no_keywords(type->name, args);
  check_count(type->name, args, 2, 2);
  return make_walker(type, {args[0], iterate(args[1])});
}
Value construct_compress(Type* type, Args args) {
  check_count("compress", args, 2, 2);
  return make_walker(type, {iterate(args[1]), iterate(args[0])});
}

// ------------------------------------------------------------------------------------------------------ all combinations

/// The items of a pool at these places.
Value picked(const Values& pool, const Numbers& places, std::size_t count) {
  Values items;
  for (std::size_t i = 0; i < count; ++i) items.push_back(pool[static_cast<std::size_t>(places[i])]);
  return tuple(std::move(items));
}

// values: a tuple for each pool; numbers: the place in each
Value next_product(const Value& self) {
  Walker& w = walker(self);
  const auto pool = [&](std::size_t i) -> const Values& { return as<Tuple>(w.values[i])->items; };
  if (w.finished) return {};
  if (w.started) {
    std::size_t i = w.values.size();
    while (i > 0 && ++w.numbers[i - 1] == static_cast<std::int64_t>(pool(i - 1).size())) w.numbers[--i] = 0;
    w.finished = i == 0;
  } else {
    w.started = true;
    for (std::size_t i = 0; i < w.values.size(); ++i) w.finished |= pool(i).empty();
  }
  if (w.finished) return {};
  Values items;
  for (std::size_t i = 0; i < w.values.size(); ++i) items.push_back(pool(i)[static_cast<std::size_t>(w.numbers[i])]);
  return tuple(std::move(items));
}
Value construct_product(Type* type, Args args) {
  only_keywords("product", args, {"repeat"});
  const Value repeat = keyword(args, "repeat");
  Values pools;
  for (std::int64_t times = repeat.is_undefined() ? 1 : to_index(repeat); times > 0; --times)
    for (std::uint32_t i = 0; i < args.positional; ++i) pools.push_back(tuple(to_vector(args[i])));
  Numbers places(pools.size(), 0);
  return make_walker(type, std::move(pools), std::move(places));
}

// values: the pool; numbers: the places (all of the pool's for permutations), then how many are picked
Value next_permutation(const Value& self) {
  Walker& w = walker(self);
  const auto n = static_cast<std::int64_t>(w.values.size());
  const std::int64_t count = w.numbers.back();
  if (w.finished || count > n) return {};
  if (w.started) {
    // The last place that can still move forward takes the next larger of those behind it, which then rise again.
    const auto places = w.numbers.begin();
    std::reverse(places + count, places + n);
    if (!std::next_permutation(places, places + n)) {
      w.finished = true;
      return {};
    }
  }
  w.started = true;
  return picked(w.values, w.numbers, static_cast<std::size_t>(count));
}
template <bool repeated>
Value next_combination(const Value& self) {
  Walker& w = walker(self);
  const auto n = static_cast<std::int64_t>(w.values.size());
  const std::int64_t count = w.numbers.back();
  if (w.finished || (repeated ? n == 0 && count > 0 : count > n)) return {};
  if (w.started) {
    const auto limit = [&](std::int64_t i) { return repeated ? n - 1 : i + n - count; };
    std::int64_t i = count - 1;
    while (i >= 0 && w.numbers[static_cast<std::size_t>(i)] == limit(i)) --i;
    if (i < 0) {
      w.finished = true;
      return {};
    }
    std::int64_t place = ++w.numbers[static_cast<std::size_t>(i)];
    while (++i < count) w.numbers[static_cast<std::size_t>(i)] = repeated ? place : ++place;
  }
  w.started = true;
  return picked(w.values, w.numbers, static_cast<std::size_t>(count));
}
/// permutations(pool, r=None), combinations(pool, r), combinations_with_replacement(pool, r).
template <bool permuted, bool repeated>
Value construct_choice(Type* type, Args args) {
  static const Value binder = native(cat(type->name, permuted ? "(iterable, r=None)" : "(iterable, r)"), as_tuple<2>);
  const Values given = bound(binder, args);
  Values pool = to_vector(given[0]);
  const std::int64_t count = given[1].is_none() ? static_cast<std::int64_t>(pool.size()) : to_index(given[1]);
  if (count < 0) fail("ValueError", "r must be non-negative");
  Numbers places(permuted ? std::max(pool.size(), static_cast<std::size_t>(count)) : static_cast<std::size_t>(count), 0);
  if (!repeated) std::iota(places.begin(), places.end(), 0);
  places.push_back(count);
  return make_walker(type, std::move(pool), std::move(places));
}

// --------------------------------------------------------------------------------------------- several at once, and groups

// values: the filler, then the iterators (None when used up)
Value next_zip_longest(const Value& self) {
  Walker& w = walker(self);
  Values items;
  bool any = false;
  for (std::size_t i = 1; i < w.values.size(); ++i) {
    Value item = w.values[i].is_none() ? Value() : next(w.values[i]);
    if (item.is_undefined()) {
      w.values[i] = Value::none();
      item = w.values[0];
    } else {
      any = true;
    }
    items.push_back(std::move(item));
  }
  return any ? tuple(std::move(items)) : Value();
}
Value construct_zip_longest(Type* type, Args args) {
  only_keywords("zip_longest", args, {"fillvalue"});
  const Value filler = keyword(args, "fillvalue");
  Values values = iterators_of(args, 0);
  values.insert(values.begin(), filler.is_undefined() ? Value::none() : filler);
  return make_walker(type, std::move(values));
}

// groupby: values: the iterator, the key function, the item at hand, its key, the key of the group given out last.
// A group: values: its groupby, its key. It ends when the item at hand has another key.
bool advance_group(Walker& w) {
  w.values[2] = next(w.values[0]);
  if (w.values[2].is_undefined()) return false;
  w.values[3] = w.values[1].is_none() ? w.values[2] : call(w.values[1], {w.values[2]});
  return true;
}
Value next_group_item(const Value& self) {
  Walker& group = walker(self);
  Walker& all = walker(group.values[0]);
  if (all.values[2].is_undefined() && !advance_group(all)) return {};
  if (!equal(all.values[3], group.values[1])) return {};
  return std::exchange(all.values[2], Value());
}
Value next_groupby(const Value& self) {
  static Type* const group_type = make_iterator_type("_grouper", next_group_item);
  Walker& w = walker(self);
  do {
    if (w.values[2].is_undefined() && !advance_group(w)) return {};
    if (!w.started || !equal(w.values[3], w.values[4])) break;
    w.values[2] = Value();
  } while (true);
  w.started = true;
  w.values[4] = w.values[3];
  return tuple({w.values[3], make_walker(group_type, {self, w.values[3]})});
}
Value construct_groupby(Type* type, Args args) {
  static const Value binder = native("groupby(iterable, key=None)", as_tuple<2>);
  const Values given = bound(binder, args);
  return make_walker(type, {iterate(given[0]), given[1], Value(), Value(), Value()});
}

// tee: values: a list shared by all, of what was taken from the iterator so far, and the iterator; numbers: the position
Value next_tee(const Value& self) {
  Walker& w = walker(self);
  Values& taken = as<List>(w.values[0])->items;
  const auto at = static_cast<std::size_t>(w.numbers[0]);
  if (at >= taken.size()) {
    Value item = next(w.values[1]);
    if (item.is_undefined()) return {};
    taken.push_back(std::move(item));
  }
  ++w.numbers[0];
  return taken[at];
}
Value tee(const Value* p) {
  static Type* const type = make_iterator_type("_tee", next_tee);
  const Value taken = list({}), iterator = iterate(p[0]);
  Values copies;
  for (std::int64_t i = to_index(p[1]); i > 0; --i) copies.push_back(make_walker(type, {taken, iterator}, {0}));
  return tuple(std::move(copies));
}

struct Kind {
  const char* name;
  Value (*next)(const Value&);
  Value (*construct)(Type*, Args);
};
constexpr Kind kKinds[] = {
    {"count", next_count, construct_count},
    {"cycle", next_cycle, construct_cycle},
    {"repeat", next_repeat, construct_repeat},
    {"chain", next_chain, construct_chain},
    {"islice", next_islice, construct_islice},
    {"pairwise", next_pairwise, construct_pairwise},
    {"accumulate", next_accumulate, construct_accumulate},
    {"takewhile", next_takewhile, construct_with_function},
    {"dropwhile", next_dropwhile, construct_with_function},
    {"filterfalse", next_filterfalse, construct_with_function},
    {"starmap", next_starmap, construct_with_function},
    {"compress", next_compress, construct_compress},
    {"product", next_product, construct_product},
    {"permutations", next_permutation, construct_choice<true, false>},
    {"combinations", next_combination<false>, construct_choice<false, false>},
    {"combinations_with_replacement", next_combination<true>, construct_choice<false, true>},
    {"zip_longest", next_zip_longest, construct_zip_longest},
    {"groupby", next_groupby, construct_groupby},
};

}  // namespace

void fill_itertools(Dict& names) {
  static const std::vector<Type*> types = [] {
    std::vector<Type*> made;
    for (const Kind& kind : kKinds) {
      made.push_back(make_iterator_type(kind.name, kind.next, kind.construct));
      made.back()->module = "itertools";
      name_with_module(made.back());
      if (kind.next == next_chain) add_class_method(made.back(), "from_iterable(cls, iterable, /)", chain_from_iterable);
    }
    return made;
  }();
  for (Type* type : types) add_value(names, type->name, Value::object(type));
  add_value(names, "tee", native("tee(iterable, n=2, /)", tee));
}

}  // namespace nabla
