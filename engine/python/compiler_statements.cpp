// Statements -> instructions: assignment, loops, functions and classes, imports. try and with are in compiler_blocks.cpp.
#include "python/builtins/builtins.h"
#include "python/compiler.h"
#include "python/names.h"

namespace nabla {

void FunctionCompiler::statements(const std::vector<Node*>& nodes) {
  for (Node* node : nodes) statement(node);
}

void FunctionCompiler::statement(Node* node) {
  const Operand mark = top_;
  at(node);
  switch (node->kind) {
    case Kind::expression:
      if (node->a->kind == Kind::constant) break;  // a docstring, or nothing
      {
        const Operand value = temporary();
        into(node->a, value);
        emit(Op::clear, value);
      }
      break;
    case Kind::assign: {
      Node* first = node->items[0];
      if (node->items.size() == 1 && first->kind == Kind::name && where(first->name) == Where::local && !options_.record) {
        into(node->a, register_of(first->name));  // straight into its register
        settled_[register_of(first->name)] = true;
        break;
      }
      if (node->items.size() == 1 && first->kind == Kind::tuple && node->a->kind == Kind::tuple && first->items.size() == node->a->items.size()) {
        // a, b = b, a without a tuple.
        bool plain = true;
        for (const Node* item : first->items) plain &= item->kind != Kind::starred;
        for (const Node* item : node->a->items) plain &= item->kind != Kind::starred;
        if (plain) {
          std::vector<Operand> values;
          for (Node* item : node->a->items) {
            values.push_back(temporary());
            into(item, values.back());
          }
          for (std::size_t i = 0; i < values.size(); ++i) store(first->items[i], values[i]);
          break;
        }
      }
      Operand value = operand(node->a);
      for (std::size_t i = 0; i < node->items.size(); ++i) {
        const bool last = i + 1 == node->items.size();
        if (last || !is_temporary(value)) {
          store(node->items[i], value);
        } else {
          const Operand copy = temporary();
          emit(Op::copy, copy, value);
          store(node->items[i], copy);
        }
      }
      break;
    }
    case Kind::augmented: augmented(node); break;
    case Kind::annotated: annotate(node); break;
    case Kind::match: match(node); break;
    case Kind::for_: for_loop(node); break;
    case Kind::while_: while_loop(node); break;
    case Kind::if_: if_statement(node); break;
    case Kind::with: with(node, 0); break;
    case Kind::function: function_statement(node); break;
    case Kind::class_: class_statement(node); break;
    case Kind::return_: {
      if (module_level_ || class_level_) error(node, "'return' outside function");
      return_value(node, node->a);
      break;
    }
    case Kind::break_:
    case Kind::continue_: leave(node, nullptr); break;
    case Kind::import: import(node); break;
    case Kind::import_from: import_from(node); break;
    case Kind::try_: try_statement(node); break;
    case Kind::raise:
      if (!node->a) {
        emit(Op::raise_again);
      } else {
        const Operand exception = temporary(), cause = temporary();
        into(node->a, exception);
        if (node->b) {
          into(node->b, cause);
        } else {
          emit(Op::clear, cause);
        }
        at(node);
        emit(Op::raise, exception, cause);
      }
      settled_.assign(settled_.size(), true);
      break;
    case Kind::assert_: {
      if (node->a->kind == Kind::tuple && !node->a->items.empty()) warn(node, "assertion is always true, perhaps remove parentheses?");
      Label fine;
      const auto before = settled_;
      branch(node->a, true, fine);
      const Operand exception = temporary(), cause = temporary();
      at(node->a);
      emit(Op::load_assertion_error, exception);
      if (node->b) {
        const Operand argument = temporary();
        const Operand callee = cause;  // the class, then its argument
        emit(Op::move, callee, exception);
        into(node->b, argument);
        at(node->a);
        emit(Op::call, callee, 1, exception);
      }
      emit(Op::clear, cause);
      at(node->a);
      emit(Op::raise, exception, cause);
      settled_ = before;
      bind(fine);
      break;
    }
    case Kind::del:
      for (Node* item : node->items) {
        const auto remove = [&](auto&& self, Node* target) -> void {
          const Operand inner = top_;
          switch (target->kind) {
            case Kind::name:
              at(target);
              delete_name(target->name);
              break;
            case Kind::attribute: {
              const Operand object = operand(target->a);
              at(target);
              emit(Op::delete_attribute, object, name_index(target->name));
              break;
            }
            case Kind::subscript: {
              const Operand object = operand(target->a), key = operand(target->b);
              at(target);
              emit(Op::delete_item, object, key);
              break;
            }
            default:
              for (Node* one : target->items) self(self, one);
          }
          top_ = inner;
        };
        remove(remove, item);
      }
      break;
    case Kind::global:
    case Kind::nonlocal:
    case Kind::pass: break;
    default: error(node, "invalid syntax");
  }
  top_ = mark;
}

// --------------------------------------------------------------------------------------------------------- assignment

void FunctionCompiler::store(Node* target, Operand value) {
  const Operand mark = top_;
  switch (target->kind) {
    case Kind::name: store_name(target->name, value, target->place); break;
    case Kind::attribute: {
      const Operand object = operand(target->a);
      at(target);
      emit(Op::set_attribute, object, site(target->name), value);
      break;
    }
    case Kind::subscript: {
      const Operand object = operand(target->a), key = operand(target->b);
      at(target);
      emit(Op::set_item, object, key, value);
      break;
    }
    case Kind::tuple:
    case Kind::list: unpack(target, value); break;
    case Kind::starred: error(target, "starred assignment target must be in a list or tuple");
    default: error(target, "cannot assign to expression");
  }
  top_ = mark;
}

void FunctionCompiler::unpack(Node* target, Operand value) {
  const std::size_t count = target->items.size();
  if (count > 200) error(target, "too many expressions in assignment for nabla");
  std::size_t star = count;
  for (std::size_t i = 0; i < count; ++i) {
    if (target->items[i]->kind != Kind::starred) continue;
    if (star != count) error(target, "multiple starred expressions in assignment");
    star = i;
  }
  const Operand first = static_cast<Operand>(kTemporaries + top_);
  for (std::size_t i = 0; i < count; ++i) temporary();
  at(target);
  if (star == count) {
    emit(Op::unpack, value, first, static_cast<Operand>(count));
  } else {
    emit(Op::unpack_star, value, first, static_cast<Operand>(star | (count - star - 1) << 8));
  }
  for (std::size_t i = 0; i < count; ++i) {
    Node* item = target->items[i];
    store(item->kind == Kind::starred ? item->a : item, static_cast<Operand>(first + i));
  }
}

void FunctionCompiler::augmented(Node* node) {
  const Op op = static_cast<Op>(static_cast<unsigned>(Op::iadd) + node->op);
  Node* target = node->a;
  switch (target->kind) {
    case Kind::name: {
      const Operand old = operand(target);
      const Operand value = operand(node->b);
      at(node);
      if (where(target->name) == Where::local && !options_.record) {
        emit(op, register_of(target->name), old, value);
      } else {
        const Operand result = temporary();
        emit(op, result, old, value);
        store_name(target->name, result, target->place);
      }
      return;
    }
    case Kind::attribute: {
      const Operand object = operand(target->a), kept = temporary(), old = temporary();
      at(target);
      emit(Op::copy, kept, object);
      emit(Op::get_attribute, old, kept, site(target->name));
      const Operand value = operand(node->b);
      at(node);
      emit(op, old, old, value);
      at(target);
      emit(Op::set_attribute, object, site(target->name), old);
      return;
    }
    case Kind::subscript: {
      Operand object = operand(target->a), key = operand(target->b);
      const Operand old = temporary();
      at(target);
      const auto keep = [this](Operand operand) {
        if (!is_temporary(operand)) return operand;
        const Operand copy = temporary();
        emit(Op::copy, copy, operand);
        return copy;
      };
      const Operand object_copy = keep(object), key_copy = keep(key);
      emit(Op::get_item, old, object_copy, key_copy);
      const Operand value = operand(node->b);
      at(node);
      emit(op, old, old, value);
      at(target);
      emit(Op::set_item, object, key, old);
      return;
    }
    default: error(target, cat("'", "expression", "' is an illegal expression for augmented assignment"));
  }
}

void FunctionCompiler::annotation(Node* node, Operand target) {
  if (!options_.lazy_annotations) return into(node, target);
  const Place& place = node->place;
  const std::string_view line = options_.source->line(place.line);
  emit(Op::move, target, constant(string(std::string(line.substr(place.column, place.end_line == place.line ? place.end_column - place.column : std::string_view::npos)))));
}

/// name: annotation = value. Modules and classes note the annotation in __annotations__; in functions it is not even evaluated.
void FunctionCompiler::annotate(Node* node) {
  if (node->b) {
    const Operand value = operand(node->b);
    store(node->a, value);
  }
  if (node->a->kind != Kind::name || node->a->bracketed || !(module_level_ || class_level_)) return;
  const Operand type = temporary(), dict = temporary();
  annotation(node->c, type);
  at(node);
  emit(Op::load_annotations, dict);
  emit(Op::dict_set, dict, constant(Value::object(node->a->name)), type);
  emit(Op::clear, dict);
}

void FunctionCompiler::annotate_function(const FunctionNode& function, Operand value) {
  bool any = function.returns;
  for (const ParameterNode& parameter : function.parameters) any |= parameter.annotation != nullptr;
  if (!any) return;
  const Operand mark = top_;
  const Operand kept = temporary(), dict = temporary();
  emit(Op::make_dict, dict, dict, 0);
  const auto add = [&](Str* name, Node* type) {
    const Operand inner = top_;
    const Operand annotated = temporary();
    annotation(type, annotated);
    emit(Op::dict_set, dict, constant(Value::object(name)), annotated);
    top_ = inner;
  };
  for (const ParameterNode& parameter : function.parameters) {
    if (parameter.annotation) add(parameter.name, parameter.annotation);
  }
  if (function.returns) add(intern("return"), function.returns);
  emit(Op::copy, kept, value);
  emit(Op::set_attribute, kept, site(names::annotations), dict);
  top_ = mark;
}

// -------------------------------------------------------------------------------------------------------------- loops

void FunctionCompiler::if_statement(Node* node) {
  Label other, end;
  const Operand mark = top_;
  branch(node->a, false, other);
  top_ = mark;
  const auto before = settled_;
  statements(node->body);
  auto after_body = settled_;
  settled_ = before;
  if (!node->orelse.empty()) {
    if (here() > 0) jump(Op::jump, 0, end);
    bind(other);
    statements(node->orelse);
    bind(end);
  } else {
    bind(other);
  }
  for (std::size_t i = 0; i < settled_.size(); ++i) settled_[i] = settled_[i] && after_body[i];
}

void FunctionCompiler::for_loop(Node* node) {
  const Operand iterator = temporary();
  const Operand mark = top_;
  const Operand iterable = operand(node->b);
  top_ = mark;
  at(node);
  emit(Op::get_iterator, iterator, iterable);
  Label start, exhausted, end;
  bind(start);
  const auto before = settled_;
  const bool direct = node->a->kind == Kind::name && where(node->a->name) == Where::local && !options_.record;
  const Operand item = direct ? register_of(node->a->name) : temporary();
  at(node);
  short_jump(Op::for_iter, iterator, item, exhausted);
  if (options_.record) emit(Op::round, iterator);
  if (direct) {
    settled_[item] = true;
  } else {
    store(node->a, item);
  }
  top_ = mark;
  Block block{Block::Kind::loop, &end, &start};
  block.has_iterator = true;
  block.reg = iterator;
  blocks_.push_back(block);
  statements(node->body);
  blocks_.pop_back();
  at(node);
  jump(Op::jump, 0, start);
  bind(exhausted);
  settled_ = before;
  statements(node->orelse);
  settled_ = before;
  bind(end);
}

void FunctionCompiler::while_loop(Node* node) {
  Label start, again, exhausted, end;
  const auto before = settled_;
  // The test stands twice when it is small: once before the loop, then at its end, which saves a jump each time round.
  const auto is_small = [](auto&& self, const Node* one, int depth) -> bool {
    if (!one || depth > 3) return !one;
    if (one->kind == Kind::name || one->kind == Kind::constant) return true;
    if (one->kind != Kind::compare && one->kind != Kind::binary && one->kind != Kind::logical_not) return false;
    if (!self(self, one->a, depth + 1) || !self(self, one->b, depth + 1)) return false;
    for (const Node* item : one->items) {
      if (!self(self, item, depth + 1)) return false;
    }
    return true;
  };
  const bool twice = is_small(is_small, node->a, 0);
  if (!twice) bind(again);
  const Operand mark = top_;
  branch(node->a, false, exhausted);
  top_ = mark;
  bind(start);
  at(node->a);
  if (options_.record) emit(Op::round, constant(Value::none()));
  blocks_.push_back({Block::Kind::loop, &end, &again});
  const auto after_test = settled_;
  statements(node->body);
  blocks_.pop_back();
  settled_ = after_test;
  if (twice) {
    bind(again);
    branch(node->a, true, start);
  } else {
    at(node->a);
    jump(Op::jump, 0, again);
  }
  top_ = mark;
  bind(exhausted);
  settled_ = before;
  statements(node->orelse);
  settled_ = before;
  bind(end);
}

// ----------------------------------------------------------------------------------------------- functions and classes

void FunctionCompiler::function_statement(Node* node) {
  std::vector<Operand> decorators;
  for (Node* decorator : node->items) {
    decorators.push_back(temporary());
    into(decorator, decorators.back());
    temporary();  // its argument
  }
  Scope& inner = *scope_.inner.at(node->function);
  FunctionCompiler compiler(options_, inner, inner_qualname(node->name), this);
  const Ref<Code> code = compiler.function();
  at(node);
  Operand value = decorators.empty() ? temporary() : static_cast<Operand>(decorators.back() + 1);
  make_function_object(code, inner, node->function, value);
  annotate_function(*node->function, value);
  for (std::size_t i = decorators.size(); i-- > 0;) {
    at(node->items[i]);
    emit(Op::call, decorators[i], 1, i > 0 ? static_cast<Operand>(decorators[i - 1] + 1) : decorators[0]);
    value = decorators[0];
  }
  store_name(node->name, value, node->place);
}

void FunctionCompiler::class_statement(Node* node) {
  std::vector<Operand> decorators;
  for (Node* decorator : node->orelse) {
    decorators.push_back(temporary());
    into(decorator, decorators.back());
    temporary();
  }
  Scope& inner = *scope_.inner.at(node->function);
  FunctionCompiler compiler(options_, inner, inner_qualname(node->name), this);
  const Ref<Code> code = compiler.class_body();
  const Operand base = temporary();
  at(node);
  make_function_object(code, inner, node->function, base);
  std::uint16_t bases = 0;
  for (const Node* item : node->items) {
    if (item->kind == Kind::keyword || item->kind == Kind::starred) bases = kSpreadBases;
  }
  if (bases == kSpreadBases) {
    const Operand list = temporary(), keywords = temporary();
    spread_arguments(node, base, list, keywords);
  } else {
    for (Node* item : node->items) {
      into(item, temporary());
      ++bases;
    }
  }
  at(node);
  emit(Op::make_class, base, bases, static_cast<Operand>(constant(Value::object(node->name)) & ~kConstant));
  Operand value = base;
  for (std::size_t i = decorators.size(); i-- > 0;) {
    at(node->orelse[i]);
    emit(Op::move, static_cast<Operand>(decorators[i] + 1), value);
    emit(Op::call, decorators[i], 1, decorators[i]);
    value = decorators[i];
  }
  store_name(node->name, value, node->place);
}

// ------------------------------------------------------------------------------------------------------------ imports

void FunctionCompiler::import(Node* node) {
  for (Node* alias : node->items) {
    const Operand module = temporary();
    const std::size_t dot = alias->text.find('.');
    const bool renamed = dot == std::string::npos || alias->name->text != alias->text.substr(0, dot);
    at(node);
    emit(Op::import, module, name_index(intern(alias->text)), renamed ? 1 : 0);
    store_name(alias->name, module, node->place);
  }
}

void FunctionCompiler::import_from(Node* node) {
  const Operand module = temporary();
  at(node);
  emit(Op::import, module, name_index(intern(node->text)), 1);
  for (Node* alias : node->items) {
    at(node);
    if (alias->text == "*") {
      emit(Op::import_star, module);
      return;
    }
    const Operand value = temporary();
    emit(Op::import_from, value, module, name_index(intern(alias->text)));
    store_name(alias->name, value, node->place);
  }
  emit(Op::clear, module);
}

}  // namespace nabla
