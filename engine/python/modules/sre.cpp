// The module _sre: the matcher behind `re`. What lib/_sre_compiler.py makes of a pattern is a list of whole numbers; this runs it by backtracking
// over code points, with its own stack, so that no pattern and no text is too deep. Rules (empty loops, groups, look-behind) are those of CPython's re.
#include <algorithm>
#include <string>

#include "python/builtins/unicode.h"
#include "python/modules/modules.h"

namespace nabla {
namespace {

using Number = std::int64_t;

/// The instructions; lib/_sre_compiler.py has the same list. What follows each in the code is in the comment.
enum Op : Number {
  op_fail,
  op_accept,     // the end of the pattern, or of a part that is run by itself
  op_char,       // c
  op_any,        // all but a line break
  op_all,
  op_set,        // index into `sets`
  op_jump,       // target
  op_split,      // target, other: first try the one, then the other
  op_save,       // slot
  op_at,         // a place: see at_place
  op_group,      // group, case: the same text again
  op_look,       // behind?, negative?, width, end: what follows up to `end` matches here
  op_atomic,     // end: the same, consuming, without a way back into it
  op_repeat,     // least, most (-1: any number), greedy?: the one-character instruction that follows, then goes on after it
  op_mark,       // register: notes the position
  op_check,      // register, target: when nothing was consumed since the mark, leaves the loop
  op_if,         // group, target: goes to the target unless the group took part
};
enum Place : Number {
  place_start, place_line_start, place_end, place_end_or_break, place_line_end, place_word_edge, place_no_word_edge, place_very_end,
  place_ascii_word_edge, place_no_ascii_word_edge,
};

/// A set: its numbers are negate?, case, then triples of kind, low, high. Kind 0 is a range; the others are classes and their opposites, then
/// the same of ASCII alone.
enum Class : Number { class_range, class_digit, class_no_digit, class_space, class_no_space, class_word, class_no_word, class_ascii_digit };

/// How case counts in a set or a back reference.
enum Case : Number { case_exact, case_ignored, case_ignored_in_ascii };

/// Letters that are the same when case is ignored, though none is the other's lower or upper case.
constexpr char32_t kTwins[][2] = {{U's', U'\u017f'}, {U'k', U'\u212a'}, {U'\u00e5', U'\u212b'}, {U'\u03bc', U'\u00b5'}, {U'\u03c3', U'\u03c2'},
                                  {U'\u03b8', U'\u03d1'}, {U'\u03b2', U'\u03d0'}, {U'\u03c6', U'\u03d5'}, {U'\u03c0', U'\u03d6'}, {U'\u03b5', U'\u03f5'}};

constexpr std::uint64_t kMostSteps = 50'000'000;   // from one position on
constexpr std::uint64_t kSliceSteps = 1'000'000;   // in one call of match(): so that a search can be stopped

struct Program final : Object {
  std::vector<Number> code;
  std::vector<std::vector<Number>> sets;
  std::size_t slots, registers;
  explicit Program() : Object(class_type()) {}
  static Type* class_type() {
    static Type* const type = make_type("_Program", [](Type& t) { t.module = "_sre"; });
    return type;
  }
};
struct Subject final : Object {
  std::u32string text;
  explicit Subject() : Object(class_type()) {}
  static Type* class_type() {
    static Type* const type = make_type("_Subject", [](Type& t) { t.module = "_sre"; });
    return type;
  }
};

class Matcher {
 public:
  Matcher(const Program& program, const std::u32string& text, Number end)
      : p_(program), text_(text), end_(end), slots(program.slots, -1), registers_(program.registers, -1) {}

  std::vector<Number> slots;  // two a group, then the number of the group that was closed last

