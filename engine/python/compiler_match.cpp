// match -> instructions. A pattern tests a subject that stays in its register, jumps where it does not fit, and puts what it captures
// into temporaries; names are bound when the whole pattern has fitted.
#include "python/builtins/builtins.h"
#include "python/compiler.h"
#include "python/match.h"

namespace nabla {
namespace {

void captured_names(const Node* pattern, std::vector<Str*>& names) {
  const bool captures = pattern->kind == Kind::match_capture || pattern->kind == Kind::match_star || pattern->kind == Kind::match_as ||
                        pattern->kind == Kind::match_mapping;
  if (captures && pattern->name && std::find(names.begin(), names.end(), pattern->name) == names.end()) names.push_back(pattern->name);
  if (pattern->kind == Kind::match_mapping) {
    for (std::size_t i = 1; i < pattern->items.size(); i += 2) captured_names(pattern->items[i], names);
    return;
  }
  if (pattern->kind == Kind::match_as) captured_names(pattern->a, names);
  for (const Node* item : pattern->items) captured_names(item, names);
}

bool always_fits(const Node* pattern) {
  if (pattern->kind == Kind::match_capture) return true;
  if (pattern->kind == Kind::match_as) return always_fits(pattern->a);
  if (pattern->kind != Kind::match_or) return false;
  for (const Node* item : pattern->items) {
    if (always_fits(item)) return true;
  }
  return false;
}

}  // namespace

void FunctionCompiler::match(Node* node) {
  const Operand mark = top_;
  const Operand subject = temporary();
  into(node->a, subject);
  Label end;
  const auto before = settled_;
  const Operand inner = top_;
  for (Node* clause : node->items) {
    if (always_fits(clause->a) && !clause->b && clause != node->items.back()) {
      const bool wildcard = clause->a->kind == Kind::match_capture && !clause->a->name;
      error(clause->a, wildcard ? "wildcard makes remaining patterns unreachable" : cat("name capture '", clause->a->name ? clause->a->name->text : "_", "' makes remaining patterns unreachable"));
    }
    Label next;
    std::vector<Str*> names;
    captured_names(clause->a, names);
    Captures captures;
    for (Str* name : names) captures.emplace_back(name, temporary());
    match_pattern(clause->a, subject, captures, next);
    for (const auto& [name, value] : captures) store_name(name, value, clause->a->place);
    if (clause->b) branch(clause->b, false, next);
    statements(clause->body);
    jump(Op::jump, 0, end);
    bind(next);
    settled_ = before;
    top_ = inner;
  }
  bind(end);
  emit(Op::clear, subject);
  top_ = mark;
}

/// Calls one of match.h's functions with the subject and these constants; on failure it gives None, and control goes to `fail`. Else the parts
/// that it found are unpacked into new temporaries, the first of which is returned.
Operand FunctionCompiler::match_call(Value function, Operand subject, Node* type, const std::vector<Value>& constants, std::uint16_t parts, Label& fail) {
  const Operand first = static_cast<Operand>(kTemporaries + top_);
  for (std::uint16_t i = 0; i < parts; ++i) temporary();
  const Operand mark = top_;
  const Operand base = temporary();
  emit(Op::move, base, constant(std::move(function)));
  emit(Op::copy, temporary(), subject);
  std::uint16_t count = 1;
  if (type) {
    into(type, temporary());
    ++count;
  }
  for (const Value& value : constants) {
    emit(Op::move, temporary(), constant(value));
    ++count;
  }
  const Operand found = base, test = static_cast<Operand>(base + 1);
  emit(Op::call, base, count, found);
  emit(Op::copy, test, found);
  emit(Op::is, test, test, constant(Value::none()));
  jump(Op::jump_if_true, test, fail);
  if (parts > 0) {
    emit(Op::unpack, found, first, parts);
  } else {
    emit(Op::clear, found);
  }
  top_ = mark;
  return first;
}

void FunctionCompiler::match_pattern(Node* pattern, Operand subject, const Captures& captures, Label& fail) {
  const Operand mark = top_;
  at(pattern);
  const auto capture = [&](Str* name) {
    if (!name) return;
    for (const auto& [captured, target] : captures) {
      if (captured == name) emit(Op::copy, target, subject);
    }
  };
  const auto constant_tuple = [](std::vector<Value> items) {
    auto made = make<Tuple>(std::move(items));
    make_permanent(*made);
    return Value(made);
  };
  switch (pattern->kind) {
    case Kind::match_capture:
    case Kind::match_star: capture(pattern->name); break;
    case Kind::match_as:
      match_pattern(pattern->a, subject, captures, fail);
      capture(pattern->name);
      break;
    case Kind::match_value: {
      const Operand copy = temporary();
      emit(Op::copy, copy, subject);
      const Operand value = operand(pattern->a);
      at(pattern);
      short_jump(Op::unless_eq, copy, value, fail);
      break;
    }
    case Kind::match_identity: {
      const Operand copy = temporary();
      emit(Op::copy, copy, subject);
      emit(Op::is_not, copy, copy, constant(pattern->value));
      jump(Op::jump_if_true, copy, fail);
      break;
    }
    case Kind::match_or: {
      Label fits;
      for (std::size_t i = 0; i < pattern->items.size(); ++i) {
        if (i + 1 == pattern->items.size()) {
          match_pattern(pattern->items[i], subject, captures, fail);
        } else {
          Label other;
          match_pattern(pattern->items[i], subject, captures, other);
          jump(Op::jump, 0, fits);
          bind(other);
        }
      }
      bind(fits);
      break;
    }
    case Kind::match_sequence: {
      std::int64_t star = -1;
      for (std::size_t i = 0; i < pattern->items.size(); ++i) {
        if (pattern->items[i]->kind != Kind::match_star) continue;
        if (star >= 0) error(pattern, "multiple starred expressions in sequence pattern");
        star = static_cast<std::int64_t>(i);
      }
      const auto count = static_cast<std::uint16_t>(pattern->items.size());
      const Operand first = match_call(match_sequence_function(), subject, nullptr, {integer(count), integer(star)}, count, fail);
      for (std::uint16_t i = 0; i < count; ++i) match_pattern(pattern->items[i], first + i, captures, fail);
      break;
    }
    case Kind::match_mapping: {
      std::vector<Value> keys;
      std::vector<Node*> inner;
      for (std::size_t i = 0; i < pattern->items.size(); i += 2) {
        keys.push_back(folded(pattern->items[i]));
        if (keys.back().is_undefined()) error(pattern->items[i], "names as keys of a mapping pattern are not part of nabla yet");
        inner.push_back(pattern->items[i + 1]);
      }
      const auto count = static_cast<std::uint16_t>(inner.size() + (pattern->name ? 1 : 0));
      const Operand first = match_call(match_mapping_function(), subject, nullptr, {constant_tuple(keys), Value::boolean(pattern->name)}, count, fail);
      for (std::size_t i = 0; i < inner.size(); ++i) match_pattern(inner[i], static_cast<Operand>(first + i), captures, fail);
      if (pattern->name) {
        for (const auto& [captured, target] : captures) {
          if (captured == pattern->name) emit(Op::copy, target, static_cast<Operand>(first + inner.size()));
        }
      }
      break;
    }
    case Kind::match_class: {
      std::vector<Value> names;
      for (Str* name : pattern->names) names.push_back(Value::object(name));
      const auto count = static_cast<std::uint16_t>(pattern->items.size());
      const Value positional = integer(static_cast<std::int64_t>(count - names.size()));
      const Operand first = match_call(match_class_function(), subject, pattern->a, {positional, constant_tuple(names)}, count, fail);
      for (std::uint16_t i = 0; i < count; ++i) match_pattern(pattern->items[i], first + i, captures, fail);
      break;
    }
    default: error(pattern, "invalid syntax");
  }
  top_ = mark;
}

}  // namespace nabla
