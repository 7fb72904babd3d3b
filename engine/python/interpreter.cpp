// The general loop: the inner one (quick.cpp) runs as far as it can, then one instruction in full, and so on; errors are caught here. An
// instruction that can call out stores pc first (the place that native code may ask for, and where a handler is looked for).
#include "python/interpreter.h"

#include <exception>

#include "python/builtins/builtins.h"
#include "python/fast_paths.h"
#include "python/library.h"

namespace nabla {
namespace {

std::string convert(const Value& value, std::uint16_t how) {
  if (how == 's') return str(value);
  if (how == 'r') return repr(value);
  return ascii_of(value);
}

}  // namespace

// clang-format off
#define SYNC() (frame->pc = pc, m.left_ = left)
#define FRAME() (frame = m.frame_, pc = frame->pc, r = frame->registers(), k = frame->code->constants.data(), temps = frame->code->first_temporary, left = m.left_)
#define R(operand) (*((operand) & kConstant ? k + ((operand) & 0x7FFF) : r + (operand)))
#define DROP(operand) if (!((operand) & kConstant) && (operand) >= temps) r[operand] = Value()
#define TAKE(operand) (!((operand) & kConstant) && (operand) >= temps ? std::move(r[operand]) : Value(R(operand)))

// clang-format on

bool Interpreter::execute(Frame* stop, bool nested, Value& result) {
  Frame* frame;
  const Instruction* pc;
  Value* r;
  const Value* k;
  std::uint16_t temps;
  std::int64_t left;
  FRAME();
  const Type* const function_type = Function::class_type();
  for (;;) {
    Value raised;
    bool add_entry = true;
    try {
      for (;;) {
        SYNC();
        quick(*this);
        FRAME();
        if (left <= 0) {
          if (!nested) return false;
          m.refill();
          left = m.left_;
          continue;
        }
        --left;
        const Instruction& i = *pc++;
        switch (i.op) {
          case Op::check:
            SYNC();
            fail("UnboundLocalError", "cannot access local variable '", frame->code->names[i.b]->text, "' where it is not associated with a value");

          // ------------------------------------------------------------------------------------------------- names
          case Op::delete_global:
            SYNC();
            if (!frame->globals->erase(Value::object(frame->code->names[i.a]))) missing_global(frame, frame->code->names[i.a]);
            break;
          case Op::load_name: {
            SYNC();
            Str* name = frame->code->names[i.b];
            const Value* found = static_cast<Dict*>(r[0].as_object())->find(name);
            if (!found) found = frame->globals->find(name);
            if (!found) found = builtins_dict().find(name);
            if (!found) found = late_builtin(name);
            if (!found) missing_global(frame, name);
            r[i.a] = *found;
            left = m.left_;
            break;
          }
          case Op::store_name:
            if (r[0].as_object()->type != Dict::class_type()) {  // what a metaclass prepared
              SYNC();
              nabla::set_item(r[0], Value::object(frame->code->names[i.a]), TAKE(i.b));
              left = m.left_;
              break;
            }
            static_cast<Dict*>(r[0].as_object())->set(frame->code->names[i.a], TAKE(i.b)); break;
          case Op::delete_name:
            SYNC();
            if (!static_cast<Dict*>(r[0].as_object())->erase(Value::object(frame->code->names[i.a]))) missing_global(frame, frame->code->names[i.a]);
            break;
          case Op::load_class_cell:
            if (const Value* found = static_cast<Dict*>(r[0].as_object())->find(frame->code->names[i.c])) {
              r[i.a] = *found;
              break;
            }
            [[fallthrough]];
          case Op::load_cell: {
            const Value& value = static_cast<Cell*>(r[i.b].as_object())->value;
            if (value.is_undefined()) {
              SYNC();
              const std::string& name = frame->code->names[i.c]->text;
              if (i.b >= frame->code->first_free) {
                fail("NameError", "cannot access free variable '", name, "' where it is not associated with a value in enclosing scope");
              }
              fail("UnboundLocalError", "cannot access local variable '", name, "' where it is not associated with a value");
            }
            r[i.a] = value;
            break;
          }
          case Op::delete_cell: {
            Value& value = static_cast<Cell*>(r[i.a].as_object())->value;
            SYNC();
            if (value.is_undefined()) fail("UnboundLocalError", "cannot access local variable '", frame->code->names[i.b]->text, "' where it is not associated with a value");
            value = Value();
            break;
          }
          case Op::delete_local:
            SYNC();
            if (r[i.a].is_undefined()) fail("UnboundLocalError", "cannot access local variable '", frame->code->names[i.b]->text, "' where it is not associated with a value");
            r[i.a] = Value();
            break;

          // -------------------------------------------------------------------------------------------- arithmetic
          case Op::add: case Op::sub: case Op::mul: case Op::truediv: case Op::floordiv: case Op::mod: case Op::pow: case Op::matmul: case Op::lshift:
          case Op::rshift: case Op::bit_and: case Op::bit_or: case Op::bit_xor: case Op::iadd: case Op::isub: case Op::imul: case Op::itruediv:
          case Op::ifloordiv: case Op::imod: case Op::ipow: case Op::imatmul: case Op::ilshift: case Op::irshift: case Op::ibit_and: case Op::ibit_or:
          case Op::ibit_xor: {
            SYNC();
            Value value = binary(sign_of(i.op), R(i.b), R(i.c), i.op >= Op::iadd);
            DROP(i.b);
            DROP(i.c);
            r[i.a] = std::move(value);
            left = m.left_;
            break;
          }
          case Op::lt: case Op::le: case Op::eq: case Op::ne: case Op::gt: case Op::ge: {
            SYNC();
            if (ask()) {
              FRAME();
              break;
            }
            Value value = compare(static_cast<Compare>(static_cast<unsigned>(i.op) - static_cast<unsigned>(Op::lt)), R(i.b), R(i.c));
            DROP(i.b);
            DROP(i.c);
            r[i.a] = std::move(value);
            left = m.left_;
            break;
          }
          case Op::neg: case Op::pos: case Op::invert: {
            SYNC();
            Value value = unary(static_cast<Unary>(static_cast<unsigned>(i.op) - static_cast<unsigned>(Op::neg)), R(i.b));
            DROP(i.b);
            r[i.a] = std::move(value);
            left = m.left_;
            break;
          }
          case Op::logical_not: {
            SYNC();
            if (ask()) {
              FRAME();
              break;
            }
            const bool yes = truth(R(i.b));
            DROP(i.b);
            r[i.a] = Value::boolean(!yes);
            left = m.left_;
            break;
          }

          // ------------------------------------------------------------------------------------------------- jumps
          case Op::jump_if_false: case Op::jump_if_true: {
            SYNC();
            if (ask()) {
              FRAME();
              break;
            }
            const bool yes = truth(R(i.a));
            DROP(i.a);
            if (yes == (i.op == Op::jump_if_true)) pc += i.jump();
            left = m.left_;
            break;
          }
          case Op::keep_jump_if_false: case Op::keep_jump_if_true: {
            SYNC();
            if (ask()) {
              FRAME();
              break;
            }
            if (truth(r[i.a]) == (i.op == Op::keep_jump_if_true)) pc += i.jump();
            left = m.left_;
            break;
          }
          case Op::unless_lt: case Op::unless_le: case Op::unless_eq: case Op::unless_ne: case Op::unless_gt: case Op::unless_ge:
          case Op::if_lt: case Op::if_le: case Op::if_eq: case Op::if_ne: case Op::if_gt: case Op::if_ge: {
            SYNC();
            if (ask()) {
              FRAME();
              break;
            }
            const bool when = i.op >= Op::if_lt;
            const auto op = static_cast<Compare>(static_cast<unsigned>(i.op) - static_cast<unsigned>(when ? Op::if_lt : Op::unless_lt));
            const bool yes = truth(compare(op, R(i.a), R(i.b)));
            DROP(i.a);
            DROP(i.b);
            if (yes == when) pc += static_cast<std::int16_t>(i.c);
            left = m.left_;
            break;
          }

          // ----------------------------------------------------------------------------------- attributes and items
          case Op::delete_attribute:
            SYNC();
            set_attribute(R(i.a), frame->code->names[i.b], Value());
            DROP(i.a);
            left = m.left_;
            break;
          case Op::get_item: {
            SYNC();
            if (ask()) {
              FRAME();
              break;
            }
            Value value = get_item(R(i.b), R(i.c));
            DROP(i.b);
            DROP(i.c);
            r[i.a] = std::move(value);
            left = m.left_;
            break;
          }
          case Op::set_item:
            SYNC();
            set_item(R(i.a), R(i.b), R(i.c));
            DROP(i.a);
            DROP(i.b);
            DROP(i.c);
            left = m.left_;
            break;
          case Op::delete_item:
            SYNC();
            set_item(R(i.a), R(i.b), Value());
            DROP(i.a);
            DROP(i.b);
            left = m.left_;
            break;

          // ------------------------------------------------------------------------------------------------- calls
          case Op::call: case Op::call_method: {
            SYNC();
            if (i.op == Op::call && i.b == 1 && ask()) {
              FRAME();
              break;
            }
            Value* base = r + i.a;
            const bool has_self = i.op == Op::call_method && !base[1].is_undefined();
            const bool room = i.op == Op::call || !has_self;
            call(std::move(*base), base + 1 + (i.op == Op::call_method && !has_self), i.b + has_self, nullptr, i.c, room);
            FRAME();
            break;
          }
          case Op::call_keywords: case Op::call_method_keywords: {
            SYNC();
            Value* base = r + i.a;
            Value* args = base + 1;
            std::uint32_t count = i.b;
            bool room = true;
            if (i.op == Op::call_method_keywords) {
              if (base[1].is_undefined()) {
                ++args;
              } else {
                ++count;
                room = false;
              }
            }
            call(std::move(*base), args, count, static_cast<const Tuple*>(k[i.c].as_object()), i.a, room);
            FRAME();
            break;
          }
          case Op::call_spread:
            SYNC();
            call_spread(r + i.a, i.a);
            FRAME();
            break;

          // ---------------------------------------------------------------------------------------------- displays
          case Op::make_set: {
            SYNC();
            auto set = make<Set>();
            for (std::uint16_t n = 0; n < i.c; ++n) set->add(TAKE(i.b + n));
            r[i.a] = std::move(set);
            left = m.left_;
            break;
          }
          case Op::make_dict: {
            SYNC();
            auto dict = make<Dict>();
            for (std::uint16_t n = 0; n < i.c; ++n) {
              dict->set(r[i.b + 2 * n], std::move(r[i.b + 2 * n + 1]));
              r[i.b + 2 * n] = Value();
            }
            r[i.a] = std::move(dict);
            left = m.left_;
            break;
          }
          case Op::list_extend: {
            SYNC();
            extend_list(static_cast<List*>(r[i.a].as_object())->items, R(i.b), i.c ? &r[i.a - 1] : nullptr);
            DROP(i.b);
            left = m.left_;
            break;
          }
          case Op::set_add:
            SYNC();
            static_cast<Set*>(r[i.a].as_object())->add(TAKE(i.b));
            left = m.left_;
            break;
          case Op::set_update: {
            SYNC();
            set_update(*static_cast<Set*>(r[i.a].as_object()), R(i.b));
            DROP(i.b);
            left = m.left_;
            break;
          }
          case Op::dict_set:
            SYNC();
            static_cast<Dict*>(r[i.a].as_object())->set(R(i.b), R(i.c));
            DROP(i.b);
            DROP(i.c);
            left = m.left_;
            break;
          case Op::dict_update: case Op::dict_merge: {
            SYNC();
            const Value other = TAKE(i.b);
            merge_dict(*static_cast<Dict*>(r[i.a].as_object()), other, i.op == Op::dict_merge ? &r[i.c] : nullptr);
            left = m.left_;
            break;
          }
          case Op::list_to_tuple: {
            std::vector<Value> items = std::move(static_cast<List*>(r[i.a].as_object())->items);
            r[i.a] = tuple(std::move(items));
            break;
          }
          case Op::make_slice: {
            auto slice = make<Slice>(std::move(r[i.a]), std::move(r[i.a + 1]), std::move(r[i.a + 2]));
            r[i.a] = std::move(slice);
            break;
          }
          case Op::convert: {
            SYNC();
            if (ask()) {
              FRAME();
              break;
            }
            Value text = string(convert(R(i.b), i.c));
            DROP(i.b);
            r[i.a] = std::move(text);
            left = m.left_;
            break;
          }
          case Op::in: case Op::not_in: {
            SYNC();
            if (ask()) {
              FRAME();
              break;
            }
            const bool found = contains(R(i.c), R(i.b));
            DROP(i.b);
            DROP(i.c);
            r[i.a] = Value::boolean(found == (i.op == Op::in));
            left = m.left_;
            break;
          }
          case Op::format: {
            SYNC();
            if (ask()) {
              FRAME();
              break;
            }
            const Value& spec = R(i.c);
            Value text = string(format(R(i.b), spec.is_none() ? std::string_view{} : static_cast<Str*>(spec.as_object())->text));
            DROP(i.b);
            DROP(i.c);
            r[i.a] = std::move(text);
            left = m.left_;
            break;
          }
          case Op::unpack_star: {
            SYNC();
            const Value value = TAKE(i.a);
            unpack_star(value, r + i.b, i.c & 0xFF, i.c >> 8);
            left = m.left_;
            break;
          }

          // ------------------------------------------------------------------------------------ iteration and yield
          case Op::for_iter: {
            Object* iterator = r[i.a].as_object();
            const Type* type = iterator->type;
            if (type == RangeIterator::class_type()) {  // exhausted, as the next two
            } else if (type == ListIterator::class_type()) {
              static_cast<ListIterator*>(iterator)->list = nullptr;
            } else if (type == TupleIterator::class_type()) {
              static_cast<TupleIterator*>(iterator)->tuple = nullptr;
            } else if (type == Generator::class_type()) {
              auto* generator = static_cast<Generator*>(iterator);
              if (generator->frame) {
                SYNC();
                enter_generator(generator, Value::none(), Entry::iterate, i.b);
                FRAME();
                break;
              }
            } else {
              SYNC();
              const Value* method = type->is_heap ? type->find(names::next) : nullptr;
              if (method && method->is_object() && method->as_object()->type == function_type && static_cast<Function*>(method->as_object())->code->parameters == 1 &&
                  !(static_cast<Function*>(method->as_object())->code->flags & Code::generator)) {
                Value self = r[i.a];
                call_function(static_cast<Function*>(method->as_object()), &self, 1, nullptr, i.b, Entry::iterate, Value());
                FRAME();
                break;
              }
              Value item = next(r[i.a]);
              left = m.left_;
              if (!item.is_undefined()) {
                r[i.b] = std::move(item);
                break;
              }
            }
            r[i.a] = Value();
            pc += static_cast<std::int16_t>(i.c);
            break;
          }
          case Op::yield_: {
            Value value = TAKE(i.b);
            r[i.a] = Value();
            SYNC();
            if (yield(frame, std::move(value), result)) return true;
            FRAME();
            break;
          }
          case Op::yield_from: {
            SYNC();
            Value value;
            const Delegated state = delegate(r, i, value);
            if (state == Delegated::yielded && yield(frame, std::move(value), result)) return true;
            FRAME();
            break;
          }
          case Op::return_: {
            Value value = (i.a & kConstant) ? R(i.a) : std::move(r[i.a]);
            m.left_ = left;
            if (frame->generator) {
              frame->pc = pc;
              if (finish_generator(frame, value)) {
                result = std::move(value);
                return true;
              }
              FRAME();
              break;
            }
            if (frame->entry == Entry::construct) {
              if (!value.is_none()) {
                SYNC();
                check_init_result(value);
              }
              value = std::move(frame->instance);
            } else if (frame->entry == Entry::memo) {
              SYNC();
              const auto& what = static_cast<Tuple*>(frame->instance.as_object())->items;
              static_cast<Memo*>(what[0].as_object())->remember(what[1], value);
            }
            if (frame == stop) {
              m.frame_ = frame->back;
              --m.depth_;
              free_frame(frame);
              result = std::move(value);
              return true;
            }
            leave(frame, std::move(value));
            FRAME();
            break;
          }

          // ---------------------------------------------------------------------------------- functions and classes
          case Op::make_class:
            SYNC();
            make_class(r + i.a, i, static_cast<Str*>(k[i.c].as_object()));
            left = m.left_;
            break;
          case Op::import:
            SYNC();
            r[i.a] = import_for_statement(frame->code->names[i.b], i.c);
            left = m.left_;
            break;
          case Op::import_from:
            SYNC();
            r[i.a] = nabla::import_from(r[i.b], frame->code->names[i.c]);
            left = m.left_;
            break;
          case Op::import_star:
            SYNC();
            nabla::import_star(r[i.a], *frame->globals);
            r[i.a] = Value();
            left = m.left_;
            break;

          // -------------------------------------------------------------------------------------------- exceptions
          case Op::raise: {
            SYNC();
            const Value value = TAKE(i.a), cause = TAKE(i.b);
            raised = raise_operand(value);
            auto* exception = static_cast<Exception*>(raised.as_object());
            if (!cause.is_undefined()) {
              exception->cause = cause.is_none() ? Value() : raise_operand(cause, "exception causes must derive from BaseException");
              exception->suppress_context = true;
            }
            set_context(*exception);
            goto unwind;
          }
          case Op::raise_again:
            SYNC();
            raised = handled_exception(frame);
            if (raised.is_undefined()) fail("RuntimeError", "No active exception to reraise");
            add_entry = false;
            goto unwind;
          case Op::reraise:
            SYNC();
            raised = std::move(r[i.a]);
            add_entry = false;
            goto unwind;
          case Op::load_assertion_error: r[i.a] = Value::object(exception_type("AssertionError")); break;
          case Op::enter_handler: std::swap(r[i.a], frame->handled); break;
          case Op::leave_handler: frame->handled = std::move(r[i.a]); break;
          case Op::load_handled: r[i.a] = frame->handled; break;
          case Op::unless_match: {
            SYNC();
            const bool matches = exception_matches(frame->handled, R(i.a));
            DROP(i.a);
            if (!matches) pc += i.jump();
            break;
          }
          case Op::with_enter: {
            SYNC();
            const Value manager = TAKE(i.b);
            with_enter(manager, r + i.a);
            left = m.left_;
            break;
          }
          case Op::with_exit: {
            SYNC();
            const Value exit = std::move(r[i.a]);
            nabla::call(exit, {Value::none(), Value::none(), Value::none()});
            left = m.left_;
            break;
          }
          case Op::with_exit_raised: {
            SYNC();
            const Value exit = std::move(r[i.b]);
            r[i.a] = nabla::call(exit, {Value::object(type_of(frame->handled)), frame->handled, get_attribute(frame->handled, names::traceback)});
            left = m.left_;
            break;
          }

          // ------------------------------------------------------------------------------------------------- hooks
          case Op::load_annotations: {
            Dict& space = frame->code->flags & Code::class_body ? *static_cast<Dict*>(r[0].as_object()) : *frame->globals;
            if (!space.find(names::annotations)) space.set(names::annotations, make<Dict>());
            r[i.a] = *space.find(names::annotations);
            break;
          }
          case Op::echo: {
            SYNC();
            const Value value = TAKE(i.a);
            if (!value.is_none() && m.on_result) m.on_result(m.context, value);
            left = m.left_;
            break;
          }
          // The inner loop does these whatever they meet.
          case Op::move: case Op::copy: case Op::clear: case Op::load_global: case Op::store_global: case Op::store_cell: case Op::is: case Op::is_not:
          case Op::jump: case Op::get_attribute: case Op::set_attribute: case Op::load_method: case Op::record: case Op::record_global: case Op::round:
          case Op::sign_of_global: case Op::sign_of_globals: case Op::set_attribute_of_global: case Op::load_method_of_global:
          case Op::call_method_of_global: case Op::make_cell: case Op::make_list: case Op::make_tuple:
          case Op::list_append: case Op::build_string: case Op::unpack: case Op::get_iterator: case Op::make_function: break;
        }
      }
    } catch (const Raise& raise) {
      raised = raise.value;
    } catch (const Error& error) {
      raised = to_exception(error);
    } catch (const std::exception&) {  // bad_alloc, or a length that no container can have
      raised = make_exception(exception_type("MemoryError"), {});
    }
    if (auto& exception = *static_cast<Exception*>(raised.as_object()); exception.traceback.empty()) set_context(exception);
  unwind:
    if (!unwind(raised, stop, add_entry)) throw Raise{raised};
    FRAME();
  }
}

}  // namespace nabla
