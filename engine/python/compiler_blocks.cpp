// try and with: guarded stretches of code, and what return, break and continue do on their way out of them.
#include "python/builtins/builtins.h"
#include "python/compiler.h"
#include "python/function.h"
#include "python/library.h"

namespace nabla {

// Note [Guards]
// A guarded stretch costs nothing while nothing is raised: it is a row in Code::handlers. A handler finds the exception in a register;
// enter_handler swaps it with the one the frame was handling before, leave_handler puts that one back. On every way out of a block
// (its end, return, break, continue, an exception) the body of a `finally` is copied in, as CPython does.

void FunctionCompiler::open_guard(Block& block, Label& target, Operand exception) {
  block.guarded = true;
  block.begin = here();
  block.target = &target;
  block.exception = exception;
  block.depth = static_cast<std::uint16_t>(blocks_.size());
}

void FunctionCompiler::close_guard(Block& block) {
  if (block.guarded) pending_.push_back({block.begin, here(), block.target, block.exception, block.depth});
}

/// What leaving one block takes.
void FunctionCompiler::unwind_one(const Block& block) {
  switch (block.kind) {
    case Block::Kind::loop:
    case Block::Kind::guard: break;
    case Block::Kind::handler: emit(Op::leave_handler, block.reg); break;
    case Block::Kind::finally: statements(*block.body); break;
    case Block::Kind::with:
      at(block.place);
      emit(Op::with_exit, block.reg);
      break;
    case Block::Kind::name:
      store_name(block.name, constant(Value::none()), block.place);
      delete_name(block.name);
      break;
  }
}

/// `value` may be null. Of `return a if c else b` each side returns by itself.
void FunctionCompiler::return_value(Node* node, Node* value) {
  if (!value || value->kind != Kind::conditional || !blocks_.empty()) {
    Operand result = value ? operand(value) : constant(Value::none());
    return leave(node, &result);
  }
  Label other;
  const Operand mark = top_;
  branch(value->b, false, other);
  top_ = mark;
  const auto before = settled_;
  return_value(node, value->a);
  bind(other);
  settled_ = before;
  top_ = mark;
  return_value(node, value->c);
  settled_ = before;
}

/// return (`keep` is its value), break or continue: undoes the blocks on the way, then goes.
void FunctionCompiler::leave(Node* node, Operand* keep) {
  const bool is_return = node->kind == Kind::return_;
  std::size_t down_to = 0;
  if (!is_return) {
    down_to = blocks_.size();
    while (down_to > 0 && blocks_[down_to - 1].kind != Block::Kind::loop) --down_to;
    if (down_to == 0) error(node, node->kind == Kind::break_ ? "'break' outside loop" : "'continue' not properly in loop");
  }
  for (std::size_t i = down_to; i < blocks_.size(); ++i) {
    if (blocks_[i].is_star) error(node, "'break', 'continue' and 'return' cannot appear in an except* block");
  }
  bool undoes = false;
  for (std::size_t i = down_to; i < blocks_.size(); ++i) undoes |= blocks_[i].kind != Block::Kind::loop;
  if (undoes && keep && !is_temporary(*keep) && !(*keep & kConstant)) {  // a local, which a finally could change
    const Operand value = temporary();
    emit(Op::move, value, *keep);
    *keep = value;
  }
  // What a block guards ends where its own undoing begins, and goes on after the exit.
  std::vector<Block> all = blocks_;
  while (blocks_.size() > down_to) {
    Block block = blocks_.back();
    close_guard(block);
    blocks_.pop_back();
    if (block.kind != Block::Kind::loop) unwind_one(block);
  }
  at(node);
  if (is_return) {
    emit(Op::return_, *keep);
  } else {
    const Block& loop = blocks_.back();
    const bool is_break = node->kind == Kind::break_;
    if (is_break && loop.has_iterator) emit(Op::clear, loop.reg);
    jump(Op::jump, 0, is_break ? *loop.on_break : *loop.on_continue);
  }
  for (std::size_t i = down_to; i < all.size(); ++i) all[i].begin = here();
  blocks_ = std::move(all);
  settled_.assign(settled_.size(), true);  // nothing comes after
}

/// What follows handles the exception that was raised, and keeps in `outer` the one that was handled before. What it raises itself goes on at `raised_again`.
void FunctionCompiler::enter_handler(Operand outer, Label& raised_again, Operand exception) {
  emit(Op::enter_handler, outer);
  Block handler{Block::Kind::handler};
  handler.reg = outer;
  open_guard(handler, raised_again, exception);
  blocks_.push_back(handler);
}

void FunctionCompiler::pass_on(Operand outer, Operand exception, Label& raised_again) {
  emit(Op::load_handled, exception);
  emit(Op::leave_handler, outer);
  emit(Op::reraise, exception);
  bind(raised_again);
  emit(Op::leave_handler, outer);
  emit(Op::reraise, exception);
}

void FunctionCompiler::try_statement(Node* node) {
  if (node->last.empty()) return try_except(node);
  const Operand mark = top_;
  Label& raised = labels_.emplace_back();
  Label& raised_again = labels_.emplace_back();
  Label end;
  const auto before = settled_;
  Block block{Block::Kind::finally};
  block.body = &node->last;
  block.place = node->place;
  open_guard(block, raised, static_cast<Operand>(kTemporaries + mark));
  blocks_.push_back(block);
  if (node->items.empty()) {
    statements(node->body);
    statements(node->orelse);
  } else {
    try_except(node);
  }
  close_guard(blocks_.back());
  blocks_.pop_back();
  const auto after = settled_;
  statements(node->last);
  const auto after_finally = settled_;
  jump(Op::jump, 0, end);

  bind(raised);
  settled_ = before;
  const Operand outer = temporary();  // arrives with the exception
  at(node->last.front());
  enter_handler(outer, raised_again, static_cast<Operand>(outer + 1));
  statements(node->last);
  close_guard(blocks_.back());
  blocks_.pop_back();
  const Operand exception = temporary();
  pass_on(outer, exception, raised_again);
  bind(end);
  settled_ = after_finally;
  top_ = mark;
}

namespace {

/// One step of except*, which lib/builtins.BaseExceptionGroup.py does: `object.name(argument)`; without an object, what handles an exception.
Value star_step(Args args) {
  static Str* const group = intern("BaseExceptionGroup");
  Value object = args[1];
  if (object.is_none()) {
    const Value* type = builtins_dict().find(group);
    if (!type) type = late_builtin(group);
    object = Value(*type);
  }
  return call(get_attribute(object, static_cast<Str*>(args[0].as_object())), {args[2]});
}

}  // namespace

void FunctionCompiler::call_star(std::string_view name, Operand object, Operand argument, Operand target) {
  static const Value step = native_raw("except*", star_step);
  const Operand mark = top_, base = temporary();
  emit(Op::move, base, constant(step));
  emit(Op::move, temporary(), constant(Value::object(intern(name))));
  emit(object & kConstant ? Op::move : Op::copy, temporary(), object);
  emit(argument & kConstant ? Op::move : Op::copy, temporary(), argument);
  emit(Op::call, base, 3, target);
  top_ = mark;
}

/// The statements of a try, then of its else. What the former raise goes on behind this, at `raised`; all else at `end`, where the locals
/// that are returned are bound.
std::vector<bool> FunctionCompiler::try_body(Node* node, Operand mark, Label& raised, Label& end) {
  Block block{Block::Kind::guard};
  open_guard(block, raised, static_cast<Operand>(kTemporaries + mark));
  blocks_.push_back(block);
  statements(node->body);
  close_guard(blocks_.back());
  blocks_.pop_back();
  statements(node->orelse);
  auto after = settled_;
  jump(Op::jump, 0, end);
  bind(raised);
  return after;
}

/// Keeps of `bound` what is bound here too.
void FunctionCompiler::keep_settled(std::vector<bool>& bound) const {
  for (std::size_t i = 0; i < bound.size(); ++i) bound[i] = bound[i] && settled_[i];
}

// Note [except*]
// Each clause takes its part of what is left of the group and handles it, while `handled` is that part; what a clause raises is kept, and in the
// end the rest and all that was raised become one exception. What the parts are is worked out in Python.
void FunctionCompiler::try_star(Node* node) {
  const Operand mark = top_;
  Label& raised = labels_.emplace_back();
  Label& raised_again = labels_.emplace_back();
  Label end, finished;
  const auto before = settled_;
  auto after = try_body(node, mark, raised, end);
  const Operand outer = temporary(), star = temporary(), inner = temporary(), exception = temporary();
  const Operand none = constant(Value::none());
  at(node);
  enter_handler(outer, raised_again, exception);
  emit(Op::load_handled, exception);
  call_star("_star", none, exception, star);
  for (Node* clause : node->items) {
    Label next;
    Label& caught = labels_.emplace_back();
    settled_ = before;
    if (!clause->a) error(clause, "expected one or more exception types");
    into(clause->a, exception);
    at(clause->a);
    call_star("match", star, exception, inner);
    emit(Op::copy, exception, inner);
    emit(Op::is, exception, exception, none);
    jump(Op::jump_if_true, exception, next);
    at(clause);
    enter_handler(inner, caught, exception);
    blocks_.back().is_star = true;
    handler_body(clause, exception);
    close_guard(blocks_.back());
    blocks_.pop_back();
    keep_settled(after);
    emit(Op::leave_handler, inner);
    jump(Op::jump, 0, next);
    bind(caught);
    emit(Op::leave_handler, inner);
    call_star("caught", star, exception, exception);
    bind(next);
  }
  at(node);
  settled_ = before;
  call_star("finish", star, none, exception);
  close_guard(blocks_.back());
  blocks_.pop_back();
  emit(Op::copy, star, exception);
  emit(Op::is, star, star, none);
  jump(Op::jump_if_true, star, finished);
  emit(Op::leave_handler, outer);
  emit(Op::reraise, exception);
  bind(raised_again);
  emit(Op::leave_handler, outer);
  emit(Op::reraise, exception);
  bind(finished);
  emit(Op::leave_handler, outer);
  keep_settled(after);
  bind(end);
  settled_ = after;
  top_ = mark;
}

/// The body of an except clause, with its name bound meanwhile. `exception` is a temporary for the exception that leaves it.
void FunctionCompiler::handler_body(Node* clause, Operand exception) {
  if (!clause->name) return statements(clause->body);
  Label& named = labels_.emplace_back();
  at(clause);
  emit(Op::load_handled, exception);
  store_name(clause->name, exception, clause->place);
  Block name{Block::Kind::name};
  name.name = clause->name;
  name.place = clause->place;
  open_guard(name, named, exception);
  blocks_.push_back(name);
  statements(clause->body);
  close_guard(blocks_.back());
  blocks_.pop_back();
  const auto body = settled_;
  store_name(clause->name, constant(Value::none()), clause->place);
  delete_name(clause->name);
  settled_ = body;
  Label over;
  jump(Op::jump, 0, over);
  bind(named);  // the body raised: unbind the name, and on to the clean-up below
  store_name(clause->name, constant(Value::none()), clause->place);
  delete_name(clause->name);
  emit(Op::reraise, exception);
  bind(over);
}

void FunctionCompiler::try_except(Node* node) {
  if (node->items[0]->op) return try_star(node);
  const Operand mark = top_;
  Label& raised = labels_.emplace_back();
  Label& raised_again = labels_.emplace_back();
  Label end;
  const auto before = settled_;
  auto after = try_body(node, mark, raised, end);
  const Operand outer = temporary();
  const Operand exception = temporary();
  at(node);
  enter_handler(outer, raised_again, exception);
  for (Node* clause : node->items) {
    Label next;
    settled_ = before;
    top_ = static_cast<Operand>(exception - kTemporaries);
    if (clause->a) {
      const Operand type = operand(clause->a);
      at(clause->a);
      jump(Op::unless_match, type, next);
    }
    top_ = static_cast<Operand>(exception - kTemporaries + 1);
    handler_body(clause, exception);
    keep_settled(after);
    close_guard(blocks_.back());  // leaving the handler is not guarded by it
    emit(Op::leave_handler, outer);
    jump(Op::jump, 0, end);
    blocks_.back().begin = here();
    bind(next);
  }
  close_guard(blocks_.back());
  blocks_.pop_back();
  pass_on(outer, exception, raised_again);
  bind(end);
  settled_ = after;
  top_ = mark;
}

void FunctionCompiler::with(Node* node, std::size_t i) {
  if (i == node->items.size()) return statements(node->body);
  Node* item = node->items[i];
  const Operand mark = top_;
  const Operand exit = temporary(), entered = temporary();
  Label& raised = labels_.emplace_back();
  Label& raised_again = labels_.emplace_back();
  Label end;
  {
    const Operand inner = top_;
    const Operand manager = operand(item->a);
    top_ = inner;
    at(node);
    emit(Op::with_enter, exit, manager);
  }
  const auto before = settled_;
  Block block{Block::Kind::with};
  block.reg = exit;
  block.place = node->place;
  open_guard(block, raised, entered);
  blocks_.push_back(block);
  if (item->b) {
    store(item->b, entered);
  } else {
    emit(Op::clear, entered);
  }
  with(node, i + 1);
  close_guard(blocks_.back());
  blocks_.pop_back();
  at(node);
  emit(Op::with_exit, exit);
  jump(Op::jump, 0, end);

  bind(raised);
  at(node);
  const Operand exception = temporary();
  enter_handler(entered, raised_again, exception);
  emit(Op::with_exit_raised, exit, exit);
  Label suppressed;
  jump(Op::jump_if_true, exit, suppressed);
  close_guard(blocks_.back());
  blocks_.pop_back();
  pass_on(entered, exception, raised_again);
  bind(suppressed);
  emit(Op::leave_handler, entered);
  bind(end);
  settled_ = before;
  top_ = mark;
}

}  // namespace nabla
