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

/// Joins text, characters, integers and anything with an `append(std::string&, const T&)` overload.
template <class... Parts>
std::string cat(const Parts&... parts) {
  std::string out;
  (append(out, parts), ...);
  return out;
}

/// Throws Error: fail("RuntimeError", "shape ", n, " is invalid").
template <class... Parts>
[[noreturn]] void fail(const char* kind, const Parts&... parts) {
  throw Error{kind, cat(parts...), {}};
}

/// Says a warning of a Python category ("UserWarning", "DeprecationWarning"). Goes to the handler, or nowhere when there is none.
void warn(std::string_view category, std::string_view message);
/// The same, but only the first time in a run: for what PyTorch says once per process. `message` must live for ever.
void warn_once(std::string_view category, const char* message);
/// A run begins: what was said once may be said again.
void forget_warnings();
/// Sets what receives warnings (the Python layer); returns the handler before it. The handler may throw (warnings as errors).
using WarningHandler = void (*)(std::string_view category, std::string_view message);
WarningHandler set_warning_handler(WarningHandler handler);

}  // namespace nabla
