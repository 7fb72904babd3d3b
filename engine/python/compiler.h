// The compiler: syntax tree -> Code, one FunctionCompiler for each scope. Registers as in Note [Registers]; the entry is compile()
// in machine.h. compiler.cpp has registers, names and functions; the other compiler_*.cpp are named for what they compile.
#pragma once
#include <deque>
#include <unordered_map>

#include "python/code.h"
#include "python/scopes.h"
#include "python/syntax.h"

namespace nabla {

using Operand = std::uint16_t;

struct CompileOptions {
  Ref<Source> source;
  bool record = false;
  bool echo = false;     // notebook: show the value of the last expression statement
  bool returns = false;  // an expression: return its value
  bool lazy_annotations = false;
  std::vector<std::pair<Place, std::string>>* warnings = nullptr;
};

class FunctionCompiler {
 public:
  FunctionCompiler(const CompileOptions& options, Scope& scope, std::string qualname, FunctionCompiler* outer);
  Ref<Code> module(const std::vector<Node*>& body);
  Ref<Code> function();
  Ref<Code> class_body();
  Ref<Code> comprehension(Node* node);

 private:
  // ---- compiler.cpp: instructions, registers, names

  struct Label {
    std::int64_t position = -1;
    std::vector<std::uint32_t> jumps;  // to be patched
  };
  /// What return, break and continue must undo on their way out.
  struct Block {
    enum class Kind : std::uint8_t { loop, guard, handler, finally, with, name } kind;
    Label* on_break = nullptr;
    Label* on_continue = nullptr;
    bool has_iterator = false;
    Operand reg = 0;             // loop: the iterator; handler: what was handled before; with: the exit function
    const std::vector<Node*>* body = nullptr;  // finally
    Str* name = nullptr;         // name: to be unbound
    Place place;
    // A guarded stretch of instructions: it is left while the body of an outer block is copied in.
    bool guarded = false;
    std::uint32_t begin = 0;
    Label* target = nullptr;
    Operand exception = 0;
    std::uint16_t depth = 0;
    bool is_star = false;  // a clause of except*: none may leave it by a jump
  };
  struct Pending {  // a Handler whose target is not known yet
    std::uint32_t begin, end;
    Label* target;
    Operand reg;
    std::uint16_t depth;
  };

  std::uint32_t here() const { return static_cast<std::uint32_t>(code_->instructions.size()); }
  void at(const Place& place) { place_ = place; }
  void at(const Node* node) { place_ = node->place; }
  void at_attribute(const Node* attribute, const Place& whole);
  std::uint32_t emit(Op op, Operand a = 0, Operand b = 0, Operand c = 0);
  void jump(Op op, Operand a, Label& target);        // 32 bits, in b and c
  void short_jump(Op op, Operand a, Operand b, Label& target);  // 16 bits, in c
  void bind(Label& label);
  void patch(std::uint32_t instruction, std::int64_t target);
  static bool is_short(Op op);
  Ref<Code> finish();

  Operand temporary();
  Operand constant(Value value);
  std::uint16_t name_index(Str* name);
  std::uint16_t site(Str* name);
  std::uint16_t global_site(Str* name);
  bool is_temporary(Operand operand) const { return !(operand & kConstant) && operand >= kTemporaries; }
  /// Temporaries are numbered from here while compiling; finish() moves them down, after the locals.
  static constexpr Operand kTemporaries = 0x4000;

  Where where(Str* name) const;
  Operand register_of(Str* name) const { return registers_.at(name); }
  void load_name(Str* name, Operand into);
  void store_name(Str* name, Operand value, const Place& place);
  void delete_name(Str* name);
  void record(Str* name, Operand value);
  bool bound(Str* name) const;
  void make_function_object(const Ref<Code>& code, Scope& inner, FunctionNode* node, Operand into);
  std::string inner_qualname(Str* name) const;
  [[noreturn]] void error(const Node* node, std::string message);
  void warn(const Node* node, std::string message);  // SyntaxWarning

