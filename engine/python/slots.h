// Dunder methods and slots: how a class written in Python fills a native slot, and what else the files about classes share.
#pragma once
#include "python/function.h"
#include "python/names.h"

namespace nabla {

/// Counts the changes to classes: what was cached under another number is void.
extern std::uint32_t current_class_version;
inline std::uint32_t class_version() noexcept { return current_class_version; }
/// The native class that instances of `type` are laid out as.
Type* native_base(Type* type) noexcept;
/// What `object` itself does, where a class does not say otherwise.
void set_attribute_default(const Value& object, Str* name, const Value& value);
Value get_attribute_default(const Value& object, Str* name);
std::string repr_default(const Value& object);
std::string type_qualname(const Type* type);
/// Slots and methods of generators.
void setup_generators();
/// `cls(...)` for a class written in Python: __new__, then __init__.
Value construct_python(Type* cls, Args args);
/// The first half of it: the new object, before __init__. Sets `initialize` when __init__ is to be called.
Value construct_new(Type* cls, Args args, bool& initialize);
/// The class of a `class` statement whose body left these names.
/// TypeError when `metaclass` cannot be the class of a class with these bases. `keywords` (no positional ones) go to __init_subclass__.
Value make_class(std::string name, const std::vector<Value>& bases, const Dict& body, Type* metaclass = type_type(), Args keywords = {});
/// The class statement: finds the metaclass, runs the body in the namespace that it prepares. `keywords` may be null.
Value build_class(Str* name, std::vector<Value> bases, const Value& body, Dict* keywords);
/// TypeError for a class that has abstract methods.
void check_concrete(const Type* cls);
/// type(x), or type(name, bases, dict).
Value construct_type(Type* cls, Args args);
Function* find_plain_init(const Type* cls) noexcept;
/// The __init__ in Python that is all there is to `cls(...)` besides making an Instance; else null.
inline Function* plain_init(const Type* cls) noexcept {
  return cls->plain_init_version == class_version() ? cls->plain_init : find_plain_init(cls);
}
/// Complains when an __init__ returned something.
void check_init_result(const Value& result);
/// Raises AttributeError for object.name.
[[noreturn]] void missing_attribute(const Value& object, Str* name);
[[noreturn]] void raise_attribute_error(std::string message, const Value& object, Str* name);
/// An AttributeError that was raised while that was looked for tells so, if it does not say what it is about.
void note_attribute(const Value& raised, const Value& object, Str* name);

/// The slot functions of classes written in Python: operations.cpp asks for these two by address, since they must know which side
/// they stand on.
Value python_binary(Binary op, const Value& a, const Value& b, bool in_place);
Value python_binary_side(Binary op, const Value& a, const Value& b, bool in_place, bool reflected);
/// The function in Python that is the first to answer `a op b`, where that is plain; `reflected`: with b as its self. Null elsewhere.
Function* python_sign(Binary op, const Value& a, const Value& b, bool in_place, bool& reflected);
/// Goes on after python_sign() where the answer was NotImplemented.
Value binary_rest(Binary op, const Value& a, const Value& b, bool in_place);
Value python_compare(Compare op, const Value& a, const Value& b);
/// The attribute of the class that answers `op` for an object of it; `inverted`: it is __eq__, for `!=`. Null when there is none.
const Value* compare_method(const Type* type, Compare op, bool& inverted);
/// Goes on with a comparison where the left side said NotImplemented.
Value compare_rest(Compare op, const Value& a, const Value& b);
/// What the methods must give, checked as CPython does.
std::string must_be_text(const Value& result, const char* method);
std::int64_t must_be_length(const Value& result);
bool must_be_bool(const Value& result);

inline constexpr std::string_view kBinaryNames[] = {"add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul", "lshift", "rshift", "and", "or", "xor"};
inline constexpr std::string_view kCompareNames[] = {"lt", "le", "eq", "ne", "gt", "ge"};
inline constexpr Compare kSwapped[] = {Compare::gt, Compare::ge, Compare::eq, Compare::ne, Compare::lt, Compare::le};

}  // namespace nabla
