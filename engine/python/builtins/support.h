// What the files of this folder share: making types, checking arguments, walking iterables, indices and slices.
// Nothing here is meant for other layers.
#pragma once
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "python/type_name.h"
#include "python/builtins/builtins.h"
#include "python/object.h"

namespace nabla {

// ------------------------------------------------------------------------------------------------------------- types

// One fill_ per builtin type sets its slots and `construct`; one add_ per group adds methods. See types.cpp.
void fill_dict(Type& type);
void fill_str(Type& type);
void fill_int(Type& type);
void fill_bool(Type& type);
void fill_float(Type& type);
void fill_none(Type& type);
void fill_not_implemented(Type& type);
void fill_ellipsis(Type& type);
void fill_list(Type& type);
void fill_tuple(Type& type);
void fill_set(Type& type);
void fill_frozenset(Type& type);
void fill_slice(Type& type);
void add_int_methods();
void add_float_methods();
void add_str_methods();
void add_str_case_methods();  // part of it
void add_list_methods();
void add_tuple_methods();
void add_dict_methods();
void add_set_methods();
void add_slice_methods();

/// A new builtin type that lives for ever, deriving from object unless told otherwise.
Type* make_type(const char* name, void (*fill)(Type&), Type* base = nullptr);
/// A class without instances of its own: isinstance() asks `holds` about a value's type (Iterable, Number).
Type* make_abstract_type(const char* name, bool (*holds)(const Type*));
/// The types that are not in object.h, for the namespace of builtins: bytes, range, enumerate, zip, map, filter, reversed.
Type* bytes_type();
Type* range_type();
Type* enumerate_type();
Type* zip_type();
Type* map_type();
Type* filter_type();
Type* reversed_type();

/// Adds a method that takes no self, or the class in its place.
void add_static(Type* type, std::string_view signature, BoundFunction function);
void add_class_method(Type* type, std::string_view signature, BoundFunction function);
void add_class_method(Type* type, std::string_view name, RawFunction function);

/// The object behind a `self` or any argument that must be a T: TypeError in CPython's words when it is not.
template <class T>
T& self_as(const Value& value, std::string_view method = "") {
  if (value.is_object()) {
    Object* object = value.as_object();
    if (object->type == T::class_type() || (object->type && object->type->is_subtype_of(T::class_type())))
      return *static_cast<T*>(object);
  }
  fail("TypeError", "descriptor '", method, "' requires a '", T::class_type()->name, "' object but received a '",
       type_name(value), "'");
}

/// The object of a slot's self: the machine already looked the slot up by its type.
template <class T>
T& slot_self(const Value& value) {
  return *static_cast<T*>(value.as_object());
}

/// Makes a new object an instance of `cls`, a class that derives from its own type.
template <class T>
Ref<T> of_class(Ref<T> object, Type* cls) {
  if (cls->is_heap) cls->retain();  // as long as it lives: the class must not go before its instance
  object->type = cls;
  return object;
}

// --------------------------------------------------------------------------------------------------------- arguments

/// TypeError unless `least` <= positional <= `most`: "range expected at least 1 argument, got 0".
void check_count(std::string_view name, Args args, std::uint32_t least, std::uint32_t most);
/// TypeError when there are keywords: "range() takes no keyword arguments".
void no_keywords(std::string_view name, Args args);
/// The keyword argument of that name, or undefined.
Value keyword(Args args, std::string_view name);
/// Reads keywords of a function with only these keyword names: TypeError "'x' is an invalid keyword argument for f()".
void only_keywords(std::string_view function, Args args, std::initializer_list<std::string_view> names);
/// Calls the method `name` that the type of `self` defines (as Python looks up dunder methods); undefined when there is none.
Value call_special(const Value& self, std::string_view name, std::initializer_list<Value> arguments = {});
/// callable(value)
bool is_callable(const Value& value);
/// "x is not part of nabla" as an error of its own kind; `instead` tells what to use.
[[noreturn]] void not_part_of_nabla(std::string_view what, std::string_view instead = "");

// ----------------------------------------------------------------------------------------------------------- walking

/// Walks any iterable; lists and tuples without making an iterator.
class Walk {
 public:
  explicit Walk(const Value& iterable);
  /// Puts the next item into `item`; false at the end.
  bool next(Value& item);