  // ---- compiler_expressions.cpp and compiler_calls.cpp

  Operand operand(Node* node);                 // wherever it is: a constant, a local, or a new temporary
  void into(Node* node, Operand target);
  void branch(Node* node, bool when, Label& target);  // jumps when its truth is `when`, else falls through
  void binary(Node* node, Operand target);
  void compare(Node* node, Operand target);
  void check_identity(const Node* node);
  void check_subscript(const Node* node);
  static const char* literal_type(const Node* node);
  void logical(Node* node, Operand target);
  void call(Node* node, Operand target);
  void call_spread(Node* node, Operand target);
  /// The arguments of a call or bases of a class into a list, its keywords into a dict (nothing when there are none).
  void spread_arguments(Node* node, Operand base, Operand list, Operand keywords);
  void sequence(Node* node, Operand target);
  void sequence_spread(Node* node, Operand target);
  void dict(Node* node, Operand target);
  void joined(Node* node, Operand target);
  void comprehension_call(Node* node, Operand target);
  void comprehension_clauses(Node* node, std::size_t i, Operand result, Operand argument);
  Value folded(const Node* node);
  Value constant_set(const Node* node);
  bool is_super_call(const Node* node) const;

  // ---- compiler_match.cpp

  using Captures = std::vector<std::pair<Str*, Operand>>;
  void match(Node* node);
  void match_pattern(Node* pattern, Operand subject, const Captures& captures, Label& fail);
  Operand match_call(Value function, Operand subject, Node* type, const std::vector<Value>& constants, std::uint16_t parts, Label& fail);

  // ---- compiler_statements.cpp

  void statements(const std::vector<Node*>& nodes);
  void statement(Node* node);
  void store(Node* target, Operand value);     // consumes a temporary
  void unpack(Node* target, Operand value);
  void augmented(Node* node);
  void annotate(Node* node);
  void annotate_function(const FunctionNode& function, Operand value);
  void annotation(Node* node, Operand target);
  void for_loop(Node* node);
  void while_loop(Node* node);
  void if_statement(Node* node);
  void try_statement(Node* node);
  void try_except(Node* node);
  void try_star(Node* node);
  void keep_settled(std::vector<bool>& bound) const;
  std::vector<bool> try_body(Node* node, Operand mark, Label& raised, Label& end);
  void call_star(std::string_view name, Operand object, Operand argument, Operand target);
  void handler_body(Node* clause, Operand exception);
  void with(Node* node, std::size_t i);
  void function_statement(Node* node);
  void class_statement(Node* node);
  void import(Node* node);
  void import_from(Node* node);
  void return_value(Node* node, Node* value);
  void leave(Node* node, Operand* keep);
  void open_guard(Block& block, Label& target, Operand exception);
  void close_guard(Block& block);
  /// The end of a handler that does not end the exception: raises the handled one again, or the one that its own body raised.
  void enter_handler(Operand outer, Label& raised_again, Operand exception);
  void pass_on(Operand outer, Operand exception, Label& raised_again);
  void unwind_one(const Block& block);

  const CompileOptions& options_;
  Scope& scope_;
  FunctionCompiler* outer_;
  Ref<Code> code_;
  Place place_;
  std::unordered_map<Str*, Operand> registers_;   // of locals, cells and free variables
  std::unordered_map<std::uint64_t, Operand> immediates_;
  std::unordered_map<std::string, Operand> texts_;
  std::unordered_map<Str*, std::uint16_t> names_, global_sites_;
  std::vector<Str*> free_;            // in the order of the closure
  std::vector<bool> settled_;         // locals that are surely bound here
  std::vector<Block> blocks_;
  std::vector<Pending> pending_;
  std::deque<Label> labels_;          // those that handlers point to
  Operand top_ = 0, most_ = 0;        // temporaries in use, and the most there were
  Operand named_ = 0;                 // named registers
  bool module_level_ = false;
  bool class_level_ = false;
};

}  // namespace nabla
