// Python's object model in C++: Type and its slots, the containers, and how native functions and types are declared.
// Everything here is shared by the machine, the builtins and whoever adds native types (torch/). Knows no tensors.
#pragma once
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/object.h"
#include "python/value.h"

namespace nabla {

struct Str;
struct Tuple;
struct Function;
struct Dict;
Type* type_type() noexcept;  // `type` itself

// ---------------------------------------------------------------------------------------------------------------- calls

/// The arguments of a call, as the caller laid them out: `positional`, then the values of the keywords, one for each name.
struct Args {
  const Value* values = nullptr;
  std::uint32_t positional = 0;
  const Tuple* keywords = nullptr;  // interned Str objects; null when there are none

  std::uint32_t keyword_count() const noexcept;
  const Value& operator[](std::uint32_t i) const noexcept { return values[i]; }
  const Value& keyword_value(std::uint32_t i) const noexcept { return values[positional + i]; }
  Str* keyword_name(std::uint32_t i) const noexcept;
  /// The same arguments without the first positional one (a method's self).
  Args rest() const noexcept { return {values + 1, positional - 1, keywords}; }
};

// ---------------------------------------------------------------------------------------------------------------- types

enum class Binary : std::uint8_t { add, sub, mul, truediv, floordiv, mod, pow, matmul, lshift, rshift, bit_and, bit_or, bit_xor };
enum class Unary : std::uint8_t { neg, pos, invert };
enum class Compare : std::uint8_t { lt, le, eq, ne, gt, ge };
inline constexpr std::string_view kBinarySigns[] = {"+", "-", "*", "/", "//", "%", "**", "@", "<<", ">>", "&", "|", "^"};
inline constexpr std::string_view kCompareSigns[] = {"<", "<=", "==", "!=", ">", ">="};

/// What the machine can ask of a type. A null slot means "not supported"; a type inherits its base's slots when it is made.
/// A class written in Python fills a slot with a function that looks up and calls its dunder method.
struct Slots {
  /// `a op b` where at least one of the two is of this type; `in_place` for `a op= b`. not_implemented() passes the question on.
  Value (*binary)(Binary op, const Value& a, const Value& b, bool in_place) = nullptr;
  /// `a op b` by a short way that calls no Python code, where there is one; else undefined. Asked where each operand is of a type with this
  /// very slot or a number, and only ever in place of `binary`.
  Value (*short_binary)(Binary op, const Value& a, const Value& b) = nullptr;
  Value (*unary)(Unary op, const Value& a) = nullptr;
  Value (*compare)(Compare op, const Value& a, const Value& b) = nullptr;  // may give any object (tensors do)
  Value (*call)(const Value& self, Args args) = nullptr;
  /// Attribute lookup where the class has no attribute of that name (but see attributes_first); undefined = no such attribute.
  Value (*get_attribute)(const Value& self, Str* name) = nullptr;
  /// `self.name = value`; an undefined value deletes. Null = attributes cannot be set.
  void (*set_attribute)(const Value& self, Str* name, const Value& value) = nullptr;
  Value (*get_item)(const Value& self, const Value& key) = nullptr;
  void (*set_item)(const Value& self, const Value& key, const Value& value) = nullptr;  // an undefined value deletes
  bool (*contains)(const Value& self, const Value& item) = nullptr;
  std::int64_t (*length)(const Value& self) = nullptr;
  bool (*truth)(const Value& self) = nullptr;
  std::uint64_t (*hash)(const Value& self) = nullptr;  // null = unhashable
  Value (*iterate)(const Value& self) = nullptr;
  Value (*next)(const Value& self) = nullptr;  // undefined = exhausted
  std::string (*repr)(const Value& self) = nullptr;
  std::string (*str)(const Value& self) = nullptr;  // null = repr
  std::string (*format)(const Value& self, std::string_view spec) = nullptr;
  void (*finalize)(const Value& self) noexcept = nullptr;  // __del__; raises nothing
};

/// A Python class. Builtin ones live for ever; one made by a `class` statement is freed with its last reference.
struct Type : Object {
  std::string name;                // __name__
  std::string module = "builtins"; // __module__
  Type* base = nullptr;            // the first base; null only for `object`
  std::vector<Ref<Type>> bases;
  std::vector<Type*> mro;          // method resolution order, this type first
  Ref<Dict> attributes;            // the class's own __dict__
  Slots slots;
  bool has_dict = false;           // do instances carry a __dict__ (Instance)?
  bool attributes_first = false;   // slots.get_attribute goes before class attributes that are no data descriptors (modules, classes)
  bool is_final = false;           // may no class derive from it? (bool, NoneType, ...)
  /// `cls(...)`: makes an instance, arguments included. Null = "cannot create 'x' instances".
  Value (*construct)(Type* cls, Args args) = nullptr;

