// What can be called or bound: Python functions and their cells, native functions, bound methods, descriptors, super.
#pragma once
#include <memory>

#include "python/object.h"

namespace nabla {

struct Code;

/// A variable shared between a function and those inside it.
struct Cell final : Container {  // a part: cycles lead through the functions around it
  Value value;
  Cell();
  void clear() override { value = Value(); }
  bool tell(Visitor& visitor) override { return visitor(value), true; }
  static Type* class_type() noexcept;
};

/// A function written in Python.
struct Function final : Container {  // a part, unless it has a closure
  Ref<Code> code;
  Ref<Dict> globals;
  std::vector<Value> defaults;          // of the last positional parameters
  std::vector<Value> keyword_defaults;  // one for each keyword-only parameter, undefined = none; empty when there are none at all
  std::vector<Ref<Cell>> closure;
  Ref<Dict> attributes;  // null until one is set
  /// What has these names with "__" around. They are the code's (and the module that of the globals) until they are set.
  enum Word { name, qualname, doc, module, words };
  Value word(Word which) const;
  void set_word(Word which, const Value& value);
  Function(Ref<Code> code, Ref<Dict> globals);
  ~Function() override;
  void clear() override;
  bool tell(Visitor& visitor) override;
  static Type* class_type() noexcept;

 private:
  std::unique_ptr<Value[]> own_words_;  // undefined: not set
};

/// The parameters of a native function, read from its signature.
struct NativeSignature {
  enum class Kind : std::uint8_t { positional_only, normal, var_positional, keyword_only, var_keyword };
  struct Parameter {
    Str* name;
    Kind kind;
    bool required;
    Value default_value;
  };
  std::vector<Parameter> parameters;
  std::uint32_t positional = 0;  // how many can be given by position
  std::uint32_t required = 0;    // how many of those must be given
  bool simple = true;            // no *args, keyword-only or **kwargs: a full positional call needs no binding
  bool takes_keywords = false;
  bool is_def = false;           // "def f(...)": what CPython or PyTorch write in Python, with the words of such functions for wrong arguments
};

/// A native function the machine runs itself when Python code calls it, so that it needs no C++ stack; from `len` on only where it asks a class
/// written in Python.
enum class MachineCall : std::uint8_t { no, next, generator_next, generator_send, generator_throw, generator_close, build_class, len, repr };

struct NativeFunction final : Object {
  Str* name;
  Type* owner = nullptr;  // the type it is a method of; its first argument must be an instance
  RawFunction raw = nullptr;
  BoundFunction bound = nullptr;
  ClosureFunction closure = nullptr;  // called with `data`
  Value (*alone)(const Value& self) = nullptr;  // goes before the others where self is the only argument
  const void* data = nullptr;
  std::unique_ptr<NativeSignature> signature;
  MachineCall machine_call = MachineCall::no;
  explicit NativeFunction(Str* name);
  static Type* class_type() noexcept;
};
/// Calls a native function. `self_checked`: the first argument is known to be an instance of the owner.
Value call_native(const NativeFunction& function, Args args, bool self_checked = false);

/// A function with a cache in front of it: what functools.lru_cache makes. The machine calls the function itself, so that recursion through it
/// needs no C++ stack.
struct Memo final : Container {
  Value function;
  std::int64_t limit;  // -1 = none
  Ref<Dict> results = make<Dict>();
  Ref<Dict> attributes = make<Dict>();
  std::int64_t hits = 0, misses = 0;
  Memo(Value function, std::int64_t limit);
  /// The result known for these arguments, or undefined; then `key` is what to remember it by.
  Value recall(Args args, Value& key);
  void remember(const Value& key, const Value& result);
  void clear() override;
  static Type* class_type();
};

/// obj.method, taken as a value: a function and the object it was found on.
struct BoundMethod final : Container {  // a part
  Value function, self;
  BoundMethod(Value function, Value self);
  void clear() override {}
  bool tell(Visitor& visitor) override { return visitor(function), visitor(self), true; }
  static Type* class_type() noexcept;
};

/// A native attribute (add_properties).
struct GetSet final : Object {
  Str* name;
  Type* owner;
  Value (*get)(const Value& self);
  void (*set)(const Value& self, const Value& value);
  GetSet(Str* name, Type* owner, const Property& property);
  static Type* class_type() noexcept;
};

/// A dunder method of a native type, made from its slot: what `list.__len__` or `super().__setattr__` gives.
struct SlotWrapper final : Object {
  Type* owner;
  std::uint8_t which;  // index into the table in slots.cpp
  SlotWrapper(Type* owner, std::uint8_t which);
  static Type* class_type() noexcept;
};
/// Gives a native type the dunder methods that its own slots stand for. Part of init_python() for the builtin types.
void add_slot_wrappers(Type* type);

struct PythonProperty final : Object {
  Value get, set, del, doc;
  PythonProperty(Value get, Value set, Value del, Value doc);
  static Type* class_type() noexcept;
};
struct StaticMethod final : Object {
  Value function;
  explicit StaticMethod(Value function);
  static Type* class_type() noexcept;
};
struct ClassMethod final : Object {
  Value function;
  explicit ClassMethod(Value function);
  static Type* class_type() noexcept;
};
struct Super final : Object {
  Ref<Type> start;  // the search begins after this class
  Value self;       // an instance, or a class
  Type* self_type;
  Super(Ref<Type> start, Value self, Type* self_type);
  static Type* class_type() noexcept;
};

/// What an attribute found on a class is when it is read through `object` (undefined: through the class itself): functions bind,
/// properties are called.
Value bind_attribute(const Value& attribute, const Value& object, Type* type);
/// Does this class attribute go before the instance's own (has it a setter)?
bool is_data_descriptor(const Value& attribute) noexcept;
/// An object of a class derived from a native type: its attributes; and what its destructor has to do.
Dict& side_dict(const Object* object);
void leave_class(const Object& object) noexcept;
/// An instance's own attributes, or null when its class gives it none.
Dict* instance_dict(const Value& object) noexcept;

/// Type objects of this file's structs live here, as Note [Making the types] says.
void make_machine_types();
/// Makes all types and the module `builtins`; safe to call again. The constructor of Machine calls it.
void init_python();
/// The names that every program sees.
Dict& builtins_dict() noexcept;

}  // namespace nabla