 private:
  Value source_;
  const std::vector<Value>* items_ = nullptr;  // of a list or tuple
  std::size_t position_ = 0;
};

/// The elements of an exact list or tuple, else null.
const std::vector<Value>* items_of(const Value& value) noexcept;

/// A slice against a length: `count` items from `start`, `step` apart.
struct Span {
  std::int64_t start, stop, step, count;
};
/// Python's slice arithmetic; ValueError "slice step cannot be zero".
Span span_of(const Slice& slice, std::int64_t length);
/// A position from an index that may be negative; IndexError "list index out of range" (for `what` = "list index").
std::size_t position(std::int64_t index, std::size_t size, const char* what);
/// The key of a sequence as a whole number: TypeError "list indices must be integers or slices, not str".
std::int64_t sequence_index(const Value& key, const char* what);
/// An optional start or stop argument of index(): clamped like a slice's.
std::int64_t clamp_index(const Value& index, std::int64_t length, std::int64_t otherwise);
/// items[span] as a new vector.
std::vector<Value> take(const std::vector<Value>& items, const Span& span);
/// Counts how deep comparisons of containers nest: too deep (a list inside itself) raises RecursionError.
struct Comparing {
  Comparing();
  ~Comparing();
  Comparing(const Comparing&) = delete;
};
/// Lexicographic comparison of two sequences, as list and tuple do it.
Value compare_items(Compare op, const std::vector<Value>& a, const std::vector<Value>& b);
/// Equality as containers see it: identical or equal.
inline bool same_or_equal(const Value& a, const Value& b) { return a == b || equal(a, b); }
/// For `sequence + other` and `sequence * other` that the sequence itself cannot do: asks the other's type; undefined when
/// that cannot either (then the caller raises CPython's error for sequences).
Value ask_other(Binary op, const Value& sequence, const Value& other);
/// The repeat count of `sequence * n`: TypeError "can't multiply sequence by non-int of type 'float'".
std::int64_t repeat_count(const Value& n);
/// `value op result of a three-way comparison`.
Value ordering(Compare op, int three_way);
bool ordered(Compare op, int three_way) noexcept;

/// Sorts in place, stably, by `<`; each by key(item) when `key` is not None. Exceptions leave a permutation.
void sort_items(std::vector<Value>& items, const Value& key, bool reverse);

// -------------------------------------------------------------------------------------------------------------- repr

/// Marks `object` as being printed. `again()`: it already is, further out ("[...]"). Too deep a nest: RecursionError.
class Printing {
 public:
  explicit Printing(const Object* object);
  ~Printing();
  Printing(const Printing&) = delete;
  bool again() const noexcept { return again_; }

 private:
  bool again_;
};
/// "a, b, c" of reprs.
std::string join_reprs(const std::vector<Value>& items);
/// repr() of a str; of text from anywhere.
std::string quoted(std::string_view text);
/// A character as an escape: "\\xe9", "\\u2207", "\\U0001f600".
std::string escaped(char32_t c);

// ------------------------------------------------------------------------------------------------------------ numbers

/// Arithmetic of int, bool and float, in any mix; not_implemented for anything else. The slot of all three.
Value number_binary(Binary op, const Value& a, const Value& b, bool in_place);
Value number_compare(Compare op, const Value& a, const Value& b);
/// The number in a small, Int or bool (the caller knows that it is one); the nearest limit for one beyond 64 bits.
std::int64_t int_of(const Value& value) noexcept;
/// Is it an int beyond 64 bits? For these the functions below, which take ints of any size (bigint.cpp).
bool is_wide(const Value& value) noexcept;
Value big_binary(Binary op, const Value& a, const Value& b);
/// -1, 0 or 1; one of the two may be a float that is a number.
int big_compare(const Value& a, const Value& b);
Value big_negative(const Value& value);
Value big_inverted(const Value& value);
Value big_of_double(double whole);  // of a whole, finite one
std::uint64_t big_hash(const Value& value);
std::uint64_t big_bit_length(const Value& value);
/// The digits of an int without its sign; ValueError beyond the limit that CPython sets for decimal ones.
std::string int_digits(const Value& value, unsigned base = 10, bool upper = false);
/// From digits that were checked.
Value big_of_digits(std::string_view digits, unsigned base, bool negative);
/// That limit, 4300 unless a program sets it; 0 for none.
std::int64_t most_digits() noexcept;
void set_most_digits(std::int64_t count) noexcept;
/// An int as one of the class int itself: bools and instances of derived classes become numbers.
Value plain_int(const Value& value);
/// A whole float as an int; OverflowError for infinity, ValueError for NaN.
Value float_to_int(double x);
/// text -> number, with Python's underscores and spaces. False when it is not one.
bool parse_int(std::string_view text, int base, Value& number);
bool parse_float(std::string_view text, double& number);
/// int(value), float(value).
Value to_int(const Value& value);
double to_float(const Value& value);
std::uint64_t hash_double(double x) noexcept;
std::uint64_t hash_int(std::int64_t i) noexcept;
std::uint64_t hash_items(const std::vector<Value>& items);  // of a tuple
/// Rounds half to even at that many decimals, exactly.
double round_to(double x, std::int64_t digits);

// -------------------------------------------------------------------------------------------------------- formatting

std::string format_int(const Value& value, std::string_view spec);
std::string format_float(double x, std::string_view spec);
std::string format_str(std::string_view text, std::string_view spec);
/// `format % arguments`.
std::string percent_format(std::string_view format, const Value& arguments);
/// format.format(*args, **kwargs); `mapping` instead of keywords for format_map.
std::string str_format(std::string_view format, Args args, const Value& mapping);
std::string in_base(std::uint64_t number, unsigned base, bool upper = false);

// --------------------------------------------------------------------------------------------------------- containers

/// A set or frozenset from an iterable.
Ref<Set> make_set(const Value& iterable, Type* type);
/// The items of a set in the order in which Python walks it.
std::vector<Value> set_items(const Set& set);
/// dict.update(): from a mapping or an iterable of pairs.
void dict_update(Dict& dict, const Value& other);
/// d[key] = value ordering aside: a shallow copy.
Ref<Dict> copy_dict(const Dict& dict);
/// An iterator over one dict: 0 keys, 1 values, 2 items.
Value dict_iterator(const Value& dict, int what, bool backward = false);
/// iter(list), or reversed(list).
Value list_iterator(const Value& list, bool backward = false);

}  // namespace nabla
