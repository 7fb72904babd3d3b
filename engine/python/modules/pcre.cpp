// The module _pcre: what matches for `re`, by the library PCRE2. lib/_sre_writer.py writes patterns in its syntax, without names, flags or classes
// that depend on Unicode; texts are code points, so that positions are Python's.
#include <algorithm>
#include <string>

#define PCRE2_CODE_UNIT_WIDTH 32
#include <pcre2.h>

#include "python/builtins/unicode.h"
#include "python/modules/modules.h"

namespace nabla {
namespace {

using Number = std::int64_t;

/// A search is done in slices, so that it can be stopped: so many places where a match may begin in one call of match(), each with so many ways back. A place
/// that needs more is a slice by itself, with the second number of them; then nabla gives up.
constexpr int kPlaces = 1000;
constexpr std::uint32_t kFewWays = 20'000, kMostWays = 20'000'000;
constexpr std::uint32_t kMostHeap = 640 << 10;  // in kB

/// Letters that are the same when case is ignored, though none is the other's lower or upper case.
constexpr const char32_t* kTwins[] = {U"iıİ", U"sſ", U"k\u212a", U"å\u212b", U"μµ", U"σς", U"θϑϴ", U"βϐ", U"φϕ", U"πϖ", U"εϵ", U"κϰ", U"ρϱ", U"ω\u2126", U"ṡẛ"};

std::u32string code_points(const Value& text) {
  std::u32string out;
  const std::string& bytes = *text_of(text);
  out.reserve(bytes.size());
  for (std::size_t at = 0; at < bytes.size();) out += decode(bytes, at);
  return out;
}

/// A back reference that ignores case: (?C2) stands before what it is compared with, (?C3) behind it; of the next, (?C4) and (?C5).
struct Again {
  std::size_t group;
  bool ascii;
  std::size_t begin = 0;
};

struct Program final : Object {
  pcre2_code* code = nullptr;
  pcre2_match_data* found = nullptr;
  pcre2_match_context* context = nullptr;
  std::vector<Again> again;
  std::size_t begin = 0;   // where a match is being looked for, from (?C0)
  int places = 0;          // how many more there may be
  std::uint32_t last = 0;  // the group that was closed last, from (?C1)
  Program() : Object(class_type()) {}
  ~Program() override {
    pcre2_match_context_free(context);
    pcre2_match_data_free(found);
    pcre2_code_free(code);
  }
  static Type* class_type() {
    static Type* const type = make_type("_Program", [](Type& t) { t.module = "_pcre"; });
    return type;
  }
};
struct Subject final : Object {
  std::u32string text;
  Subject() : Object(class_type()) {}
  static Type* class_type() {
    static Type* const type = make_type("_Subject", [](Type& t) { t.module = "_pcre"; });
    return type;
  }
};

int on_callout(pcre2_callout_block* block, void* data) {
  Program& program = *static_cast<Program*>(data);
  if (block->callout_number == 0) {
    program.begin = block->start_match;
    return program.places-- == 0 ? PCRE2_ERROR_CALLOUT : 0;
  }
  if (block->callout_number == 1) {
    program.last = block->capture_last;
    return 0;
  }
  Again& again = program.again[(block->callout_number - 2) / 2];
  if (block->callout_number % 2 == 0) {
    again.begin = block->current_position;
    return 0;
  }
  const PCRE2_SIZE from = block->offset_vector[2 * again.group], to = block->offset_vector[2 * again.group + 1];
  if (again.group >= block->capture_top || from == PCRE2_UNSET || to - from != block->current_position - again.begin) return 1;
  for (PCRE2_SIZE i = from, k = again.begin; i < to; ++i, ++k) {
    const char32_t a = block->subject[i], b = block->subject[k];
    if (a != b && ((again.ascii && (a > 127 || b > 127)) || to_lower(a) != to_lower(b))) return 1;
  }
  return 0;
}

/// `again` lists group and ascii? for each back reference that ignores case.
Value compile(const Value* p) {
  auto program = make<Program>();
  const std::u32string pattern = code_points(p[0]);
  int error = 0;
  PCRE2_SIZE at = 0;
  program->code = pcre2_compile(reinterpret_cast<PCRE2_SPTR>(pattern.data()), pattern.size(), PCRE2_DOTALL | PCRE2_MULTILINE | PCRE2_ALT_CIRCUMFLEX, &error, &at, nullptr);
  if (program->code == nullptr) fail("NotImplementedError", "this regular expression is more than nabla can compile (PCRE2's error ", error, ")");
  program->found = pcre2_match_data_create_from_pattern(program->code, nullptr);
  program->context = pcre2_match_context_create(nullptr);
  pcre2_set_heap_limit(program->context, kMostHeap);
  pcre2_set_callout(program->context, on_callout, program.get());
  Walk walk(p[1]);
  for (Value group, ascii; walk.next(group) && walk.next(ascii);) program->again.push_back({static_cast<std::size_t>(to_index(group)), to_index(ascii) != 0});
  return program;
}

Value subject(const Value* p) {
  auto made = make<Subject>();
  made->text = code_points(p[0]);
  return made;
}

/// A list of the groups' bounds and the number of the group closed last (-1: none), None, or the position to go on from in another call.
/// `mode`: 0 anywhere from `pos` on, 1 at `pos`, 2 all of pos..endpos. `not_empty`: no empty match at `pos`.
Value match(const Value* p) {
  Program& program = self_as<Program>(p[0]);
  const std::u32string& text = self_as<Subject>(p[1]).text;
  const Number pos = to_index(p[2]), end = to_index(p[3]), mode = to_index(p[4]);
  if (pos > end) return Value::none();
  const std::uint32_t options = (mode > 0 ? PCRE2_ANCHORED : 0) | (mode > 1 ? PCRE2_ENDANCHORED : 0) | (to_index(p[5]) ? PCRE2_NOTEMPTY_ATSTART : 0);
  const auto run = [&](Number from, std::uint32_t how, std::uint32_t ways) {
    program.places = kPlaces;
    program.last = 0;
    pcre2_set_match_limit(program.context, ways);
    return pcre2_match(program.code, reinterpret_cast<PCRE2_SPTR>(text.data()), static_cast<PCRE2_SIZE>(end), static_cast<PCRE2_SIZE>(from), how, program.found, program.context);
  };
  int result = run(pos, options, kFewWays);
  if (result == PCRE2_ERROR_CALLOUT) return integer(static_cast<Number>(program.begin));
  if (result == PCRE2_ERROR_MATCHLIMIT) {
    const auto begin = static_cast<Number>(program.begin);
    result = run(begin, PCRE2_ANCHORED | (begin == pos ? options : options & ~PCRE2_NOTEMPTY_ATSTART), kMostWays);
    if (result == PCRE2_ERROR_NOMATCH && mode == 0 && begin < end) return integer(begin + 1);
  }
  if (result == PCRE2_ERROR_NOMATCH) return Value::none();
  if (result == PCRE2_ERROR_MATCHLIMIT) fail("RuntimeError", "a regular expression took more than ", kMostWays, " steps: nabla gives up");
  if (result == PCRE2_ERROR_HEAPLIMIT || result == PCRE2_ERROR_NOMEMORY) fail("MemoryError", "a regular expression remembers too many ways back");
  if (result < 0) fail("RuntimeError", "a regular expression failed (PCRE2's error ", result, ")");
  const PCRE2_SIZE* bounds = pcre2_get_ovector_pointer(program.found);
  std::vector<Value> slots;
  for (std::size_t i = 0; i < 2 * pcre2_get_ovector_count(program.found); ++i) slots.push_back(integer(bounds[i] == PCRE2_UNSET ? -1 : static_cast<Number>(bounds[i])));
  slots.push_back(integer(program.last == 0 ? -1 : static_cast<Number>(program.last)));
  return list(std::move(slots));
}

/// The bounds of the runs of code points that are in one of re's classes: "d", "s" or "w" or, in capitals, their opposites.
Value ranges(const Value* p) {
  const char letter = text_of(p[0])->front();
  const auto has = [&](char32_t c) {
    switch (letter | 0x20) {
      case 'd': return is_digit(c);
      case 's': return is_space(c);
      default: return c == '_' || is_letter(c) || is_digit(c);
    }
  };
  std::vector<Value> bounds;
  bool inside = false;
  for (char32_t c = 0; c <= 0x110000; ++c) {
    const bool now = c < 0x110000 && has(c) == (letter >= 'a');
    if (now != inside) bounds.push_back(integer(static_cast<Number>(c) - inside));
    inside = now;
  }
  return list(std::move(bounds));
}

/// The letters that are the same as one in low..high when case is ignored.
Value variants(const Value* p) {
  const bool ascii = to_index(p[2]) != 0;
  const auto low = static_cast<char32_t>(to_index(p[0])), high = static_cast<char32_t>(std::min<Number>(to_index(p[1]), ascii ? 0x7F : 0xFFFF));
  std::u32string found;
  const auto add = [&](char32_t c) {
    if ((c < low || c > high) && found.find(c) == found.npos) found += c;
  };
  const auto both = [&](char32_t c) {
    add(c);
    add(to_upper(c));
  };
  for (char32_t c = low; c <= high; ++c) {
    const char32_t small = to_lower(c);
    both(small);
    if (ascii || (small == c && to_upper(c) == c)) continue;
    for (const char32_t* twins : kTwins) {
      const std::u32string_view all = twins;
      if (all.find(small) != all.npos) std::for_each(all.begin(), all.end(), both);
    }
  }
  std::string out;
  for (const char32_t c : found) append_utf8(out, c);
  return string(std::move(out));
}

constexpr Method kFunctions[] = {
    {"compile(pattern, again)", compile},
    {"subject(text)", subject},
    {"match(program, subject, pos, endpos, mode, not_empty)", match},
    {"ranges(letter)", ranges},
    {"variants(low, high, ascii)", variants},
};

}  // namespace

void fill_pcre(Dict& names) { add_functions(names, kFunctions); }

}  // namespace nabla