  /// Runs from `pc` at `at`; gives where it ended, or -1.
  Number run(Number pc, Number at) {
    if (depth_ == 0) steps_ = 0;
    const std::size_t bottom = stack_.size();
    for (;;) {
      if (++steps_ > kMostSteps) fail("RuntimeError", "a regular expression took more than ", kMostSteps, " steps: nabla gives up");
      const Number* i = p_.code.data() + pc;
      bool ok = true;
      switch (*i) {
        case op_fail: ok = false; break;
        case op_accept:
          if (depth_ == 0 && ((must_end_at >= 0 && at != must_end_at) || at == must_not_end_at)) {
            ok = false;
            break;
          }
          // No way back into it; what it did to the groups is still undone when the search goes back further.
          stack_.erase(std::remove_if(stack_.begin() + static_cast<std::ptrdiff_t>(bottom), stack_.end(),
                                      [](const Entry& entry) { return entry.kind != Kind::slot && entry.kind != Kind::mark; }),
                       stack_.end());
          return at;
        case op_char: case op_any: case op_all: case op_set:
          ok = at < end_ && one(i, text_[static_cast<std::size_t>(at)]);
          ++at;
          pc += width(*i);
          break;
        case op_jump: pc = i[1]; break;
        case op_split:
          stack_.push_back({Kind::way, i[2], at});
          pc = i[1];
          break;
        case op_save: {
          set_slot(i[1], at);
          if (i[1] % 2 == 1) set_slot(static_cast<Number>(p_.slots) - 1, i[1] / 2);
          pc += 2;
          break;
        }
        case op_at:
          ok = at_place(i[1], at);
          pc += 2;
          break;
        case op_group: ok = again(i[1], i[2], at); pc += 3; break;
        case op_look: {
          const Number from = i[1] ? at - i[3] : at;
          const std::size_t mark = stack_.size();
          Number found = -1;
          if (from >= 0) {
            ++depth_;
            found = run(pc + 5, from);
            --depth_;
          }
          if (i[2]) {
            Number nowhere = 0;
            back(mark, nowhere, nowhere);  // a group inside is not kept
          }
          ok = (found >= 0 && (!i[1] || found == at)) != (i[2] != 0);
          pc = i[4];
          break;
        }
        case op_atomic: {
          ++depth_;
          const Number found = run(pc + 2, at);
          --depth_;
          ok = found >= 0;
          at = found;
          pc = i[1];
          break;
        }
        case op_repeat: {
          const Number least = i[1], most = i[2] < 0 ? end_ - at : std::min(i[2], end_ - at);
          const Number* inner = i + 4;
          Number count = 0;
          const Number wanted = i[3] ? most : std::min(least, most);
          while (count < wanted && one(inner, text_[static_cast<std::size_t>(at + count)])) ++count;
          steps_ += static_cast<std::uint64_t>(count);
          ok = count >= least;
          const Number next = pc + 4 + width(*inner);
          if (ok && i[3] && count > least) stack_.push_back({Kind::fewer, next, at + count - 1, at + least});
          if (ok && !i[3] && least < most) stack_.push_back({Kind::more, pc, at + count, at + most});
          at += count;
          pc = next;
          break;
        }
        case op_mark:
          stack_.push_back({Kind::mark, i[1], registers_[static_cast<std::size_t>(i[1])]});
          registers_[static_cast<std::size_t>(i[1])] = at;
          pc += 2;
          break;
        case op_check: pc = registers_[static_cast<std::size_t>(i[1])] == at ? i[2] : pc + 3; break;
        case op_if: pc = slots[static_cast<std::size_t>(2 * i[1] + 1)] >= 0 ? pc + 3 : i[2]; break;
        default: ok = false;
      }
      if (!ok && !back(bottom, pc, at)) return -1;
      if (stack_.size() > 20'000'000) fail("MemoryError", "a regular expression remembers too many ways back");
    }
  }

  std::uint64_t steps() const { return steps_; }

  Number must_end_at = -1;      // fullmatch
  Number must_not_end_at = -1;  // no empty match here

