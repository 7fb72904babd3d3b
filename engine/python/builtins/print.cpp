// print(), and the streams sys.stdout and sys.stderr.
#include "python/builtins/functions.h"
#include "python/library.h"
#include "python/machine.h"

namespace nabla {
namespace {

struct Stream final : Object {
  bool to_stderr;
  explicit Stream(bool to_stderr) : Object(class_type()), to_stderr(to_stderr) {}
  static Type* class_type();
};

Value write(const Value* p) {
  const std::string* text = text_of(p[1]);
  if (!text) fail("TypeError", "write() argument must be str, not ", type_name(p[1]));
  Machine::current().write(*text, self_as<Stream>(p[0]).to_stderr);
  return integer(as<Str>(p[1])->length());
}

constexpr Method kMethods[] = {
    {"write(self, text, /)", write},
    {"flush(self)", [](const Value*) { return Value::none(); }},
    {"isatty(self)", [](const Value*) { return Value::boolean(false); }},
};

Type* Stream::class_type() {
  static Type* const type = [] {
    Type* made = make_type("TextIOWrapper", [](Type& t) {
      t.module = "_io";
      t.slots.repr = [](const Value& self) {
        return cat("<_io.TextIOWrapper name='<", slot_self<Stream>(self).to_stderr ? "stderr" : "stdout", ">' mode='w' encoding='utf-8'>");
      };
    });
    add_methods(made, kMethods);
    return made;
  }();
  return type;
}

/// sep= and end=: a str, or None for what is usual.
std::string joint(Args args, const char* name, const char* usual) {
  const Value given = keyword(args, name);
  if (given.is_undefined() || given.is_none()) return usual;
  const std::string* text = text_of(given);
  if (!text) fail("TypeError", name, " must be None or a string, not ", type_name(given));
  return *text;
}

Value print(Args args) {
  only_keywords("print", args, {"sep", "end", "file", "flush"});
  const std::string separator = joint(args, "sep", " "), end = joint(args, "end", "\n");
  Value file = keyword(args, "file");
  if (file.is_undefined() || file.is_none()) {
    if (const Value* replaced = loaded_name("sys", "stdout")) file = *replaced;
  }
  const Stream* stream = as<Stream>(file);
  const bool own_stream = file.is_undefined() || file.is_none() || stream;
  std::string out;  // to our own streams in one piece; any other file gets each piece by itself, as from CPython
  const auto put = [&](const std::string& piece) {
    if (own_stream) out += piece;
    else call(get_attribute(file, intern("write")), {string(piece)});
  };
  const auto flush = [&] { Machine::current().write(out, stream && stream->to_stderr); };
  try {
    for (std::uint32_t i = 0; i < args.positional; ++i) {
      if (i) put(separator);
      const std::string* text = text_of(args[i]);
      put(text && type_of(args[i]) == Str::class_type() ? *text : str(args[i]));
    }
    put(end);
  } catch (...) {  // what came before the value that cannot be shown
    if (!out.empty()) flush();
    throw;
  }
  if (own_stream) flush();
  return Value::none();
}

}  // namespace

Value standard_stream(bool to_stderr) {
  static const Value streams[] = {make<Stream>(false), make<Stream>(true)};
  return streams[to_stderr];
}

void add_print(Dict& builtins) { builtins.set(intern("print"), native_raw("print", print)); }

}  // namespace nabla