  bool is_heap = false;            // made by a `class` statement
  bool has_side_dict = false;      // instances of a class derived from list, str, ...: their attributes lie aside (Note [Side dicts])
  bool is_closed = false;          // __slots__: instances take only the attributes that it names
  bool is_abstract = false;        // __abstractmethods__ is not empty: no instances
  std::vector<Type*> subclasses;   // direct ones, not owned
  mutable Function* plain_init = nullptr;  // what plain_init() (slots.h) found in that version of the world of classes
  mutable std::uint32_t plain_init_version = 0;

  Type(std::string name, Type* base);
  /// A class with several bases; TypeError when they have no consistent order. Slots for dunder methods: see update_slots().
  Type(std::string name, std::vector<Ref<Type>> bases);
  ~Type() override;

  bool is_subtype_of(const Type* other) const noexcept;
  static Type* class_type() noexcept { return type_type(); }
  /// Looks `name` up along the mro; undefined when it is not there.
  Value lookup(Str* name) const;
  /// The same without counting: null when it is not there; valid until the next change to any class.
  const Value* find(Str* name) const noexcept;
};

/// Says that some class's attributes or bases changed: what was cached about classes is void. Dicts of classes say it themselves.
void class_changed() noexcept;
/// Gives `type` the slots that its dunder methods written in Python ask for.
void update_slots(Type* type);
/// Copies the base's slots again, for a base that was filled in after `type` was made.
void inherit_slots(Type* type);

/// Sets a class attribute of a native type, by its name: set_type_attribute(type, "pi", Value::number(3.14)).
void set_type_attribute(Type* type, std::string_view name, const Value& value);

/// The type of any value, immediate ones included.
Type* type_of(const Value& value) noexcept;

/// `value` as a T when its type is T's type or derives from it, else null. T has `static Type* const kType` (or a function).
template <class T>
T* as(const Value& value) noexcept {
  if (!value.is_object()) return nullptr;
  Object* object = value.as_object();
  return object->type && object->type->is_subtype_of(T::class_type()) ? static_cast<T*>(object) : nullptr;
}

// ----------------------------------------------------------------------------------------------------------- containers

/// What a container tells its objects to, one call for each count that it owns.
struct Visitor {
  /// In a tag: less than this has what no visitor cares for. See Note [Cycles].
  static constexpr std::uint32_t kFollowed = 8;
  virtual void visit(Object& object) = 0;
  void operator()(const Value& value) {
    if (value.is_object() && value.as_object()->tag >= kFollowed) visit(*value.as_object());
  }
  template <class T>
  void operator()(const Ref<T>& ref) {
    if (ref && ref->tag >= kFollowed) visit(*ref);
  }

 protected:
  ~Visitor() = default;
};

/// A Python object that can take part in a reference cycle. They are linked, so that cycles which nobody holds can be found, and
/// the end of a run can clear them all; but for those that are made as parts: each cycle of these leads through one that is linked. See Note [Cycles].
struct Container : Object {
  enum class Part { yes };
  explicit Container(Type* type);
  Container(Type* type, Part) noexcept : Object(type), previous_(nullptr), next_(nullptr) { tag = Visitor::kFollowed; }
  ~Container() override;
  /// Lets go of everything this object owns. Called at the end of a run, and when the object is part of a dead cycle; it stays valid and empty.
  virtual void clear() = 0;
  /// Tells what it owns. What is not told counts as held from outside, so that its cycles live until the end of the run; false: tells nothing.
  virtual bool tell(Visitor&) { return false; }
  /// Links what was made as a part; nothing else when it is linked.
  void link() noexcept;

 protected:
  /// tell() of a part: goes right through one that nobody else holds.
  static void pass(Container* part, Visitor& visitor) {
    if (part && part->refs == 1 && !part->previous_) part->tell(visitor);
    else if (part && part->tag >= Visitor::kFollowed) visitor.visit(*part);
  }

