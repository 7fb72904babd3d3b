// The compiler's ground: instructions, labels, registers, constants, names, function objects, and compile() itself.
#include "python/compiler.h"

#include "python/builtins/builtins.h"
#include "python/function.h"
#include "python/machine.h"
#include "python/names.h"

namespace nabla {

FunctionCompiler::FunctionCompiler(const CompileOptions& options, Scope& scope, std::string qualname, FunctionCompiler* outer)
    : options_(options), scope_(scope), outer_(outer), code_(make<Code>(options.source, scope.node->name)) {
  using FKind = FunctionNode::Kind;
  code_->qualname = std::move(qualname);
  code_->first_line = scope.node->place.line;
  if (scope.is_generator) code_->flags |= Code::generator;
  if (options.record) code_->flags |= Code::recorded;
  module_level_ = scope.node->kind == FKind::module_;
  class_level_ = scope.node->kind == FKind::class_;
  at(scope.node->place);

  const auto add = [this](Str* name) {
    registers_.emplace(name, named_);
    code_->local_names.push_back(name);
    return named_++;
  };
  if (class_level_) add(intern(".namespace"));
  for (Str* name : scope.order) {
    const Symbol& symbol = scope.symbols.at(name);
    if (symbol.parameter || symbol.where == Where::local || symbol.where == Where::cell) add(name);
  }
  if (scope.needs_class_cell) add(intern(".class"));
  code_->first_free = named_;
  for (Str* name : scope.order) {
    const Symbol& symbol = scope.symbols.at(name);
    const bool passes = class_level_ && symbol.captured && symbol.where == Where::space;  // seen through the class by its methods
    if (symbol.where == Where::free || passes) {
      free_.push_back(name);
      add(name);
    }
  }
  settled_.assign(named_, false);
}

// ------------------------------------------------------------------------------------------------------- instructions

std::uint32_t FunctionCompiler::emit(Op op, Operand a, Operand b, Operand c) {
  const std::uint32_t index = here();
  code_->instructions.push_back({op, a, b, c});
  std::vector<Place>& places = code_->places;
  const auto same = [this](const Place& p) {
    return p.line == place_.line && p.column == place_.column && p.end_line == place_.end_line && p.end_column == place_.end_column;
  };
  if (places.empty() || !same(places.back())) places.push_back(place_);
  code_->place_of.push_back(static_cast<std::uint32_t>(places.size() - 1));
  return index;
}

bool FunctionCompiler::is_short(Op op) { return op == Op::for_iter || (op >= Op::unless_lt && op <= Op::if_ge); }

void FunctionCompiler::jump(Op op, Operand a, Label& target) {
  const std::uint32_t index = emit(op, a);
  if (target.position >= 0) {
    patch(index, target.position);
  } else {
    target.jumps.push_back(index);
  }
}

void FunctionCompiler::short_jump(Op op, Operand a, Operand b, Label& target) {
  const std::uint32_t index = emit(op, a, b);
  if (target.position >= 0) {
    patch(index, target.position);
  } else {
    target.jumps.push_back(index);
  }
}

void FunctionCompiler::patch(std::uint32_t index, std::int64_t target) {
  Instruction& instruction = code_->instructions[index];
  const std::int64_t distance = target - index - 1;
  if (is_short(instruction.op)) {
    if (distance < INT16_MIN || distance > INT16_MAX) throw SyntaxProblem{"SyntaxError", "this block is too long for nabla", code_->places[code_->place_of[index]]};
    instruction.c = static_cast<std::uint16_t>(distance);
  } else {
    instruction.b = static_cast<std::uint16_t>(distance);
    instruction.c = static_cast<std::uint16_t>(distance >> 16);
  }
}

void FunctionCompiler::bind(Label& label) {
  label.position = here();
  for (const std::uint32_t index : label.jumps) patch(index, label.position);
  label.jumps.clear();
}

namespace {

/// Which fields of an instruction name registers: a, b, c as bits 1, 2, 4.
unsigned register_fields(Op op) {
  switch (op) {
    case Op::clear: case Op::check: case Op::load_global: case Op::load_name: case Op::make_cell: case Op::delete_cell: case Op::delete_local:
    case Op::jump_if_false: case Op::jump_if_true: case Op::keep_jump_if_false: case Op::keep_jump_if_true: case Op::delete_attribute:
    case Op::call_keywords: case Op::call_method_keywords: case Op::call_spread: case Op::make_slice: case Op::list_to_tuple:
    case Op::make_class: case Op::import: case Op::import_star: case Op::reraise: case Op::load_assertion_error: case Op::enter_handler:
    case Op::leave_handler: case Op::load_handled: case Op::unless_match: case Op::with_exit: case Op::load_annotations: case Op::echo: case Op::return_: case Op::round: return 1;
    case Op::move: case Op::copy: case Op::load_cell: case Op::store_cell: case Op::neg: case Op::pos: case Op::invert: case Op::logical_not:
    case Op::get_attribute: case Op::load_method: case Op::make_list: case Op::make_tuple: case Op::make_set: case Op::make_dict:
    case Op::list_append: case Op::list_extend: case Op::set_add: case Op::set_update: case Op::dict_update: case Op::build_string:
    case Op::convert: case Op::unpack: case Op::unpack_star: case Op::get_iterator: case Op::for_iter: case Op::yield_: case Op::yield_from:
    case Op::import_from: case Op::raise: case Op::with_enter: case Op::with_exit_raised: case Op::delete_item: case Op::load_class_cell:
    case Op::unless_lt: case Op::unless_le: case Op::unless_eq: case Op::unless_ne: case Op::unless_gt: case Op::unless_ge:
    case Op::if_lt: case Op::if_le: case Op::if_eq: case Op::if_ne: case Op::if_gt: case Op::if_ge: return 3;
    case Op::store_global: case Op::store_name: case Op::record: case Op::record_global: return 2;
    case Op::set_attribute: case Op::call: case Op::call_method: case Op::make_function: return 5;
    case Op::delete_global: case Op::delete_name: case Op::jump: case Op::raise_again: return 0;
    default: return 7;  // binary operations, comparisons, items, dict_set, dict_merge, format
  }
}

}  // namespace

Ref<Code> FunctionCompiler::finish() {
  code_->locals = named_;
  code_->first_temporary = named_;
  code_->registers = named_ + most_;
  const auto settle = [this](Operand& operand) {
    if (is_temporary(operand)) operand = static_cast<Operand>(operand - kTemporaries + named_);
  };
  for (Instruction& instruction : code_->instructions) {
    const unsigned fields = register_fields(instruction.op);
    if (fields & 1) settle(instruction.a);
    if (fields & 2) settle(instruction.b);
    if (fields & 4) settle(instruction.c);
  }
  for (const Pending& pending : pending_) {
    Handler handler{pending.begin, pending.end, static_cast<std::uint32_t>(pending.target->position), pending.reg, pending.depth};
    settle(handler.reg);
    if (handler.begin < handler.end) code_->handlers.push_back(handler);
  }
  fuse(*code_);
  return std::move(code_);
}

// ----------------------------------------------------------------------------------------- registers, constants, names

Operand FunctionCompiler::temporary() {
  if (named_ + top_ >= 0x3FF0) throw SyntaxProblem{"SyntaxError", "this expression is too large for nabla", place_};
  most_ = std::max<Operand>(most_, top_ + 1);
  return static_cast<Operand>(kTemporaries + top_++);
}

Operand FunctionCompiler::constant(Value value) {
  const auto add = [&]() -> Operand {
    if (code_->constants.size() >= kConstant) throw SyntaxProblem{"SyntaxError", "too many constants for nabla", place_};
    code_->constants.push_back(value);
    return static_cast<Operand>((code_->constants.size() - 1) | kConstant);
  };
  if (text_of(value)) {
    const std::string text = *text_of(value);
    const auto found = texts_.find(text);
    if (found != texts_.end()) return found->second;
    const bool is_name = text.size() <= 40 && text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == std::string::npos;
    if (is_name) value = Value::object(intern(text));
    return texts_[text] = add();
  }
  if (value.is_object()) return add();
  const auto found = immediates_.find(value.bits());
  if (found != immediates_.end()) return found->second;
  const std::uint64_t bits = value.bits();
  return immediates_[bits] = add();
}

std::uint16_t FunctionCompiler::name_index(Str* name) {
  const auto [found, is_new] = names_.try_emplace(name, static_cast<std::uint16_t>(code_->names.size()));
  if (is_new) code_->names.push_back(name);
  if (code_->names.size() > 0xFFFF) throw SyntaxProblem{"SyntaxError", "too many names for nabla", place_};
  return found->second;
}

std::uint16_t FunctionCompiler::site(Str* name) {
  if (code_->sites.size() >= 0xFFFF) throw SyntaxProblem{"SyntaxError", "too many names for nabla", place_};
  code_->sites.push_back({name});
  return static_cast<std::uint16_t>(code_->sites.size() - 1);
}

std::uint16_t FunctionCompiler::global_site(Str* name) {
  const auto found = global_sites_.find(name);
  if (found != global_sites_.end()) return found->second;
  return global_sites_[name] = site(name);
}

Where FunctionCompiler::where(Str* name) const {
  const auto found = scope_.symbols.find(name);
  return found == scope_.symbols.end() ? Where::global : found->second.where;
}

bool FunctionCompiler::bound(Str* name) const { return settled_[register_of(name)] && !scope_.symbols.at(name).unsettled; }

void FunctionCompiler::load_name(Str* name, Operand into) {
  switch (where(name)) {
    case Where::local:
      if (!bound(name)) emit(Op::check, register_of(name), name_index(name));
      settled_[register_of(name)] = true;
      emit(Op::move, into, register_of(name));
      return;
    case Where::cell: emit(Op::load_cell, into, register_of(name), name_index(name)); return;
    case Where::free:
      emit(class_level_ ? Op::load_class_cell : Op::load_cell, into, register_of(name), name_index(name));
      return;
    case Where::global: emit(Op::load_global, into, global_site(name)); return;
    case Where::space: emit(Op::load_name, into, name_index(name)); return;
  }
}

void FunctionCompiler::store_name(Str* name, Operand value, const Place& place) {
  at(place);
  if (options_.record && !class_level_ && name->text[0] != '.') record(name, value);
  switch (where(name)) {
    case Where::local:
      settled_[register_of(name)] = true;
      if (value != register_of(name)) emit(Op::move, register_of(name), value);
      return;
    case Where::cell:
    case Where::free: emit(Op::store_cell, register_of(name), value); return;
    case Where::global: emit(Op::store_global, global_site(name), value); return;
    case Where::space: emit(Op::store_name, name_index(name), value); return;
  }
}

void FunctionCompiler::record(Str* name, Operand value) {
  const bool global = where(name) == Where::global;
  emit(global ? Op::record_global : Op::record, name_index(name), value);
}

void FunctionCompiler::delete_name(Str* name) {
  switch (where(name)) {
    case Where::local: emit(Op::delete_local, register_of(name), name_index(name)); return;
    case Where::cell:
    case Where::free: emit(Op::delete_cell, register_of(name), name_index(name)); return;
    case Where::global: emit(Op::delete_global, name_index(name)); return;
    case Where::space: emit(Op::delete_name, name_index(name)); return;
  }
}

void FunctionCompiler::error(const Node* node, std::string message) { throw SyntaxProblem{"SyntaxError", std::move(message), node->place}; }

void FunctionCompiler::warn(const Node* node, std::string message) { options_.warnings->emplace_back(node->place, std::move(message)); }

// ---------------------------------------------------------------------------------------------------------- functions

std::string FunctionCompiler::inner_qualname(Str* name) const {
  if (module_level_) return name->text;
  const auto found = scope_.symbols.find(name);
  if (found != scope_.symbols.end() && found->second.global) return name->text;
  return cat(code_->qualname, class_level_ ? "." : ".<locals>.", name->text);
}

void FunctionCompiler::make_function_object(const Ref<Code>& code, Scope& inner, FunctionNode* node, Operand into) {
  // Defaults are evaluated here, into a tuple each; keyword-only ones without a default stay undefined.
  const Operand mark = top_;
  const Operand defaults = temporary(), keyword_defaults = temporary();
  const auto gather = [&](bool keyword_only, Operand tuple) {
    const Operand inner_mark = top_;
    std::uint16_t count = 0;
    bool any = false;
    for (const ParameterNode& parameter : node->parameters) any |= parameter.default_value && (parameter.kind == ParameterNode::Kind::keyword_only) == keyword_only;
    if (!any) return emit(Op::clear, tuple);
    for (const ParameterNode& parameter : node->parameters) {
      if ((parameter.kind == ParameterNode::Kind::keyword_only) != keyword_only) continue;
      if (!parameter.default_value && !keyword_only) continue;
      const Operand target = temporary();
      ++count;
      if (parameter.default_value) {
        this->into(parameter.default_value, target);
      } else {
        emit(Op::clear, target);
      }
    }
    emit(Op::make_tuple, tuple, static_cast<Operand>(kTemporaries + inner_mark), count);
    top_ = inner_mark;
    return std::uint32_t{0};
  };
  gather(false, defaults);
  gather(true, keyword_defaults);
  top_ = mark;
  const auto index = static_cast<std::uint16_t>(code_->codes.size());
  code_->codes.push_back(code);
  static Str* const class_name = intern("__class__");
  static Str* const class_register = intern(".class");
  for (Str* name : inner.order) {
    const Symbol& symbol = inner.symbols.at(name);
    const bool inner_class = inner.node->kind == FunctionNode::Kind::class_;
    if (symbol.where != Where::free && !(inner_class && symbol.captured && symbol.where == Where::space)) continue;
    const bool own_cell = class_level_ && name == class_name && scope_.needs_class_cell;
    code->captures.push_back(register_of(own_cell ? class_register : name));
  }
  emit(Op::make_function, into, index, defaults);
}

Ref<Code> FunctionCompiler::module(const std::vector<Node*>& body) {
  if (!body.empty() && body[0]->kind == Kind::expression && body[0]->a->kind == Kind::constant && text_of(body[0]->a->value)) {
    code_->doc = body[0]->a->value;
  }
  for (std::size_t i = 0; i < body.size(); ++i) {
    Node* node = body[i];
    if (options_.returns) {
      emit(Op::return_, operand(node->a));
    } else if (options_.echo && i + 1 == body.size() && node->kind == Kind::expression) {
      at(node->a);
      const Operand value = operand(node->a);
      emit(Op::echo, value);
      top_ = 0;
    } else {
      statement(node);
    }
  }
  emit(Op::return_, constant(Value::none()));
  return finish();
}

Ref<Code> FunctionCompiler::function() {
  using PKind = ParameterNode::Kind;
  FunctionNode& node = *scope_.node;
  // The parameters stand in registers in the order: positional, keyword-only, *args, **kwargs.
  std::vector<Str*> order;
  const auto take = [&](PKind kind, std::uint16_t& count) {
    for (const ParameterNode& parameter : node.parameters) {
      if (parameter.kind == kind) order.push_back(parameter.name), ++count;
    }
  };
  std::uint16_t normal = 0, stars = 0, double_stars = 0;
  take(PKind::positional_only, code_->positional_only);
  take(PKind::normal, normal);
  take(PKind::keyword_only, code_->keyword_only);
  take(PKind::var_positional, stars);
  take(PKind::var_keyword, double_stars);
  code_->positional = code_->positional_only + normal;
  code_->parameters = static_cast<std::uint16_t>(order.size());
  if (stars) code_->flags |= Code::var_positional;
  if (double_stars) code_->flags |= Code::var_keyword;
  for (std::size_t i = 0; i < order.size(); ++i) {
    registers_[order[i]] = static_cast<Operand>(i);
    code_->local_names[i] = order[i];
    settled_[i] = true;
  }
  for (Str* name : scope_.order) {
    if (where(name) == Where::cell) emit(Op::make_cell, register_of(name));
  }
  const bool is_lambda = node.kind == FunctionNode::Kind::lambda;
  if (is_lambda) {
    at(node.body[0]);
    emit(Op::return_, operand(node.body[0]));
  } else {
    const Node* first = node.body.empty() ? nullptr : node.body[0];
    if (first && first->kind == Kind::expression && first->a->kind == Kind::constant && text_of(first->a->value)) code_->doc = first->a->value;
    statements(node.body);
    emit(Op::return_, constant(Value::none()));
  }
  return finish();
}

Ref<Code> FunctionCompiler::class_body() {
  // A function of one parameter, the namespace, in register 0; it gives back the namespace.
  FunctionNode& node = *scope_.node;
  code_->positional = code_->parameters = 1;
  code_->flags |= Code::class_body;
  static Str* const class_register = intern(".class");
  if (scope_.needs_class_cell) emit(Op::make_cell, register_of(class_register));
  const Operand module_name = temporary();
  emit(Op::load_global, module_name, global_site(names::name));
  emit(Op::store_name, name_index(names::module), module_name);
  top_ = 0;
  emit(Op::store_name, name_index(names::qualname), constant(string(code_->qualname)));
  const Node* first = node.body.empty() ? nullptr : node.body[0];
  if (first && first->kind == Kind::expression && first->a->kind == Kind::constant && text_of(first->a->value)) {
    emit(Op::store_name, name_index(names::doc), constant(first->a->value));
  }
  statements(node.body);
  if (scope_.needs_class_cell) emit(Op::store_name, name_index(names::classcell), register_of(class_register));
  emit(Op::return_, 0);
  return finish();
}

// ------------------------------------------------------------------------------------------------------------ compile()

namespace {

Value syntax_error(const Source& source, const SyntaxProblem& problem) {
  std::vector<Value> args{string(problem.message)};
  Value value = make_exception(exception_type(problem.kind), std::move(args));
  if (std::string_view(problem.kind) == "RecursionError") return value;
  auto& exception = *static_cast<Exception*>(value.as_object());
  exception.syntax = std::make_unique<Exception::Syntax>();
  const Place& place = problem.place;
  const auto text = [&](std::uint32_t line) { return problem.shown.empty() ? source.line(line) : std::string_view(problem.shown); };
  const auto column = [&](std::uint32_t line, std::uint32_t bytes) {
    std::uint32_t count = 1;
    for (const char c : text(line).substr(0, bytes)) count += (c & 0xC0) != 0x80;
    return count;
  };
  *exception.syntax = {source.filename, std::string(text(place.line)), place.line, column(place.line, place.column), place.end_line,
                       place.end_line ? column(place.end_line, place.end_column) : 0};
  if (!problem.shown.empty()) exception.syntax->shift = to_span(source, {place.line, problem.shown_column, place.line, problem.shown_column}).column - 1;
  if (place.column == kWholeLine) exception.syntax->column = 0;
  return value;
}

bool ends_in_semicolon(std::string_view text, const Place& place, const Source& source) {
  (void)text;
  std::string_view rest = source.line(place.end_line);
  rest.remove_prefix(std::min<std::size_t>(place.end_column, rest.size()));
  const std::size_t at = rest.find_first_not_of(" \t");
  return at != std::string_view::npos && rest[at] == ';';
}

/// What CPython finds wrong with a text that is to be one expression.
void check_expression(const Source& source, ParsedModule& parsed, std::string_view text) {
  SyntaxProblem& problem = parsed.problem;
  const auto wrong_at = [&](Place place) {
    parsed.ok = false;
    problem.message = "invalid syntax";
    problem.place = {place.line, place.column, 0, 0};
  };
  const auto behind = [&](std::uint32_t line, std::uint32_t column) {  // what follows there in the line; a column past its end where nothing does
    return static_cast<std::uint32_t>(std::min(source.line(line).find_first_not_of(" \t", column), source.line(line).size()));
  };
  if (!parsed.ok) {
    const Place& place = problem.place;
    if (problem.message.ends_with("Maybe you meant '==' instead of '='?")) wrong_at({place.end_line, behind(place.end_line, place.end_column), 0, 0});
    if (problem.message.starts_with("invalid syntax. Maybe")) problem.message = "invalid syntax";
    const bool at_end = static_cast<std::ptrdiff_t>(problem.place.line) == 1 + std::count(text.begin(), text.end(), '\n') && problem.place.column >= source.line(problem.place.line).size();
    if (at_end && problem.place.end_line == 0) problem.place.column = kWholeLine;
    return;
  }
  if (parsed.body.empty()) return wrong_at({1, kWholeLine, 0, 0});
  const Node& first = *parsed.body[0];
  if (first.kind == Kind::expression && parsed.body.size() == 1) return;
  const bool assigns = first.kind == Kind::assign || first.kind == Kind::augmented || first.kind == Kind::annotated;
  if (first.kind != Kind::expression && !assigns) return wrong_at(first.place);
  const Place complete = first.kind == Kind::assign ? first.items[0]->place : assigns ? first.a->place : first.place;  // what could be the expression
  const std::uint32_t next = behind(complete.end_line, complete.end_column);
  wrong_at(next < source.line(complete.end_line).size() ? Place{complete.end_line, next, 0, 0} : parsed.body[1]->place);
}

void show_syntax_warnings(const Source& source, const std::vector<std::pair<Place, std::string>>& warnings) {
  if (!Machine::exists()) return;
  Machine& machine = Machine::current();
  for (const auto& [place, message] : warnings) {
    const std::string_view line = source.line(place.line);
    const std::size_t first = line.find_first_not_of(" \t");
    const std::string text = cat(source.filename, ":", place.line, ": SyntaxWarning: ", message, "\n  ", line.substr(first == std::string_view::npos ? 0 : first), "\n");
    if (machine.on_warning) {
      machine.on_warning(machine.context, text, to_span(source, place));
    } else {
      machine.write(text, true);
    }
  }
}

}  // namespace

Ref<Code> compile(std::string_view text, std::string filename, std::uint32_t cell, Mode mode, bool record, Diagnostics& diagnostics) {
  init_python();
  auto source = make<Source>(std::move(filename), std::string(text), cell);
  const std::string plain = blank_magics(text, cell, diagnostics.notes);
  ParsedModule parsed;
  parse_module(plain, parsed);
  if (mode == Mode::expression) check_expression(*source, parsed, plain);
  const bool whole = mode == Mode::script || mode == Mode::expression;  // or not at all
  if (!parsed.ok) diagnostics.error = syntax_error(*source, parsed.problem);
  if (!parsed.ok && whole) return nullptr;
  FunctionNode* node = parsed.tree.add_function(FunctionNode::Kind::module_, intern("<module>"), Place{1, 0, 1, 0});
  node->body = parsed.body;
  for (;;) {
    std::vector<std::pair<Place, std::string>> warnings;
    try {
      Scopes scopes;
      find_scopes(*node, scopes);
      CompileOptions options{source, record, false, mode == Mode::expression, parsed.tree.lazy_annotations, &warnings};
      options.echo = mode == Mode::notebook && parsed.ok && !node->body.empty() && !ends_in_semicolon(plain, node->body.back()->place, *source);
      FunctionCompiler compiler(options, scopes.all[0], "<module>", nullptr);
      Ref<Code> code = compiler.module(node->body);
      show_syntax_warnings(*source, warnings);
      diagnostics.runs_first = !diagnostics.error.is_undefined() && !node->body.empty();
      return code;
    } catch (const SyntaxProblem& problem) {
      diagnostics.error = syntax_error(*source, problem);
      if (whole) return nullptr;
      // What stands above the error runs first.
      parsed.ok = false;
      const std::size_t before = node->body.size();
      while (!node->body.empty() && node->body.back()->place.end_line >= problem.place.line) node->body.pop_back();
      if (node->body.empty()) return nullptr;
      if (node->body.size() == before) return nullptr;
    }
  }
}

}  // namespace nabla
