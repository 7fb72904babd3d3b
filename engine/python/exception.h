// Python exceptions: the objects, their classes, how native code raises them, and tracebacks as text.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "python/code.h"
#include "python/object.h"

namespace nabla {

/// A Python exception in flight through native code. `value` is an Exception.
struct Raise {
  Value value;
};

struct Exception final : Instance {
  struct Entry {
    Ref<Code> code;
    Place place;
  };
  /// Of a SyntaxError: where, in columns of code points from 1.
  struct Syntax {
    std::string filename, text;
    std::uint32_t line, column, end_line, end_column;
    std::uint32_t shift = 0;  // in UTF-16 code units: so far to the right in its line stands what `text` shows of it
  };
  Value args;            // a tuple
  Value cause, context;  // Exceptions, or undefined
  bool suppress_context = false;
  bool is_limit = false;         // a limit of the run was hit: no handler stops it
  std::vector<Entry> traceback;  // the outermost last, as it was unwound
  std::vector<std::string> notes;
  Str* missing = nullptr;  // the name that was not found, for suggestions
  Value searched;          // ... and the object that it was looked for on; undefined for a plain name, which has its
  std::string suggestion;  // suggestion at once
  std::unique_ptr<Syntax> syntax;
  Exception(Type* type, std::vector<Value> args);
  void clear() override;
  static Type* class_type() noexcept;
};

/// The exception class of that name; one that does not exist is made, below RuntimeError.
Type* exception_type(std::string_view name);
Value make_exception(Type* type, std::vector<Value> args);
/// What the machine makes of an Error from native code.
Value to_exception(const Error& error);
/// str(exception): what stands after the colon.
std::string exception_message(const Exception& exception);
/// The whole text that CPython prints for an uncaught exception, with those it was caused by, ending in a newline. Without `suggests` as
/// the module traceback writes it.
std::string format_traceback(const Exception& exception, bool suggests = true);
/// "Type: message" lines alone.
std::string format_exception_only(const Exception& exception, bool suggests = true);
/// The names near to `wrong`: CPython's "Did you mean". Empty when none is near enough.
std::string suggest_name(std::string_view wrong, const std::vector<std::string_view>& names);
/// Puts the exception classes into the dict of builtins.
void install_exceptions(Dict& builtins);
void setup_exceptions();

}  // namespace nabla
