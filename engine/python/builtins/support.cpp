// What support.h declares of arguments, walking, indices, comparison of sequences and printing guards.
#include "python/builtins/support.h"

#include <algorithm>

#include "python/function.h"
#include "python/slots.h"

namespace nabla {

Type* make_type(const char* name, void (*fill)(Type&), Type* base) {
  Type* type = new Type(name, base ? base : object_type());
  type->retain();
  if (fill) fill(*type);
  add_slot_wrappers(type);
  return type;
}

namespace {
std::string_view name_in(std::string_view signature) { return signature.substr(0, signature.find('(')); }
}  // namespace

void add_static(Type* type, std::string_view signature, BoundFunction function) {
  set_type_attribute(type, name_in(signature), make<StaticMethod>(native(signature, function)));
}
void add_class_method(Type* type, std::string_view signature, BoundFunction function) {
  set_type_attribute(type, name_in(signature), make<ClassMethod>(native(signature, function)));
}
void add_class_method(Type* type, std::string_view name, RawFunction function) {
  set_type_attribute(type, name, make<ClassMethod>(native_raw(name, function)));
}

// --------------------------------------------------------------------------------------------------------- arguments

void check_count(std::string_view name, Args args, std::uint32_t least, std::uint32_t most) {
  const std::uint32_t given = args.positional;
  if (given >= least && given <= most) return;
  const std::uint32_t bound = given < least ? least : most;
  const char* how = least == most ? "" : given < least ? "at least " : "at most ";
  fail("TypeError", name, " expected ", how, bound, bound == 1 ? " argument" : " arguments", ", got ", given);
}

void no_keywords(std::string_view name, Args args) {
  if (args.keyword_count()) fail("TypeError", name, "() takes no keyword arguments");
}

Value keyword(Args args, std::string_view name) {
  for (std::uint32_t i = 0; i < args.keyword_count(); ++i)
    if (args.keyword_name(i)->text == name) return args.keyword_value(i);
  return {};
}

void only_keywords(std::string_view function, Args args, std::initializer_list<std::string_view> names) {
  for (std::uint32_t i = 0; i < args.keyword_count(); ++i) {
    const std::string& given = args.keyword_name(i)->text;
    if (std::find(names.begin(), names.end(), given) == names.end())
      fail("TypeError", "'", given, "' is an invalid keyword argument for ", function, "()");
  }
}

Value call_special(const Value& self, std::string_view name, std::initializer_list<Value> arguments) {
  return call_special(self, intern(name), arguments);
}

bool is_callable(const Value& value) {
  return type_of(value)->slots.call || as<Type>(value) || !type_of(value)->lookup(intern("__call__")).is_undefined();
}

void not_part_of_nabla(std::string_view what, std::string_view instead) {
  Error error{"NotImplementedError", cat(what, " is not part of nabla"), {}};
  if (!instead.empty()) error.notes.emplace_back(instead);
  throw error;
}

// ----------------------------------------------------------------------------------------------------------- walking

const std::vector<Value>* items_of(const Value& value) noexcept {
  if (!value.is_object()) return nullptr;
  Object* object = value.as_object();
  if (object->type == List::class_type()) return &static_cast<List*>(object)->items;
  if (object->type == Tuple::class_type()) return &static_cast<Tuple*>(object)->items;
  return nullptr;
}

Walk::Walk(const Value& iterable) : items_(items_of(iterable)) {
  if (items_) {
    source_ = iterable;
  } else {
    source_ = iterate(iterable);
  }
}

bool Walk::next(Value& item) {
  if (items_) {
    if (position_ >= items_->size()) return false;
    item = (*items_)[position_++];
    return true;
  }
  item = nabla::next(source_);
  return !item.is_undefined();
}

namespace {
/// An index of a slice: beyond 64 bits it is as good as the nearest limit (halved, so that lengths can be added to it).
std::int64_t saturated_index(const Value& value) {
  const Value number = to_integer(value);
  return is_wide(number) ? int_of(number) / 2 : int_of(number);
}
}  // namespace

Span span_of(const Slice& slice, std::int64_t length) {
  const auto part = [](const Value& value, std::int64_t otherwise) {
    if (value.is_none()) return otherwise;
    if (!is_int(value) && type_of(value)->lookup(intern("__index__")).is_undefined())
      fail("TypeError", "slice indices must be integers or None or have an __index__ method");
    return saturated_index(value);
  };
  Span span;
  span.step = part(slice.step, 1);
  if (span.step == 0) fail("ValueError", "slice step cannot be zero");
  const bool forward = span.step > 0;
  const std::int64_t low = forward ? 0 : -1, high = forward ? length : length - 1;
  const auto clamp = [&](std::int64_t i) { return i < 0 ? std::max(i + length, low) : std::min(i, high); };
  span.start = slice.start.is_none() ? (forward ? low : high) : clamp(part(slice.start, 0));
  span.stop = slice.stop.is_none() ? (forward ? high : low) : clamp(part(slice.stop, 0));
  const std::int64_t distance = forward ? span.stop - span.start : span.start - span.stop;
  const std::uint64_t stride = forward ? static_cast<std::uint64_t>(span.step) : -static_cast<std::uint64_t>(span.step);
  span.count = distance > 0 ? static_cast<std::int64_t>((static_cast<std::uint64_t>(distance) - 1) / stride) + 1 : 0;
  return span;
}

std::size_t position(std::int64_t index, std::size_t size, const char* what) {
  const std::int64_t length = static_cast<std::int64_t>(size);
  if (index < 0) index += length;
  if (index < 0 || index >= length) fail("IndexError", what, " out of range");
  return static_cast<std::size_t>(index);
}

std::int64_t sequence_index(const Value& key, const char* what) {
  if (key.is_small()) return key.as_small();
  if (is_wide(key)) fail("IndexError", "cannot fit 'int' into an index-sized integer");
  if (is_int(key) || !type_of(key)->lookup(intern("__index__")).is_undefined()) return to_index(key);
  fail("TypeError", what, " indices must be integers or slices, not ", type_name(key));
}

std::int64_t clamp_index(const Value& index, std::int64_t length, std::int64_t otherwise) {
  if (index.is_undefined() || index.is_none()) return otherwise;
  const std::int64_t i = saturated_index(index);
  return i < 0 ? std::max<std::int64_t>(i + length, 0) : std::min(i, length);
}

std::vector<Value> take(const std::vector<Value>& items, const Span& span) {
  std::vector<Value> taken;
  taken.reserve(static_cast<std::size_t>(span.count));
  for (std::int64_t i = 0; i < span.count; ++i) taken.push_back(items[static_cast<std::size_t>(span.start + i * span.step)]);
  return taken;
}

// -------------------------------------------------------------------------------------------------------- comparison

bool ordered(Compare op, int three_way) noexcept {
  switch (op) {
    case Compare::lt: return three_way < 0;
    case Compare::le: return three_way <= 0;
    case Compare::eq: return three_way == 0;
    case Compare::ne: return three_way != 0;
    case Compare::gt: return three_way > 0;
    case Compare::ge: return three_way >= 0;
  }
  return false;
}

Value ordering(Compare op, int three_way) { return Value::boolean(ordered(op, three_way)); }

namespace {
int g_comparing = 0;
constexpr int kDeepestCompare = 400;  // each level is a few C++ frames, and the stack in wasm is small
}  // namespace

Comparing::Comparing() {
  if (g_comparing >= kDeepestCompare) fail("RecursionError", "maximum recursion depth exceeded in comparison");
  ++g_comparing;
}
Comparing::~Comparing() { --g_comparing; }

Value compare_items(Compare op, const std::vector<Value>& a, const std::vector<Value>& b) {
  const Comparing guard;
  const bool equality = op == Compare::eq || op == Compare::ne;
  if (equality && a.size() != b.size()) return Value::boolean(op == Compare::ne);
  std::size_t i = 0;
  while (i < a.size() && i < b.size() && same_or_equal(a[i], b[i])) ++i;
  if (i >= a.size() || i >= b.size()) return ordering(op, a.size() < b.size() ? -1 : a.size() > b.size());
  if (equality) return Value::boolean(op == Compare::ne);
  return compare(op, Value(a[i]), Value(b[i]));
}

// ------------------------------------------------------------------------------------------- what sequences cannot do

Value ask_other(Binary op, const Value& sequence, const Value& other) {
  const Type* type = type_of(other);
  if (type == type_of(sequence) || !type->slots.binary || items_of(other) || text_of(other)) return {};
  // A class written in Python must know that it stands on the right: it is asked for __radd__, not __add__.
  const bool in_python = type->slots.binary == python_binary;
  Value result = in_python ? python_binary_side(op, sequence, other, false, true) : type->slots.binary(op, sequence, other, false);
  return result.is_not_implemented() ? Value() : result;
}

std::int64_t repeat_count(const Value& n) {
  if (!is_int(n) && type_of(n)->lookup(intern("__index__")).is_undefined())
    fail("TypeError", "can't multiply sequence by non-int of type '", type_name(n), "'");
  return std::max<std::int64_t>(to_index(n), 0);
}

// ---------------------------------------------------------------------------------------------------------- printing

namespace {
std::vector<const Object*> g_printing;
constexpr std::size_t kDeepestPrint = 400;
}  // namespace

Printing::Printing(const Object* object) : again_(std::find(g_printing.begin(), g_printing.end(), object) != g_printing.end()) {
  if (again_) return;
  if (g_printing.size() >= kDeepestPrint)
    fail("RecursionError", "maximum recursion depth exceeded while getting the repr of an object");
  g_printing.push_back(object);
}

Printing::~Printing() {
  if (!again_) g_printing.pop_back();
}

std::string join_reprs(const std::vector<Value>& items) {
  std::string out;
  for (std::size_t i = 0; i < items.size(); ++i) {  // by index: a repr written in Python may change the list
    if (i) out += ", ";
    out += repr(Value(items[i]));
  }
  return out;
}

}  // namespace nabla
