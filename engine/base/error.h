// The one error type of the engine, the text builder it is made with, and the channel for warnings.
// Thrown by every layer, turned into a Python exception by the machine, and handed on as a value by the runtime.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace nabla {

/// An error on its way to Python: `kind` is the name of the Python exception class ("RuntimeError", "TypeError", ...).
/// `notes` are hints of nabla's own; they are never part of the message, which is PyTorch's or CPython's to the letter.
struct Error {
  std::string kind;
  std::string message;
  std::vector<std::string> notes;
};

inline void append(std::string& out, std::string_view text) { out += text; }
inline void append(std::string& out, char c) { out += c; }
template <class T>
  requires std::is_same_v<T, bool>  // a template, lest a pointer to characters become a bool
void append(std::string& out, T b) {
  out += b ? "True" : "False";
}
template <class T>
  requires(std::is_integral_v<T> && !std::is_same_v<T, bool> && !std::is_same_v<T, char>)
void append(std::string& out, T number) {
  out += std::to_string(number);
}

/// A piece of a text under construction. Messages are made in hundreds of places, so that a place is kept small: it lays out its
/// pieces, and one function joins them.
class Piece {
 public:
  Piece(const char* text) : kind_(Kind::c_string), object_(text) {}
  Piece(const std::string& text) : kind_(Kind::string), object_(&text) {}
  Piece(const std::string_view& text) : kind_(Kind::view), object_(&text) {}
  template <class T>
    requires std::is_integral_v<T>
  Piece(T value)
      : kind_(std::is_same_v<T, bool> ? Kind::boolean : std::is_same_v<T, char> ? Kind::character : Kind::number),
        number_(static_cast<std::int64_t>(value)) {}
  template <class T>
    requires(!std::is_integral_v<T> && !std::is_convertible_v<const T&, std::string_view>)
  Piece(const T& value) : kind_(Kind::other), object_(&value), write_([](std::string& out, const void* object) { append(out, *static_cast<const T*>(object)); }) {}
  void write(std::string& out) const;

 private:
  enum class Kind : std::uint8_t { c_string, string, view, number, boolean, character, other };
  Kind kind_;
  union {
    const void* object_;
    std::int64_t number_;
  };
  void (*write_)(std::string& out, const void* object) = nullptr;
};
std::string join(const Piece* pieces, std::size_t count);
[[noreturn]] void fail_with(const char* kind, const Piece* pieces, std::size_t count);

/// Joins text, characters, integers and anything with an `append(std::string&, const T&)` overload.
template <class... Parts>
[[gnu::always_inline]] inline std::string cat(const Parts&... parts) {
  const Piece pieces[] = {Piece(parts)...};
  return join(pieces, sizeof...(parts));
}

/// Throws Error: fail("RuntimeError", "shape ", n, " is invalid").
template <class... Parts>
[[noreturn, gnu::always_inline]] inline void fail(const char* kind, const Parts&... parts) {
  const Piece pieces[] = {Piece(parts)...};
  fail_with(kind, pieces, sizeof...(parts));
}

/// Says a warning of a Python category ("UserWarning", "DeprecationWarning"). Goes to the handler, or nowhere when there is none.
/// `levels`: it counts as said that many calls above the operator's; -1: at a line of PyTorch's own, so but once.
void warn(std::string_view category, std::string_view message, int levels = 0);
/// The same, but only the first time in a run: for what PyTorch says once per process. `message` must live for ever.
void warn_once(std::string_view category, const char* message);
/// Is it the first time in a run that this is asked of `key`, which must live for ever?
bool is_first_time(const char* key);
/// A run begins: what was said once may be said again.
void forget_warnings();
/// Sets what receives warnings (the Python layer); returns the handler before it. The handler may throw (warnings as errors).
using WarningHandler = void (*)(std::string_view category, std::string_view message, int levels);
WarningHandler set_warning_handler(WarningHandler handler);

}  // namespace nabla