 private:
  enum class Kind : std::uint8_t { way, slot, mark, fewer, more };
  struct Entry {
    Kind kind;
    Number which, value, limit = 0;
  };

  static Number width(Number op) { return op == op_char || op == op_set ? 2 : 1; }

  void set_slot(Number slot, Number value) {
    Number& place = slots[static_cast<std::size_t>(slot)];
    stack_.push_back({Kind::slot, slot, place});
    place = value;
  }

  /// Takes the last way back; false when there is none.
  bool back(std::size_t bottom, Number& pc, Number& at) {
    while (stack_.size() > bottom) {
      Entry& entry = stack_.back();
      switch (entry.kind) {
        case Kind::slot: slots[static_cast<std::size_t>(entry.which)] = entry.value; break;
        case Kind::mark: registers_[static_cast<std::size_t>(entry.which)] = entry.value; break;
        case Kind::way:
          pc = entry.which;
          at = entry.value;
          stack_.pop_back();
          return true;
        case Kind::fewer:
          pc = entry.which;
          at = entry.value;
          if (entry.value-- == entry.limit) stack_.pop_back();
          return true;
        case Kind::more: {
          const Number* inner = p_.code.data() + entry.which + 4;
          if (!one(inner, text_[static_cast<std::size_t>(entry.value)])) break;
          pc = entry.which + 4 + width(*inner);
          at = ++entry.value;
          if (entry.value == entry.limit) stack_.pop_back();
          return true;
        }
      }
      stack_.pop_back();
    }
    return false;
  }

  static bool in_class(Number kind, char32_t c) {
    if (kind % 2 == 0) return !in_class(kind - 1, c);
    if (kind >= class_ascii_digit) return c < 128 && !(c >= 28 && c <= 31) && in_class(kind - 6, c);  // 28 to 31 are spaces of Unicode
    switch (kind) {
      case class_digit: return is_digit(c);
      case class_space: return is_space(c);
      default: return c == '_' || is_letter(c) || is_digit(c);
    }
  }
  static char32_t lower(char32_t c, Number how) {
    if (how == case_ignored) return to_lower(c);
    return how == case_ignored_in_ascii && c >= 'A' && c <= 'Z' ? c + 32 : c;
  }
  static bool in_ranges(const std::vector<Number>& set, char32_t c) {
    for (std::size_t i = 2; i + 2 < set.size(); i += 3) {
      if (set[i] == class_range && set[i + 1] <= static_cast<Number>(c) && static_cast<Number>(c) <= set[i + 2]) return true;
    }
    return false;
  }
  /// A range has what is the same letter as one of its own; a class is asked about the lower case.
  static bool in_items(const std::vector<Number>& set, char32_t c) {
    const Number how = set[1];
    const char32_t low = lower(c, how);
    for (std::size_t i = 2; i + 2 < set.size(); i += 3) {
      if (set[i] != class_range && in_class(set[i], low)) return true;
    }
    if (in_ranges(set, low)) return true;
    if (how == case_ignored_in_ascii) return low >= 'a' && low <= 'z' && in_ranges(set, low - 32);
    if (how == case_exact) return false;
    if (in_ranges(set, c) || in_ranges(set, to_upper(low)) || in_ranges(set, to_lower(to_upper(low)))) return true;
    for (const auto& [one, other] : kTwins) {
      if ((low == one && in_ranges(set, other)) || (low == other && (in_ranges(set, one) || in_ranges(set, to_upper(one))))) return true;
    }
    return false;
  }
  bool one(const Number* i, char32_t c) const {
    switch (*i) {
      case op_char: return static_cast<Number>(c) == i[1];
      case op_any: return c != '\n';
      case op_all: return true;
      default: {
        const std::vector<Number>& set = p_.sets[static_cast<std::size_t>(i[1])];
        return in_items(set, c) != (set[0] != 0);
      }
    }
  }

