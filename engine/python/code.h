// What the compiler makes and the machine runs: source texts, places in them, instructions, Code.
#pragma once
#include <memory>

#include "python/object.h"

namespace nabla {

/// A text that was compiled: one file or one cell.
struct Source final : Object {
  std::string filename;  // as tracebacks name it
  std::string text;      // as it was written (UTF-8)
  std::uint32_t cell;
  std::vector<std::string_view> lines;  // without their ends
  bool ascii;
  bool is_library = false;  // a module of nabla's own: no place for a learner to be sent to
  Source(std::string filename, std::string text, std::uint32_t cell);
  /// Line `number`, from 1; empty beyond the end.
  std::string_view line(std::uint32_t number) const noexcept;
};

/// A range of source text. Lines count from 1, columns from 0 in bytes; the end is exclusive.
struct Place {
  std::uint32_t line = 0, column = 0, end_line = 0, end_column = 0;
};
/// The same in UTF-16 code units, with its cell: what editors and the trace use.
struct SourceSpan {
  std::uint32_t cell = 0, line = 0, column = 0, end_line = 0, end_column = 0;
};
SourceSpan to_span(const Source& source, const Place& place) noexcept;

// Note [Registers]
// A frame's registers are: parameters, other locals, cells, free variables, and from Code::first_temporary on the temporaries of
// expressions. An operand names a register, or with its high bit a constant. An instruction that reads a temporary consumes it: the
// register is empty afterwards, so that objects die as early as they do in CPython, and values move instead of being counted.
// Exceptions: copy, for_iter's iterator and what is said to be kept below. Locals are never consumed.
//
// R is a register or constant, r a register, n an index into names, k one into constants, s one into sites, i a plain number,
// j a jump: relative to the next instruction, in c (16 bits) or in b and c (32 bits).
#define NABLA_OPCODES(X)                                                                                                     \
  X(move) /* r = R */ X(copy) /* r = r, kept */ X(clear) /* r */ X(check) /* r n: must be bound */                          \
  X(load_global) /* r s */ X(store_global) /* s R */ X(delete_global) /* n */                                               \
  X(load_name) /* r n */ X(store_name) /* n R */ X(delete_name) /* n */ X(load_class_cell) /* r r n: class body */          \
  X(make_cell) /* r */ X(load_cell) /* r r n */ X(store_cell) /* r R */ X(delete_cell) /* r n */ X(delete_local) /* r n */  \
  X(add) X(sub) X(mul) X(truediv) X(floordiv) X(mod) X(pow) X(matmul) X(lshift) X(rshift) X(bit_and) X(bit_or) X(bit_xor)   \
  X(iadd) X(isub) X(imul) X(itruediv) X(ifloordiv) X(imod) X(ipow) X(imatmul) X(ilshift) X(irshift) X(ibit_and) X(ibit_or) X(ibit_xor) \
  X(lt) X(le) X(eq) X(ne) X(gt) X(ge) /* r = R R */ X(is) X(is_not) X(in) X(not_in) /* r = R R */                           \
  X(neg) X(pos) X(invert) X(logical_not) /* r = R */                                                                        \
  X(jump) /* j32 */ X(jump_if_false) X(jump_if_true) /* R j32 */ X(keep_jump_if_false) X(keep_jump_if_true) /* r j32, kept */ \
  X(unless_lt) X(unless_le) X(unless_eq) X(unless_ne) X(unless_gt) X(unless_ge) /* R R j16 */                               \
  X(if_lt) X(if_le) X(if_eq) X(if_ne) X(if_gt) X(if_ge) /* R R j16 */                                                       \
  X(get_attribute) /* r R s */ X(set_attribute) /* R s R */ X(delete_attribute) /* R n */                                   \
  X(get_item) /* r R R */ X(set_item) /* R R R: a[b] = c */ X(delete_item) /* R R */                                        \
  X(load_method) /* r R s: r function, r+1 self */ X(call) /* r i r: function, arguments after it, result */                \
  X(call_method) /* r i r: as load_method left it, arguments from r+2 */                                                    \
  X(call_keywords) /* r i k: i positional, then keyword values; result in r */ X(call_method_keywords)                      \
  X(call_spread) /* r: function, list of arguments, dict of keywords or empty; result in r */                               \
  X(make_list) X(make_tuple) X(make_set) /* r = r.. i */ X(make_dict) /* r = r.. i pairs */                                 \
  X(list_append) X(list_extend) X(set_add) X(set_update) /* r R, r kept */ X(dict_set) /* r R R, r kept */                  \
  X(dict_update) /* r R, kept */ X(dict_merge) /* r R r: keywords of a call to r; both r kept */ X(list_to_tuple) /* r */   \
  X(make_slice) /* r = r..r+2 */ X(build_string) /* r = r.. i */ X(convert) /* r R i: !r !s !a */ X(format) /* r R R */     \
  X(unpack) /* R r.. i */ X(unpack_star) /* R r.. i: before | after << 8 */                                                 \
  X(get_iterator) /* r R */ X(for_iter) /* r r j16: iterator kept, item, exit */                                            \
  X(return_) /* R */ X(yield_) /* r R */ X(yield_from) /* r r: result, iterator kept until done */                          \
  X(make_function) /* r i r: default values, keyword defaults */ X(make_class) /* r i k: body, bases or kSpreadBases, name */               \
  X(import) /* r n i: 0 the top module, 1 the named one */ X(import_from) /* r r n, module kept */ X(import_star) /* r */   \
  X(raise) /* R R */ X(raise_again) X(reraise) /* r: no new entry in the traceback */ X(load_assertion_error) /* r */       \
  X(enter_handler) /* r r: the handled exception before, the new one */ X(leave_handler) /* r */ X(load_handled) /* r */    \
  X(unless_match) /* R j32: is the handled exception of this class? */                                                      \
  X(with_enter) /* r R: r exit, r+1 entered */ X(with_exit) /* r */ X(with_exit_raised) /* r r: exit to result, exception kept */ \
  X(load_annotations) /* r: __annotations__ of the module or class body */                                                   \
  X(echo) /* R */ X(record) /* n R, kept */ X(record_global) /* n R, kept */                                                \
  X(round) /* R, kept: a loop begins another round; its iterator, None in a while */                                         \
  X(sign_of_global) X(sign_of_globals) X(set_attribute_of_global) X(load_method_of_global) X(call_method_of_global) /* Note [Fused] */

enum class Op : std::uint16_t {
#define NABLA_OP(name) name,
  NABLA_OPCODES(NABLA_OP)
#undef NABLA_OP
};

// Note [Fused]
// What a small graph's program does is mostly `w * x`, `w.grad = None`, `y.backward()` with global variables. There the instruction that loads
// the first variable gets another op (fuse()), which does the work of the next ones too and goes on behind them: no value is counted or
// moved, one jump is taken for three. It is exactly what its parts are, as steps are counted and places told; they still stand behind it,
// and where anything is out of the ordinary (an unbound name, operands without a short way) it loads the variable and they go on.

struct Instruction {
  Op op;
  std::uint16_t a, b, c;
  std::int32_t jump() const noexcept { return static_cast<std::int32_t>(static_cast<std::uint32_t>(b) | static_cast<std::uint32_t>(c) << 16); }
};
static_assert(sizeof(Instruction) == 8);

inline constexpr std::uint16_t kConstant = 0x8000;  // the bit of an operand that names a constant
inline constexpr std::uint16_t kSpreadBases = 0xFFFF;  // make_class: bases and keywords come as a list and a dict

/// Where an instruction names a global or an attribute, with what was found there last time.
struct Site {
  Str* name;
  std::uint32_t version = 0;   // of classes; 0 = nothing cached
  std::uint32_t index = 0;     // of the entry in the dict
  const Type* type = nullptr;
  const Value* attribute = nullptr;
  enum class Kind : std::uint8_t { other, property, method } kind = Kind::other;  // of the attribute: a GetSet, a NativeFunction
  std::uint64_t layout = 0;    // of the globals that `entry` lies in; or of an instance's dict that has no such name
  Value* entry = nullptr;
};

/// A stretch of instructions with a handler: what is raised in [begin, end) goes to `handler`, the exception into `reg`.
struct Handler {
  std::uint32_t begin, end, handler;
  std::uint16_t reg;         // also: temporaries from here on are dropped
  std::uint16_t depth;       // the deepest one that covers an instruction is its handler
};

struct Frame;

struct Code final : Object {
  enum Flags : std::uint32_t { generator = 1, var_positional = 2, var_keyword = 4, class_body = 8, recorded = 16 };
  Ref<Source> source;
  Str* name;
  std::string qualname;
  std::uint32_t flags = 0;
  std::uint32_t first_line = 0;
  std::uint16_t positional = 0, positional_only = 0, keyword_only = 0;  // parameters; then *args, **kwargs
  std::uint16_t parameters = 0;                                         // all of them, stars included
  std::uint16_t locals = 0;                                             // named registers
  std::uint16_t first_free = 0;                                         // where the closure's cells go
  std::uint16_t first_temporary = 0;
  std::uint16_t registers = 0;
  std::vector<Str*> local_names;
  std::vector<std::uint16_t> captures;         // for each free variable: the register of its cell where the function is made
  std::vector<Instruction> instructions;
  std::vector<std::uint32_t> place_of;  // for each instruction an index into places
  std::vector<Place> places;
  std::vector<Value> constants;
  std::vector<Str*> names;
  std::vector<Site> sites;
  std::vector<Ref<Code>> codes;
  std::vector<Handler> handlers;
  Value doc;
  Value full_name;               // qualname as functions have it; made with the first
  mutable Frame* spare = nullptr;  // see Note [Spare frames]
  Code(Ref<Source> source, Str* name);
  ~Code() override;
  static Type* class_type() noexcept;
};
/// Marks what may run fused, when all else of the code is there. See Note [Fused].
void fuse(Code& code) noexcept;

}  // namespace nabla
