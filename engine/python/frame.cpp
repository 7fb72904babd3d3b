// Frames: their memory, and how the arguments of a call become the registers of one, with CPython's words when they do not fit.
#include "python/frame.h"

#include <new>

#include "python/machine.h"
#include "python/interpreter.h"

namespace nabla {

Frame* new_frame(const Code* code) {
  const std::size_t bytes = sizeof(Frame) + code->registers * sizeof(Value);
  auto* frame = ::new (pool_allocate(bytes)) Frame;
  frame->code = code;
  frame->first_temporary = code->first_temporary;
  frame->constants = code->constants.data();
  frame->sites = const_cast<Site*>(code->sites.data());
  Value* registers = frame->registers();
  for (std::uint16_t i = 0; i < code->registers; ++i) ::new (static_cast<void*>(registers + i)) Value;
  return frame;
}

Code::~Code() {
  const std::size_t bytes = sizeof(Frame) + registers * sizeof(Value);
  while (Frame* frame = spare) {
    spare = frame->back;
    frame->~Frame();
    pool_free(frame, bytes);
  }
}

namespace {

std::string quoted_list(const std::vector<std::string_view>& names) {
  std::string out;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) out += names.size() == 2 ? " and " : i + 1 == names.size() ? ", and " : ", ";
    out += cat("'", names[i], "'");
  }
  return out;
}

const char* plural(std::size_t n) { return n == 1 ? "" : "s"; }

[[noreturn]] void too_many(const Function& f, const Value* registers, std::size_t given) {
  const Code& code = *f.code;
  const std::size_t least = code.positional - f.defaults.size();
  std::size_t keyword_only = 0;
  for (std::size_t i = code.positional; i < static_cast<std::size_t>(code.positional + code.keyword_only); ++i) keyword_only += !registers[i].is_undefined();
  std::string were = cat(given, given == 1 ? " was given" : " were given");
  if (keyword_only) {
    were = cat(given, " positional argument", plural(given), " (and ", keyword_only, " keyword-only argument", plural(keyword_only), ") were given");
  }
  too_many_arguments(str(f.word(Function::qualname)), least, code.positional, were);
}

void bind_keywords(const Function& f, Value* r, Args args, Dict* extra) {
  const Code& code = *f.code;
  const std::size_t named = static_cast<std::size_t>(code.positional + code.keyword_only);
  for (std::uint32_t i = 0; i < args.keyword_count(); ++i) {
    Str* name = args.keyword_name(i);
    std::size_t slot = code.positional_only;
    while (slot < named && code.local_names[slot] != name && code.local_names[slot]->text != name->text) ++slot;
    if (slot < named) {
      if (!r[slot].is_undefined()) fail("TypeError", str(f.word(Function::qualname)), "() got multiple values for argument '", name->text, "'");
      r[slot] = args.keyword_value(i);
    } else if (extra) {
      extra->set(name, args.keyword_value(i));
    } else {
      std::string positional_only;  // of all the keywords
      for (std::uint32_t k = 0; k < args.keyword_count(); ++k) {
        for (std::size_t p = 0; p < code.positional_only; ++p) {
          if (code.local_names[p]->text == args.keyword_name(k)->text) positional_only += cat(positional_only.empty() ? "" : ", ", code.local_names[p]->text);
        }
      }
      if (positional_only.empty()) fail("TypeError", str(f.word(Function::qualname)), "() got an unexpected keyword argument '", name->text, "'");
      fail("TypeError", str(f.word(Function::qualname)), "() got some positional-only arguments passed as keyword arguments: '", positional_only, "'");
    }
  }
}

}  // namespace

void too_many_arguments(std::string_view function, std::size_t least, std::size_t most, const std::string& were) {
  const std::string takes = least == most ? cat(most, " positional argument", plural(most)) : cat("from ", least, " to ", most, " positional arguments");
  fail("TypeError", function, "() takes ", takes, " but ", were);
}

void missing_arguments(std::string_view function, const char* kind, const std::vector<std::string_view>& names) {
  fail("TypeError", function, "() missing ", names.size(), " required ", kind, " argument", plural(names.size()), ": ", quoted_list(names));
}

void bind_arguments(Frame* frame, const Function& f, Args args) {
  const Code& code = *f.code;
  Value* r = frame->registers();
  const std::uint32_t direct = std::min<std::uint32_t>(args.positional, code.positional);
  for (std::uint32_t i = 0; i < direct; ++i) r[i] = args[i];
  std::size_t next = static_cast<std::size_t>(code.positional + code.keyword_only);
  Dict* extra = nullptr;
  if (code.flags & Code::var_positional) {
    r[next++] = tuple(args.positional > direct ? std::vector<Value>(args.values + direct, args.values + args.positional) : std::vector<Value>{});
  }
  if (code.flags & Code::var_keyword) {
    auto made = make<Dict>();
    extra = made.get();
    r[next] = made;
  }
  if (args.keywords) bind_keywords(f, r, args, extra);
  if (args.positional > direct && !(code.flags & Code::var_positional)) too_many(f, r, args.positional);
  const std::size_t first_default = code.positional - f.defaults.size();
  std::vector<std::string_view> absent;
  for (std::size_t i = direct; i < code.positional; ++i) {
    if (!r[i].is_undefined()) continue;
    if (i >= first_default) {
      r[i] = f.defaults[i - first_default];
    } else {
      absent.push_back(code.local_names[i]->text);
    }
  }
  if (!absent.empty()) missing_arguments(str(f.word(Function::qualname)), "positional", absent);
  for (std::size_t i = 0; i < code.keyword_only; ++i) {
    Value& slot = r[code.positional + i];
    if (!slot.is_undefined()) continue;
    if (!f.keyword_defaults.empty()) slot = f.keyword_defaults[i];
    if (slot.is_undefined()) absent.push_back(code.local_names[code.positional + i]->text);
  }
  if (!absent.empty()) missing_arguments(str(f.word(Function::qualname)), "keyword-only", absent);
}

void load_closure(Frame* frame, const Function& f) {
  Value* r = frame->registers() + f.code->first_free;
  for (const Ref<Cell>& cell : f.closure) *r++ = cell;
}

}  // namespace nabla
