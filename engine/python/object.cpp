// The plain objects: the list of containers, strings and their interning, integers, lists, tuples, ranges, modules.
#include "python/object.h"

#include <algorithm>
#include <unordered_map>

#include "python/cycles.h"
#include "python/function.h"
#include "python/type_name.h"

namespace nabla {
namespace {
std::vector<const Type*> types_with_module;
}

void name_with_module(const Type* type) { types_with_module.push_back(type); }

std::string type_name(const Value& value) {
  const Type* type = type_of(value);
  const bool qualified = std::find(types_with_module.begin(), types_with_module.end(), type) != types_with_module.end();
  return qualified ? cat(type->module, ".", type->name) : type->name;
}

// ----------------------------------------------------------------------------------------------------------- containers

ContainerList containers;  // see Note [Cycles] in cycles.cpp
std::int64_t new_containers = 0;

Container::Container(Type* type) : Object(type), previous_(nullptr) { link(); }

void Container::link() noexcept {
  if (previous_) return;
  tag &= ~Visitor::kFollowed;
  previous_ = this;
  next_ = containers.first;
  if (containers.first) containers.first->previous_ = this;
  containers.first = this;  // the first one's previous_ is itself: null means "not on the list"
  ++new_containers;
}

Container::~Container() {
  if (previous_) make_permanent(*this);
  if (type && type->is_heap) leave_class(*this);
}

// Note [Side dicts]
// An instance of a class written in Python that derives from a native type (list, dict, str, int) is an object of that native kind, with
// no room for attributes: they lie in a table, by address, as long as the object lives.
namespace {
std::unordered_map<const Object*, Ref<Dict>>& side_dicts() {
  static auto* const map = new std::unordered_map<const Object*, Ref<Dict>>;  // objects may outlive whatever is destroyed at exit
  return *map;
}
}  // namespace

Dict& side_dict(const Object* object) {
  Ref<Dict>& dict = side_dicts()[object];
  if (!dict) dict = make<Dict>();
  return *dict;
}

void leave_class(const Object& object) noexcept {
  if (object.type->has_side_dict) {
    if (auto node = side_dicts().extract(&object); !node.empty()) node.mapped() = nullptr;
  }
  object.type->release();  // whoever gave it that type retained it
}

void make_permanent(Container& container) noexcept {
  if (!container.previous_) return;
  new_containers -= new_containers > 0;
  if (containers.old == &container) containers.old = container.next_;
  if (container.next_) container.next_->previous_ = container.previous_ == &container ? container.next_ : container.previous_;
  if (containers.first == &container) {
    containers.first = container.next_;
  } else {
    container.previous_->next_ = container.next_;
  }
  container.previous_ = container.next_ = nullptr;
}

List::List(std::vector<Value> items) : Container(class_type()), items(std::move(items)) {}
Tuple::Tuple(std::vector<Value> items, Type* type) : Container(type), items(std::move(items)) {}
Set::Set(Type* type) : Container(type) {}
Module::Module(std::string name) : Container(class_type()), name(std::move(name)), dict(make<Dict>()) {
  dict->set(intern("__name__"), string(this->name));
  dict->set(intern("__doc__"), Value::none());
}
void Module::clear() { dict->clear(); }
Instance::Instance(Type* type) : Container(type) {
  if (type->is_heap) type->retain();
}
Instance::~Instance() {
  if (!type->slots.finalize) return;
  refs = 1u << 30;  // whatever the method does with it, it does not die a second time
  type->slots.finalize(Value::object(this));
}

Slice::Slice(Value start, Value stop, Value step)
    : Object(class_type()), start(std::move(start)), stop(std::move(stop)), step(std::move(step)) {}

Range::Range(std::int64_t start, std::int64_t stop, std::int64_t step)
    : Object(class_type()), start(start), stop(stop), step(step) {}
std::int64_t Range::length() const noexcept {
  if (step > 0) return start < stop ? (stop - start - 1) / step + 1 : 0;
  return start > stop ? (start - stop - 1) / -step + 1 : 0;
}
RangeIterator::RangeIterator(const Range& range)
    : Object(class_type()), value(range.start), remaining(range.length()), step(range.step), length(remaining) {}
ListIterator::ListIterator(Ref<List> list) : Object(class_type()), list(std::move(list)) {}
TupleIterator::TupleIterator(Ref<Tuple> tuple) : Object(class_type()), tuple(std::move(tuple)) {}

// -------------------------------------------------------------------------------------------------------------- strings

Str::Str(std::string text) : Object(class_type()), text(std::move(text)) {}
Str::~Str() {
  if (type->is_heap) leave_class(*this);
}

std::int64_t Str::length() const noexcept {
  if (length_ < 0) {
    length_ = 0;
    for (const char c : text) length_ += (c & 0xC0) != 0x80;  // all but the continuation bytes of UTF-8
  }
  return length_;
}

bool Str::is_ascii() const noexcept { return length() == static_cast<std::int64_t>(text.size()); }

std::uint64_t Str::first_hash() const noexcept {
  std::uint64_t h = 0xCBF29CE484222325;  // FNV-1a
  for (const char c : text) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001B3;
  h ^= h >> 32;
  hash_ = h ? h : 1;
  return hash_;
}

Str* intern(std::string_view name) {
  static std::unordered_map<std::string_view, Str*> names;
  if (const auto found = names.find(name); found != names.end()) return found->second;
  Str* str = new Str(std::string(name));
  str->retain();
  str->tag = Str::kInterned;
  names.emplace(str->text, str);
  return str;
}

Str* intern(Str* name) { return name->tag & Str::kInterned ? name : intern(name->text); }

// ----------------------------------------------------------------------------------------------------- making and reading

Value integer(std::int64_t i) { return Value::fits_small(i) ? Value::small(i) : Value(make<Int>(i)); }
Value string(std::string text) { return make<Str>(std::move(text)); }
Value tuple(std::vector<Value> items) { return make<Tuple>(std::move(items)); }
Value list(std::vector<Value> items) { return make<List>(std::move(items)); }

bool is_int(const Value& value) noexcept { return value.is_small() || value.is_bool() || as<Int>(value); }
bool is_number(const Value& value) noexcept { return value.is_float() || is_int(value); }

std::int64_t to_index(const Value& value) {
  if (value.is_small()) return value.as_small();
  if (value.is_bool()) return value.is_true();
  if (const Int* number = as<Int>(value)) {
    if (number->wide) fail("OverflowError", "cannot fit 'int' into an index-sized integer");
    return number->number;
  }
  return to_index(to_integer(value));
}

Value to_integer(const Value& value) {
  if (is_int(value)) return value;
  static Str* const name = intern("__index__");
  if (!value.is_float()) {
    Value result = call_special(value, name);
    if (!result.is_undefined()) {
      if (is_int(result)) return result;
      fail("TypeError", "__index__ returned non-int (type ", type_of(result)->name, ")");
    }
  }
  fail("TypeError", "'", type_name(value), "' object cannot be interpreted as an integer");
}

double to_double(const Value& value) {
  if (value.is_float()) return value.as_float();
  if (is_int(value)) return int_to_double(value);
  static Str* const name = intern("__float__");
  const Value result = call_special(value, name);
  if (result.is_undefined() && type_of(value)->find(intern("__index__"))) return int_to_double(to_integer(value));
  if (result.is_undefined()) fail("TypeError", "must be real number, not ", type_name(value));
  if (!result.is_float()) fail("TypeError", type_of(value)->name, ".__float__ returned non-float (type ", type_of(result)->name, ")");
  return result.as_float();
}

const std::string* text_of(const Value& value) noexcept {
  const Str* str = as<Str>(value);
  return str ? &str->text : nullptr;
}

std::uint32_t Args::keyword_count() const noexcept {
  return keywords ? static_cast<std::uint32_t>(keywords->items.size()) : 0;
}
Str* Args::keyword_name(std::uint32_t i) const noexcept { return static_cast<Str*>(keywords->items[i].as_object()); }

}  // namespace nabla