 private:
  friend void clear_containers();
  friend std::size_t collect_cycles(bool all);
  friend void make_permanent(Container& container) noexcept;
  Container* previous_;  // null when permanent
  Container* next_;
};
/// Clears every living Container: the end of a run. See Note [Cycles].
void clear_containers();
/// So many containers came since the last look for cycles, less those that went.
extern std::int64_t new_containers;
/// Is it time to look? Asked wherever programs make what cycles are made of, at points where nobody holds an object uncounted.
inline bool cycles_are_due() noexcept { return new_containers > 2500; }
/// Frees the cycles that nobody holds, of the new containers or of all; tells how many objects they had. May run __del__ methods.
std::size_t collect_cycles(bool all = false);
/// Takes a container out of clear_containers()'s reach: for what outlives a run (the attributes of native types).
void make_permanent(Container& container) noexcept;

/// str: UTF-8, immutable. `length` counts code points.
struct Str final : Object {
  static constexpr std::uint32_t kInterned = 1;  // set in `tag`
  const std::string text;
  explicit Str(std::string text);
  ~Str() override;
  std::int64_t length() const noexcept;  // code points
  bool is_ascii() const noexcept;
  std::uint64_t hash() const noexcept { return hash_ ? hash_ : first_hash(); }
  static Type* class_type() noexcept;

 private:
  std::uint64_t first_hash() const noexcept;
  mutable std::int64_t length_ = -1;
  mutable std::uint64_t hash_ = 0;
};
/// The one Str for a name; lives for ever. Attribute and variable names are interned, so that they compare by pointer.
Str* intern(std::string_view name);
Str* intern(Str* name);

/// int outside 48 bits (see Note [Value bits]), and instances of classes derived from int.
struct WideNumber;  // python/builtins/bigint.h
struct Int final : Object {
  const std::int64_t number;               // of a wide one: the nearest limit
  const std::unique_ptr<WideNumber> wide;  // where 64 bits are not enough
  explicit Int(std::int64_t number);
  explicit Int(std::unique_ptr<WideNumber> wide);
  ~Int() override;
  static Type* class_type() noexcept;
};

struct List final : Container {
  std::vector<Value> items;
  explicit List(std::vector<Value> items = {});
  void clear() override { items.clear(); }
  bool tell(Visitor& visitor) override;
  static Type* class_type() noexcept;
};

/// tuple. Torch's Size and named tuples derive from it: they set another `type`.
struct Tuple : Container {
  std::vector<Value> items;
  explicit Tuple(std::vector<Value> items = {}, Type* type = class_type());
  void clear() override { items.clear(); }
  bool tell(Visitor& visitor) override;
  static Type* class_type() noexcept;
};

/// dict: insertion order kept. Also the namespace of modules, classes and instances.
struct Dict : Container {  // collections derives from it
  struct Entry {
    std::uint64_t hash;
    Value key;  // undefined = deleted
    Value value;
  };
  static constexpr std::uint32_t kClassNamespace = 1;  // set in `tag`: a change makes what is cached about classes invalid
  std::vector<Entry> entries;  // in insertion order; indices stay valid until compaction, so callers may cache one and check the key
  std::size_t count = 0;       // living entries
  std::uint64_t layout;        // no two dicts share one, and it changes when an entry comes, goes or moves

  Dict();
  explicit Dict(Part part);
  Value* find(const Value& key);  // null when absent; may run Python's __eq__/__hash__ and raise TypeError (unhashable)
  Value* find(Str* name) noexcept;  // never raises
  /// The same, looking first at entry number `guess`, which becomes the right one when found elsewhere.
  Value* find(Str* name, std::uint32_t& guess) noexcept {
    if (guess < entries.size() && entries[guess].key.is_object() && entries[guess].key.as_object() == name) return &entries[guess].value;
    return search(name, guess);
  }
  void set(const Value& key, Value value);
  void set(Str* name, Value value);
  bool erase(const Value& key);  // false when absent
  void clear() override;
  bool tell(Visitor& visitor) override;
  static Type* class_type() noexcept;