  bool at_place(Number place, Number at) const {
    const auto character = [&](Number i) { return text_[static_cast<std::size_t>(i)]; };
    switch (place) {
      case place_start: return at == 0;
      case place_line_start: return at == 0 || character(at - 1) == '\n';
      case place_very_end: return at == end_;
      case place_end_or_break: return at == end_ || (at + 1 == end_ && character(at) == '\n');
      case place_line_end: return at == end_ || character(at) == '\n';
      default: {
        if (end_ == 0) return false;  // CPython 3.11 finds neither kind of place in an empty text
        const bool ascii = place >= place_ascii_word_edge;
        const auto is_word = [&](Number i) { return in_class(ascii ? class_word + 6 : class_word, character(i)); };
        const bool before = at > 0 && is_word(at - 1), after = at < end_ && is_word(at);
        return (before != after) == (place == place_word_edge || place == place_ascii_word_edge);
      }
    }
  }

  bool again(Number group, Number how, Number& at) const {
    const Number from = slots[static_cast<std::size_t>(2 * group)], to = slots[static_cast<std::size_t>(2 * group + 1)];
    if (from < 0 || to < 0 || at + (to - from) > end_) return false;
    for (Number i = from; i < to; ++i, ++at) {
      const char32_t a = text_[static_cast<std::size_t>(i)], b = text_[static_cast<std::size_t>(at)];
      if (lower(a, how) != lower(b, how)) return false;
    }
    return true;
  }

  const Program& p_;
  const std::u32string& text_;
  const Number end_;
  std::vector<Number> registers_;
  std::vector<Entry> stack_;
  std::uint64_t steps_ = 0;
  int depth_ = 0;
};

std::vector<Number> numbers(const Value& items) {
  std::vector<Number> out;
  Walk walk(items);
  for (Value item; walk.next(item);) out.push_back(to_index(item));
  return out;
}

Value compile(const Value* p) {
  auto program = make<Program>();
  program->code = numbers(p[0]);
  Walk walk(p[1]);
  for (Value set; walk.next(set);) program->sets.push_back(numbers(set));
  program->slots = static_cast<std::size_t>(2 * to_index(p[2]) + 3);
  program->registers = static_cast<std::size_t>(to_index(p[3]));
  return program;
}

Value subject(const Value* p) {
  auto made = make<Subject>();
  const std::string& text = *text_of(p[0]);
  for (std::size_t at = 0; at < text.size();) made->text += decode(text, at);
  return made;
}

/// A list of slots, None, or the position to go on from in another call. `mode`: 0 anywhere from `pos` on, 1 at `pos`, 2 all of pos..endpos. `not_empty_at`: no empty match there.
Value match(const Value* p) {
  const Program& program = self_as<Program>(p[0]);
  const std::u32string& text = self_as<Subject>(p[1]).text;
  const Number pos = to_index(p[2]), end = to_index(p[3]), mode = to_index(p[4]), not_empty_at = to_index(p[5]);
  Matcher matcher(program, text, end);
  if (mode == 2) matcher.must_end_at = end;
  std::uint64_t steps = 0;
  for (Number at = pos; at <= end; ++at) {
    matcher.must_not_end_at = not_empty_at == at ? at : -1;
    const Number found = matcher.run(0, at);
    if (found >= 0) {
      matcher.slots[0] = at;
      matcher.slots[1] = found;
      std::vector<Value> slots;
      for (const Number slot : matcher.slots) slots.push_back(integer(slot));
      return list(std::move(slots));
    }
    if (mode != 0) break;
    steps += matcher.steps();
    if (steps > kSliceSteps && at < end) return integer(at + 1);
  }
  return Value::none();
}

constexpr Method kFunctions[] = {
    {"compile(code, sets, groups, registers)", compile},
    {"subject(text)", subject},
    {"match(program, subject, pos, endpos, mode, not_empty_at)", match},
};

}  // namespace

void fill_sre(Dict& names) { add_functions(names, kFunctions); }

}  // namespace nabla
