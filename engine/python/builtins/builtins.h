// What the builtins give the machine, and the little they ask of it. The seam between engine/python and engine/python/builtins.
//
// Who defines what of object.h: builtins/types.cpp defines every class_type() there (Str, Int, List, Tuple, Dict, Set, Slice,
// Module) and type_of(); the slots and methods of the builtin types are in the other files of this folder. The machine defines
// all the rest: Type's and the containers' constructors and data structures, intern, native(), get_attribute, binary, call, ...
#pragma once
#include <string_view>

#include "python/object.h"

namespace nabla {

// ------------------------------------------------------------------------------------------------- given to the machine

// See Note [Making the types]. The pointers are constants and may be stored before the types are made.
Type* object_type() noexcept;
Type* type_type() noexcept;
Type* bool_type() noexcept;
Type* int_type() noexcept;
Type* float_type() noexcept;
Type* none_type() noexcept;
Type* not_implemented_type() noexcept;
Type* ellipsis_type() noexcept;
Type* frozenset_type() noexcept;

/// Makes the builtin types (slots first, then methods). Called once, before anything else of Python; calling again does nothing.
void make_builtin_types();
/// Puts the builtin types and functions into the namespace that every program sees.
void install_builtins(Dict& builtins);
/// The standard module of that name, newly made, or null when there is none ("math", "random", "collections.abc", ...).
Ref<Module> make_standard_module(std::string_view name);

/// int | None of two classes (slots.binary of classes), list[int], and how a type is written in an annotation ("int", "list[int]", "torch.Tensor").
Value join_types(Binary op, const Value& a, const Value& b, bool in_place);
Value subscript_type(const Value& type, const Value& key);
std::string type_words(const Value& value);
/// What a union of types consists of, for isinstance(); null for anything else.
const std::vector<Value>* union_members(const Value& value) noexcept;
bool is_alias(const Value& value) noexcept;

/// set.update(iterable).
void set_update(Set& set, const Value& iterable);

/// complex(real, imag). The type is written in Python (lib/builtins.complex.py).
Value complex_number(double real, double imag);

/// bytes, for the literals of the compiler.
Value make_bytes(std::string bytes);
/// The bytes in a bytes object; null when it is something else.
const std::string* bytes_of(const Value& value) noexcept;

/// The clock of time.time(), in seconds since 1970. Whoever embeds the machine may set another.
using Clock = double (*)();
void set_clock(Clock clock) noexcept;

/// What a fresh run starts from: random's generator is at its fixed seed again.
void reset_builtins();

// --------------------------------------------------------------------------------------------------- asked of the machine

/// Gives `object` and `type` their slots. Called by make_builtin_types() before any other type is made.
void fill_object_slots(Slots& object, Slots& type);
/// Raises the builtin exception class `kind` with these arguments; for those that hold a value: KeyError(key), StopIteration(x).
[[noreturn]] void raise(std::string_view kind, std::vector<Value> arguments);
/// The namespace of the module that is running, and the names visible at the place now running (globals() and locals()).
Value current_globals();
Value current_locals();

}  // namespace nabla