 private:
  friend struct Set;  // which knows the hashes of its keys
  std::vector<std::int32_t> index_;  // open addressing into entries; -1 empty, -2 deleted
  std::size_t used_ = 0;             // slots of index_ that are not empty
  void append(std::uint64_t hash, const Value& key, Value value);
  void rebuild(std::size_t capacity);
  std::int64_t find_entry(const Value& key, std::uint64_t hash);
  Value* search(Str* name, std::uint32_t& guess) noexcept;
};

/// set and frozenset, walked in CPython's order wherever that is the same in each of its runs: Note [Order of sets] in set.cpp.
struct Set final : Container {
  struct Slot {
    std::uint64_t hash;
    Value key;  // undefined: free, or deleted
  };
  std::size_t count = 0;  // items
  explicit Set(Type* type = class_type());
  bool contains(const Value& key);  // these three may run Python's __eq__/__hash__ and raise TypeError (unhashable)
  bool add(const Value& key);       // false when it is there already
  bool erase(const Value& key);     // false when absent
  Value pop();                      // undefined when empty
  void clear() override;
  bool tell(Visitor& visitor) override;
  /// Walks the items: undefined at the end. `position` starts at 0.
  Value next(std::size_t& position) const;
  /// The hash of the item that next() gave last.
  std::uint64_t hash_before(std::size_t position) const;
  bool is_loose() const noexcept { return loose_; }  // has it items that CPython hashes at random?
  /// What set's operators do, each as CPython builds its table. `other` may be this very set.
  void merge(Set& other);
  void reserve_for(std::size_t others);  // as it does before the keys of a dict come in
  Ref<Set> intersection(Set& other);
  Ref<Set> difference(Set& other);
  void remove_all(Set& other);
  void drop_deleted();  // after many were removed
  void toggle_all(Set& other);
  Ref<Set> copy();  // of class set
  void swap(Set& other) noexcept;
  static Type* class_type() noexcept;

 private:
  std::vector<Slot> slots_;  // open addressing; empty until something is added. Of a loose set: a few items, in the order of insertion
  std::size_t fill_ = 0;     // slots that are not free
  std::size_t finger_ = 0;   // where pop() looks first
  Ref<Dict> dict_;           // the items of a loose set, once there are more
  bool loose_ = false;       // a key has come whose hash differs from run to run

