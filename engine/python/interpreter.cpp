// The dispatch loop. Fast paths for small integers and floats are inline; all else goes through operations.cpp or the files that
// interpreter.h names. A slow path stores pc first (the place that native code may ask for, and where a handler is looked for).
#include "python/interpreter.h"

#include <exception>

#include "python/builtins/builtins.h"
#include "python/fast_paths.h"

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
#define FRAME() (frame = m.frame_, pc = frame->pc, r = frame->registers(), k = frame->code->constants.data(), sites = const_cast<Site*>(frame->code->sites.data()), temps = frame->code->first_temporary, left = m.left_)
#define R(operand) (*((operand) & kConstant ? k + ((operand) & 0x7FFF) : r + (operand)))
#define DROP(operand) if (!((operand) & kConstant) && (operand) >= temps) r[operand] = Value()
#define TAKE(operand) (!((operand) & kConstant) && (operand) >= temps ? std::move(r[operand]) : Value(R(operand)))

// clang-format on

bool Interpreter::execute(Frame* stop, bool nested, Value& result) {
  Frame* frame;
  const Instruction* pc;
  Value* r;
  const Value* k;
  Site* sites;
  std::uint16_t temps;
  std::int64_t left;
  FRAME();
  const Type* const function_type = Function::class_type();
  const Type* const native_type = NativeFunction::class_type();
  const Type* const list_type = List::class_type();
  const Type* const tuple_type = Tuple::class_type();
  const Type* const range_iterator_type = RangeIterator::class_type();
  const Type* const list_iterator_type = ListIterator::class_type();
  const Type* const tuple_iterator_type = TupleIterator::class_type();
  for (;;) {
    Value raised;
    bool add_entry = true;
    try {
      for (;;) {
        if (left <= 0) [[unlikely]] {
          SYNC();
          if (!nested) return false;
          m.refill();
          left = m.left_;
        }
        --left;
        const Instruction& i = *pc++;
        switch (i.op) {
          case Op::move:
            r[i.a] = TAKE(i.b);
            break;
          case Op::copy: r[i.a] = r[i.b]; break;
          case Op::clear: r[i.a] = Value(); break;
          case Op::check:
            if (r[i.a].is_undefined()) {
              SYNC();
              fail("UnboundLocalError", "cannot access local variable '", frame->code->names[i.b]->text, "' where it is not associated with a value");
            }
            break;

          // ------------------------------------------------------------------------------------------------- names
          load_global:
          case Op::load_global: {
            Site& site = sites[i.b];
            if (IS_PLACED(site)) {
              r[i.a] = *site.entry;
              break;
            }
            SYNC();
            r[i.a] = load_global(frame, site);
            break;
          }
          case Op::store_global: {
            Site& site = sites[i.a];
            if (!IS_PLACED(site)) {
              SYNC();
              place_global(frame, site);
            }
            *site.entry = TAKE(i.b);
            break;
          }
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
            if (!found) missing_global(frame, name);
            r[i.a] = *found;
            break;
          }
          case Op::store_name: static_cast<Dict*>(r[0].as_object())->set(frame->code->names[i.a], TAKE(i.b)); break;
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
          case Op::make_cell: {
            auto cell = make<Cell>();
            cell->value = std::move(r[i.a]);
            r[i.a] = std::move(cell);
            break;
          }
          case Op::store_cell: static_cast<Cell*>(r[i.a].as_object())->value = TAKE(i.b); break;
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
          ARITHMETIC(add, GIVE_SMALL(a + b), GIVE(Value::number(p + q)))
          ARITHMETIC(sub, GIVE_SMALL(a - b), GIVE(Value::number(p - q)))
          ARITHMETIC(mul, { std::int64_t product; if (!__builtin_mul_overflow(a, b, &product)) GIVE_SMALL(product) }, GIVE(Value::number(p * q)))
          ARITHMETIC(truediv, if (b != 0) GIVE(Value::number(static_cast<double>(a) / static_cast<double>(b))), if (q != 0) GIVE(Value::number(p / q)))
          ARITHMETIC(floordiv, if (b != 0) GIVE_SMALL(floor_divide(a, b)), )
          ARITHMETIC(mod, if (b != 0) GIVE_SMALL(a - floor_divide(a, b) * b), )
          ARITHMETIC(pow, (void)a; (void)b;, if (p > 0 || q == 2) { const double power = q == 2 ? p * p : std::pow(p, q); if (std::isfinite(power)) GIVE(Value::number(power)) })
          ARITHMETIC(bit_and, GIVE(Value::small(a & b)), )
          ARITHMETIC(bit_or, GIVE(Value::small(a | b)), )
          ARITHMETIC(bit_xor, GIVE(Value::small(a ^ b)), )
          case Op::matmul: case Op::imatmul: case Op::lshift: case Op::ilshift: case Op::rshift: case Op::irshift:
          slow_binary: {
            SYNC();
            const bool in_place = i.op >= Op::iadd;
            const auto op = static_cast<Binary>(static_cast<unsigned>(i.op) - static_cast<unsigned>(in_place ? Op::iadd : Op::add));
            const Value &x = R(i.b), &y = R(i.c);
            const BinarySlot slot = only_binary_slot(x, y);
            Value value = slot ? slot(op, x, y, in_place) : Value::not_implemented();
            if (value.is_not_implemented()) value = binary(op, x, y, in_place);
            DROP(i.b);
            DROP(i.c);
            left = m.left_;
            GIVE_OBJECT(i.a, std::move(value))
          }
          COMPARISON(lt) COMPARISON(le) COMPARISON(eq) COMPARISON(ne) COMPARISON(gt) COMPARISON(ge)
          slow_compare: {
            SYNC();
            Value value = compare(static_cast<Compare>(static_cast<unsigned>(i.op) - static_cast<unsigned>(Op::lt)), R(i.b), R(i.c));
            DROP(i.b);
            DROP(i.c);
            r[i.a] = std::move(value);
            left = m.left_;
            break;
          }
          case Op::is: case Op::is_not: {
            const bool same = R(i.b) == R(i.c);
            DROP(i.b);
            DROP(i.c);
            r[i.a] = Value::boolean(same == (i.op == Op::is));
            break;
          }
          case Op::in: case Op::not_in: {
            SYNC();
            const bool found = contains(R(i.c), R(i.b));
            DROP(i.b);
            DROP(i.c);
            r[i.a] = Value::boolean(found == (i.op == Op::in));
            left = m.left_;
            break;
          }
          case Op::neg: {
            const Value& x = R(i.b);
            if (x.is_float()) GIVE(Value::number(-x.as_float()))
            if (x.is_small()) GIVE_SMALL(-x.as_small())
          }
            [[fallthrough]];
          case Op::pos: case Op::invert: {
            SYNC();
            Value value = unary(static_cast<Unary>(static_cast<unsigned>(i.op) - static_cast<unsigned>(Op::neg)), R(i.b));
            DROP(i.b);
            r[i.a] = std::move(value);
            left = m.left_;
            break;
          }
          case Op::logical_not: {
            bool yes;
            if (!quick_truth(R(i.b), yes)) {
              SYNC();
              yes = truth(R(i.b));
              DROP(i.b);
              left = m.left_;
            }
            r[i.a] = Value::boolean(!yes);
            break;
          }

          // ------------------------------------------------------------------------------------------------- jumps
          case Op::jump: pc += i.jump(); break;
          case Op::jump_if_false: case Op::jump_if_true: {
            bool yes;
            if (!quick_truth(R(i.a), yes)) {
              SYNC();
              yes = truth(R(i.a));
              DROP(i.a);
              left = m.left_;
            }
            if (yes == (i.op == Op::jump_if_true)) pc += i.jump();
            break;
          }
          case Op::keep_jump_if_false: case Op::keep_jump_if_true: {
            bool yes;
            if (!quick_truth(r[i.a], yes)) {
              SYNC();
              yes = truth(r[i.a]);
              left = m.left_;
            }
            if (yes == (i.op == Op::keep_jump_if_true)) pc += i.jump();
            break;
          }
          COMPARE_JUMP(lt) COMPARE_JUMP(le) COMPARE_JUMP(eq) COMPARE_JUMP(ne) COMPARE_JUMP(gt) COMPARE_JUMP(ge)
          slow_compare_jump: {
            SYNC();
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
          case Op::get_attribute: {
            SYNC();
            Value value = load_attribute(R(i.b), sites[i.c]);
            DROP(i.b);
            r[i.a] = std::move(value);
            left = m.left_;
            break;
          }
          case Op::set_attribute:
            SYNC();
            store_attribute(R(i.a), sites[i.b], R(i.c));
            DROP(i.a);
            DROP(i.c);
            left = m.left_;
            break;
          case Op::delete_attribute:
            SYNC();
            set_attribute(R(i.a), frame->code->names[i.b], Value());
            DROP(i.a);
            left = m.left_;
            break;
          case Op::get_item: {
            const Value &object = R(i.b), &key = R(i.c);
            if (key.is_small() && object.is_object()) {
              const Object* o = object.as_object();
              const std::vector<Value>* items = o->type == list_type ? &static_cast<const List*>(o)->items : o->type == tuple_type ? &static_cast<const Tuple*>(o)->items : nullptr;
              if (items) {
                std::int64_t index = key.as_small();
                if (index < 0) index += static_cast<std::int64_t>(items->size());
                if (static_cast<std::uint64_t>(index) < items->size()) {
                  Value item = (*items)[static_cast<std::size_t>(index)];
                  DROP(i.b);
                  r[i.a] = std::move(item);
                  break;
                }
              }
            }
            SYNC();
            Value value = get_item(object, key);
            DROP(i.b);
            DROP(i.c);
            r[i.a] = std::move(value);
            left = m.left_;
            break;
          }
          case Op::set_item: {
            const Value &object = R(i.a), &key = R(i.b);
            if (key.is_small() && object.is_object() && object.as_object()->type == list_type) {
              auto& items = static_cast<List*>(object.as_object())->items;
              const std::int64_t index = key.as_small();
              if (static_cast<std::uint64_t>(index) < items.size()) {
                items[static_cast<std::size_t>(index)] = TAKE(i.c);
                DROP(i.a);
                break;
              }
            }
            SYNC();
            set_item(object, key, R(i.c));
            DROP(i.a);
            DROP(i.b);
            DROP(i.c);
            left = m.left_;
            break;
          }
          case Op::delete_item:
            SYNC();
            set_item(R(i.a), R(i.b), Value());
            DROP(i.a);
            DROP(i.b);
            left = m.left_;
            break;

          // ---------------------------------------------------------------------------- fused: see Note [Fused] in code.h
          case Op::sign_of_global: case Op::sign_of_globals: {
            const bool two = i.op == Op::sign_of_globals;
            const Instruction& sign = pc[two];
            Site &first = sites[i.b], &second = two ? sites[pc->b] : first;
            if (IS_PLACED(first) && IS_PLACED(second)) {
              const Value &x = sign.b == i.a ? *first.entry : R(sign.b), &y = two ? *second.entry : sign.c == i.a ? *first.entry : R(sign.c);
              if (const auto slot = short_binary_slot(x, y)) {
                const int parts = 1 + two;
                pc += parts;
                SYNC();
                Value value = slot(static_cast<Binary>(static_cast<unsigned>(sign.op) - static_cast<unsigned>(Op::add)), x, y);
                if (!value.is_undefined()) {
                  left -= parts;
                  const std::uint16_t other = sign.b == i.a ? sign.c : sign.b;
                  if (!two) DROP(other);
                  GIVE_OBJECT(sign.a, std::move(value))
                }
                pc -= parts;
              }
              const_cast<Instruction&>(i).op = Op::load_global;  // it will hardly be other operands the next time
            }
            goto load_global;
          }
          case Op::set_attribute_of_global: {
            Site& site = sites[i.b];
            if (!IS_PLACED(site)) goto load_global;
            const Instruction& set = *pc++;
            --left;
            SYNC();
            const Value object = *site.entry;
            store_attribute(object, sites[set.b], R(set.c));
            DROP(set.c);
            left = m.left_;
            break;
          }
          case Op::load_method_of_global: {
            Site& site = sites[i.b];
            if (!IS_PLACED(site)) goto load_global;
            const Instruction& load = *pc++;
            --left;
            SYNC();
            const Value object = *site.entry;
            Value self;
            r[load.a] = load_method(object, sites[load.c], self);
            r[load.a + 1] = std::move(self);
            left = m.left_;
            break;
          }
          case Op::call_method_of_global: {
            Site& site = sites[i.b];
            if (!IS_PLACED(site)) goto load_global;
            const NativeFunction* const method = find_method(*site.entry, sites[pc->c]);
            if (!method || !method->alone) goto load_global;
            const std::uint16_t into = pc[1].c;
            pc += 2;
            left -= 2;
            SYNC();
            const Value object = *site.entry;
            Value value = method->alone(object);
            left = m.left_;
            r[into] = std::move(value);
            break;
          }

          // ------------------------------------------------------------------------------------------------- calls
          case Op::load_method: {
            SYNC();
            Value self;
            Value function = load_method(R(i.b), sites[i.c], self);
            DROP(i.b);
            r[i.a] = std::move(function);
            r[i.a + 1] = std::move(self);
            left = m.left_;
            break;
          }
          case Op::call: case Op::call_method: {
            SYNC();
            Value* base = r + i.a;
            Value* args = base + 1;
            std::uint32_t count = i.b;
            bool self_checked = false;
            if (i.op == Op::call_method) {
              if (base[1].is_undefined()) {
                ++args;
              } else {
                ++count;
                self_checked = true;
              }
            }
            if (base->is_object()) {
              Object* callee = base->as_object();
              if (callee->type == native_type && static_cast<NativeFunction*>(callee)->machine_call == MachineCall::no) {
                Value value = call_native(*static_cast<NativeFunction*>(callee), Args{args, count, nullptr}, self_checked);
                for (std::uint32_t n = 0; n < count; ++n) args[n] = Value();
                *base = Value();
                left = m.left_;
                GIVE_OBJECT(i.c, std::move(value))
              }
              if (callee->type == function_type) {
                auto* function = static_cast<Function*>(callee);
                const Code* code = function->code.get();
                if (code->parameters == count && code->positional == count && !(code->flags & Code::generator)) {
                  if (m.depth_ >= m.recursion_limit) fail("RecursionError", "maximum recursion depth exceeded");
                  ++m.depth_;
                  Frame* next = make_frame(code, function, function->globals.get());
                  Value* registers = next->registers();
                  for (std::uint32_t n = 0; n < count; ++n) registers[n] = std::move(args[n]);
                  if (!function->closure.empty()) load_closure(next, *function);
                  *base = Value();
                  next->back = frame;
                  next->result = i.c;
                  m.frame_ = next;
                  FRAME();
                  break;
                }
              }
            }
            call(std::move(*base), args, count, nullptr, i.c, !self_checked);
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
          case Op::make_list: case Op::make_tuple: {
            std::vector<Value> items;
            items.reserve(i.c);
            for (std::uint16_t n = 0; n < i.c; ++n) items.push_back(std::move(r[i.b + n]));
            r[i.a] = i.op == Op::make_list ? list(std::move(items)) : tuple(std::move(items));
            break;
          }
          case Op::make_set: {
            SYNC();
            auto set = make<Set>();
            for (std::uint16_t n = 0; n < i.c; ++n) set->dict->set(std::move(r[i.b + n]), Value::none());
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
          case Op::list_append: static_cast<List*>(r[i.a].as_object())->items.push_back(TAKE(i.b)); break;
          case Op::list_extend: {
            SYNC();
            extend_list(static_cast<List*>(r[i.a].as_object())->items, R(i.b), i.c ? &r[i.a - 1] : nullptr);
            DROP(i.b);
            left = m.left_;
            break;
          }
          case Op::set_add:
            SYNC();
            static_cast<Set*>(r[i.a].as_object())->dict->set(TAKE(i.b), Value::none());
            left = m.left_;
            break;
          case Op::set_update: {
            SYNC();
            for (Value& item : to_vector(R(i.b))) static_cast<Set*>(r[i.a].as_object())->dict->set(item, Value::none());
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
          case Op::build_string: {
            std::string text;
            for (std::uint16_t n = 0; n < i.c; ++n) {
              text += static_cast<Str*>(r[i.b + n].as_object())->text;
              r[i.b + n] = Value();
            }
            r[i.a] = string(std::move(text));
            break;
          }
          case Op::convert: {
            SYNC();
            Value text = string(convert(R(i.b), i.c));
            DROP(i.b);
            r[i.a] = std::move(text);
            left = m.left_;
            break;
          }
          case Op::format: {
            SYNC();
            const Value& spec = R(i.c);
            Value text = string(spec.is_none() ? format(R(i.b), "") : format(R(i.b), static_cast<Str*>(spec.as_object())->text));
            DROP(i.b);
            DROP(i.c);
            r[i.a] = std::move(text);
            left = m.left_;
            break;
          }
          case Op::unpack: {
            SYNC();
            const Value value = TAKE(i.a);
            unpack(value, r + i.b, i.c);
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
          case Op::get_iterator: {
            SYNC();
            Value iterator = iterate(R(i.b));
            DROP(i.b);
            r[i.a] = std::move(iterator);
            left = m.left_;
            break;
          }
          case Op::for_iter: {
            Object* iterator = r[i.a].as_object();
            const Type* type = iterator->type;
            if (type == range_iterator_type) {
              auto* range = static_cast<RangeIterator*>(iterator);
              if (range->remaining > 0) {
                --range->remaining;
                const std::int64_t item = range->value;
                range->value += range->step;
                GIVE_OBJECT(i.b, integer(item))
              }
            } else if (type == list_iterator_type) {
              auto* items = static_cast<ListIterator*>(iterator);
              if (items->list && items->index < items->list->items.size()) {
                r[i.b] = items->list->items[items->index++];
                break;
              }
              items->list = nullptr;
            } else if (type == tuple_iterator_type) {
              auto* items = static_cast<TupleIterator*>(iterator);
              if (items->tuple && items->index < items->tuple->items.size()) {
                r[i.b] = items->tuple->items[items->index++];
                break;
              }
              items->tuple = nullptr;
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
            }
            const std::uint16_t into = frame->result;
            m.frame_ = frame->back;
            --m.depth_;
            const bool out = frame == stop;
            free_frame(frame);
            if (out) {
              result = std::move(value);
              return true;
            }
            FRAME();
            r[into] = std::move(value);
            break;
          }

          // ---------------------------------------------------------------------------------- functions and classes
          case Op::make_function: make_function(frame, i, r); break;
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
              exception->cause = cause.is_none() ? Value() : raise_operand(cause);
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
            r[i.a] = nabla::call(exit, {Value::object(type_of(frame->handled)), frame->handled, Value::none()});
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
          case Op::record: case Op::record_global:
            SYNC();
            if (m.on_store) m.on_store(m.context, frame->code->names[i.a], R(i.b), i.op == Op::record_global);
            left = m.left_;
            break;
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