  std::size_t mask() const noexcept { return slots_.empty() ? 7 : slots_.size() - 1; }
  std::int64_t find(const Value& key, std::uint64_t hash, std::int64_t& deleted);
  bool add_hashed(const Value& key, std::uint64_t hash, bool fixed);
  bool erase_hashed(const Value& key, std::uint64_t hash);
  void put(const Value& key, std::uint64_t hash);
  void resize(std::size_t least);
  void leave_table();
  void add_loosely(const Value& key, std::uint64_t hash);
};

/// slice(start, stop, step); each part may be None.
struct Slice final : Object {
  Value start, stop, step;
  Slice(Value start, Value stop, Value step);
  static Type* class_type() noexcept;
};

/// A module object: `import x` gives one. Its names are `dict`.
struct Module final : Container {
  const std::string name;
  Ref<Dict> dict;
  void (*populate)(Module& module) = nullptr;  // called once, when a name is first missed: makes what is not made at once
  void (*missing)(const Module& module, Str* name) = nullptr;  // asked before AttributeError is raised; may raise in its own words
  explicit Module(std::string name);
  void clear() override;
  static Type* class_type() noexcept;
};

/// range(start, stop, step), and what iterates over one. The machine runs `for` over these itself; their constructors are the
/// machine's, their class_type() and slots (iterate gives these iterators) the builtins'.
struct Range final : Object {
  const std::int64_t start, stop, step;
  Range(std::int64_t start, std::int64_t stop, std::int64_t step);
  std::int64_t length() const noexcept;
  static Type* class_type() noexcept;
};
struct RangeIterator final : Object {
  std::int64_t value, remaining, step;  // value: the next one to give
  const std::int64_t length;            // how many it gives in all
  explicit RangeIterator(const Range& range);
  static Type* class_type() noexcept;
};
/// Iterates over a List ("list_iterator") or a Tuple ("tuple_iterator"), which may change meanwhile. Null sequence = exhausted.
struct ListIterator final : Object {
  Ref<List> list;
  std::size_t index = 0;
  explicit ListIterator(Ref<List> list);
  static Type* class_type() noexcept;
};
struct TupleIterator final : Object {
  Ref<Tuple> tuple;
  std::size_t index = 0;
  explicit TupleIterator(Ref<Tuple> tuple);
  static Type* class_type() noexcept;
};

/// An instance of a class written in Python (or of a native class with has_dict).
struct Instance : Container {
  Ref<Dict> dict;  // made on first use, as a part: to be linked before it is handed to the program
  explicit Instance(Type* type);
  ~Instance() override;
  void clear() override { dict = nullptr; }
  bool tell(Visitor& visitor) override { return pass(dict.get(), visitor), true; }
  Dict& attributes() {
    if (!dict) dict = make<Dict>(Part::yes);
    return *dict;
  }
};

// ----------------------------------------------------------------------------------------------------- making and reading

Value integer(std::int64_t i);                 // small or Int
Value string(std::string text);
Value tuple(std::vector<Value> items);
Value list(std::vector<Value> items);

bool is_int(const Value& value) noexcept;      // int or bool
/// The integer in an int or bool, or from __index__; else TypeError "'x' object cannot be interpreted as an integer". OverflowError
/// for one beyond 64 bits; to_integer() gives it as a Value, of any size.
std::int64_t to_index(const Value& value);
Value to_integer(const Value& value);
bool is_number(const Value& value) noexcept;   // int, bool or float
double int_to_double(const Value& value);      // of an int or bool, rounded half to even; OverflowError beyond a float's range
double to_double(const Value& value);          // of a number; TypeError "must be real number, not x" else
/// The text of a str, or null.
const std::string* text_of(const Value& value) noexcept;

// ---------------------------------------------------------------------------------------------------- native declarations

/// A native function. With a signature the arguments arrive bound to its parameters, defaults filled in (undefined where the
/// default is written `...`); without one they arrive as called.
using BoundFunction = Value (*)(const Value* parameters);
using RawFunction = Value (*)(Args args);
/// Like a RawFunction, with data of its own that lives for ever: one C++ function behind many names (torch's operators).
using ClosureFunction = Value (*)(const void* data, Args args);

/// Makes a builtin function from a signature as Python writes it: "split(self, sep=None, maxsplit=-1)", "/" and "*" allowed,
/// "*args" gives a tuple, "**kwargs" a dict. Wrong arguments raise CPython's TypeErrors.
Value native(std::string_view signature, BoundFunction function);
Value native_raw(std::string_view name, RawFunction function);
/// With an owner it is a method of that type, to be set as its attribute.
Value native_closure(std::string_view name, ClosureFunction function, const void* data, Type* owner = nullptr);

struct Method {
  std::string_view signature;  // as for native()
  BoundFunction function;
  Value (*alone)(const Value& self) = nullptr;  // the same where self is all that is given; most do without
};
struct RawMethod {
  std::string_view name;
  RawFunction function;
};
struct Property {
  std::string_view name;
  Value (*get)(const Value& self);
  void (*set)(const Value& self, const Value& value) = nullptr;  // null = read-only; an undefined value deletes
};
void add_methods(Type* type, std::span<const Method> methods);
void add_methods(Type* type, std::span<const RawMethod> methods);
void add_properties(Type* type, std::span<const Property> properties);

// ------------------------------------------------------------------------------------------- what any value can be asked
// These do what the Python expression does, dunder methods of Python classes included, and raise what it raises.

Value get_attribute(const Value& object, Str* name);            // AttributeError when absent
Value find_attribute(const Value& object, Str* name);           // undefined when absent
/// Calls the method `name` of the value's class, not of its own attributes, as Python does for dunders; undefined when absent.
Value call_special(const Value& object, Str* name, std::initializer_list<Value> rest = {});
void set_attribute(const Value& object, Str* name, const Value& value);
Value call(const Value& function, Args args);                   // runs nested, to completion
Value call(const Value& function, std::initializer_list<Value> positional);
Value binary(Binary op, const Value& a, const Value& b, bool in_place = false);
Value unary(Unary op, const Value& a);
Value compare(Compare op, const Value& a, const Value& b);
bool equal(const Value& a, const Value& b);
bool truth(const Value& value);
std::uint64_t hash(const Value& value);
/// Set when a hash goes into another one, or is asked for, that CPython draws anew for each run: of a str, of an identity.
extern bool hashed_at_random;
std::int64_t length(const Value& value);
Value get_item(const Value& object, const Value& key);
void set_item(const Value& object, const Value& key, const Value& value);
bool contains(const Value& object, const Value& item);
Value iterate(const Value& object);
Value next(const Value& iterator);                              // undefined = exhausted
std::vector<Value> to_vector(const Value& iterable);
std::string repr(const Value& value);
std::string str(const Value& value);
std::string format(const Value& value, std::string_view spec);
bool is_instance(const Value& value, Type* type) noexcept;

}  // namespace nabla
