// The inner loop: the instructions that programs spend their time on, where nothing is out of the ordinary. See Note [Two loops].
//
// Note [Two loops]
// A function with a case for every instruction, with its errors and its handlers, keeps nothing in processor registers. So there are two:
// this one is small, has few variables and catches nothing. What it has no case for, or cannot finish in its way, it leaves untouched
// to the general loop in interpreter.cpp, which does that one instruction and comes back. An instruction's quick way stands here alone,
// its general way there. Registers lie behind their frame, so that one pointer reaches both.
#include <charconv>
#include <new>
#include <utility>

#include "python/fast_paths.h"
#include "python/interpreter.h"

namespace nabla {

namespace {

/// Where the attribute lies in the object's own dict: when the class, the one that the site saw last, has none of that name, and the entry
/// is where it was. Else null.
inline Value* own_attribute(const Value& object, const Site& site) {
  if (!object.is_object()) return nullptr;
  Object* const o = object.as_object();
  if (o->type != site.type || site.version != class_version() || site.attribute || !o->type->has_dict || o->type->attributes_first) return nullptr;
  Dict* const dict = static_cast<Instance*>(o)->dict.get();
  if (!dict) return nullptr;
  Dict::Entry* const entry = dict->entries.data() + site.index;
  if (entry >= dict->entries.data() + dict->entries.size() || !entry->key.is_object() || entry->key.as_object() != site.name) return nullptr;
  return &entry->value;
}

/// format(value, spec) as a str; that of a plain str without a spec is itself.
Value format_text(const Value& value, std::string_view spec) {
  if (spec.empty() && value.is_object() && value.as_object()->type == Str::class_type()) return value;
  if (spec.empty() && value.is_small()) {
    char digits[16];  // 48 bits have fifteen, and a sign
    return string(std::string(digits, std::to_chars(digits, digits + sizeof digits, value.as_small()).ptr));
  }
  return string(format(value, spec));
}

/// The strs in these registers as one; empties them.
Value joined(Value* parts, std::uint32_t count) {
  std::size_t size = 0;
  for (std::uint32_t n = 0; n < count; ++n) size += static_cast<const Str*>(parts[n].as_object())->text.size();
  std::string text;
  text.reserve(size);
  for (std::uint32_t n = 0; n < count; ++n) {
    text += static_cast<const Str*>(parts[n].as_object())->text;
    parts[n] = Value();
  }
  return string(std::move(text));
}

}  // namespace

// clang-format off
#define SYNC() (frame->pc = pc, m.left_ = left)
#define FRAME() (frame = m.frame_, pc = frame->pc, left = m.left_)
#define REG(operand) (frame->registers()[operand])
#define R(operand) (*((operand) & kConstant ? frame->constants + ((operand) & 0x7FFF) : &REG(operand)))
#define IS_TEMPORARY(operand) (static_cast<std::uint16_t>((operand) - frame->first_temporary) < static_cast<std::uint16_t>(kConstant - frame->first_temporary))
#define DROP(operand) if (IS_TEMPORARY(operand)) REG(operand) = Value()
#define TAKE(operand) (IS_TEMPORARY(operand) ? std::move(REG(operand)) : Value(R(operand)))
// The global variable of a site, if it is where it was.
#define IS_PLACED(site) ((site).layout == frame->globals->layout && (site).entry)
// Where programs make what cycles are made of.
#define TIDY() if (cycles_are_due()) [[unlikely]] { SYNC(); collect_cycles(); left = m.left_; }
#define GIVE(value) { REG(i.a) = (value); break; }
#define GIVE_SMALL(number) { const std::int64_t n = (number); if (Value::fits_small(n)) GIVE(Value::small(n)) }
// A result that often goes into a global variable at once: then the store is done with it.
#define GIVE_OR_STORE(target, value)                                               \
  {                                                                                \
    if (pc->op == Op::store_global && pc->b == (target) && IS_TEMPORARY(target)) { \
      Site& place = frame->sites[pc->a];                                           \
      if (IS_PLACED(place)) {                                                      \
        ++pc;                                                                      \
        --left;                                                                    \
        *place.entry = (value);                                                    \
        break;                                                                     \
      }                                                                            \
    }                                                                              \
    REG(target) = (value);                                                         \
    break;                                                                         \
  }
// One arithmetic instruction: `small` and `real` are what it does to integers and to floats.
#define ARITHMETIC(name, small, real)                                   \
  case Op::name: case Op::i##name: {                                    \
    const Value &x = R(i.b), &y = R(i.c);                               \
    double p, q;                                                        \
    if (both_small(x, y)) {                                             \
      const std::int64_t a = x.as_small(), b = y.as_small();            \
      small                                                             \
    } else if (both_float(x, y, p, q)) {                                \
      real                                                              \
    }                                                                   \
    goto sign;                                                          \
  }
#define COMPARISON(name)                                                                                          \
  case Op::name: {                                                                                                \
    const Value &x = R(i.b), &y = R(i.c);                                                                         \
    double p, q;                                                                                                  \
    if (both_small(x, y)) GIVE(Value::boolean(holds(Compare::name, x.as_small(), y.as_small())))                  \
    if (both_float(x, y, p, q)) GIVE(Value::boolean(holds(Compare::name, p, q)))                                  \
    goto general;                                                                                                 \
  }
#define COMPARE_JUMP(name)                                                                                        \
  case Op::unless_##name: case Op::if_##name: {                                                                   \
    const Value &x = R(i.a), &y = R(i.b);                                                                         \
    double p, q;                                                                                                  \
    bool yes;                                                                                                     \
    if (both_small(x, y)) yes = holds(Compare::name, x.as_small(), y.as_small());                                 \
    else if (both_float(x, y, p, q)) yes = holds(Compare::name, p, q);                                            \
    else goto general;                                                                                            \
    if (yes != (i.op == Op::if_##name)) break;                                                                    \
    pc += static_cast<std::int16_t>(i.c);                                                                         \
    if (static_cast<std::int16_t>(i.c) < 0) goto back_edge;                                                       \
    break;                                                                                                        \
  }

void (*Interpreter::quick)(Interpreter&) = [](Interpreter& self) { self.run_quick(); };

void Interpreter::run_quick() {
  Frame* frame;
  const Instruction* pc;
  std::int64_t left;
  FRAME();
  for (;;) {
    if (left <= 0) [[unlikely]] break;
    --left;
    const Instruction& i = *pc++;
    switch (i.op) {
      case Op::move: {
        Value value = TAKE(i.b);
        REG(i.a) = std::move(value);
        break;
      }
      case Op::copy: REG(i.a) = REG(i.b); break;
      case Op::clear: REG(i.a) = Value(); break;
      case Op::check:
        if (REG(i.a).is_undefined()) goto general;
        break;

      // ----------------------------------------------------------------------------------------------------- names
      load_global:
      case Op::load_global: {
        Site& site = frame->sites[i.b];
        if (IS_PLACED(site)) GIVE(*site.entry)
        SYNC();
        Value value = load_global(frame, site);
        left = m.left_;  // a builtin that is written in Python was made
        GIVE(std::move(value))
      }
      case Op::store_global: {
        Site& site = frame->sites[i.a];
        if (!IS_PLACED(site)) {
          SYNC();
          place_global(frame, site);
        }
        *site.entry = TAKE(i.b);
        break;
      }
      case Op::load_cell: {
        const Value& value = static_cast<Cell*>(REG(i.b).as_object())->value;
        if (value.is_undefined()) goto general;
        REG(i.a) = value;
        break;
      }
      case Op::store_cell: static_cast<Cell*>(REG(i.a).as_object())->value = TAKE(i.b); break;

      // ------------------------------------------------------------------------------------------------ arithmetic
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
      sign: {
        const Value &x = R(i.b), &y = R(i.c);
        const bool in_place = i.op >= Op::iadd;
        const Binary op = sign_of(i.op);
        Value value;
        if (const auto slot = in_place ? nullptr : short_binary_slot(x, y)) {
          SYNC();
          value = slot(op, x, y);
        }
        if (value.is_undefined()) {
          if (const BinarySlot slot = only_binary_slot(x, y)) {
            SYNC();
            value = slot(op, x, y, in_place);
            left = m.left_;
            if (value.is_not_implemented()) goto general;
          } else {
            bool reflected;
            Function* const function = python_sign(op, x, y, in_place, reflected);
            if (!function || !takes_plainly(*function, 2) || m.depth_ >= m.recursion_limit) goto general;
            SYNC();
            Value* const r = push(function, 2, i.a, Entry::sign)->registers();
            r[reflected] = x;
            r[!reflected] = y;
            FRAME();
            break;
          }
        }
        DROP(i.b);
        DROP(i.c);
        GIVE_OR_STORE(i.a, std::move(value))
      }
      COMPARISON(lt) COMPARISON(le) COMPARISON(eq) COMPARISON(ne) COMPARISON(gt) COMPARISON(ge)
      case Op::is: case Op::is_not: {
        const bool same = R(i.b) == R(i.c);
        DROP(i.b);
        DROP(i.c);
        GIVE(Value::boolean(same == (i.op == Op::is)))
      }
      case Op::neg: {
        const Value& x = R(i.b);
        if (x.is_float()) GIVE(Value::number(-x.as_float()))
        if (x.is_small()) GIVE_SMALL(-x.as_small())
        goto general;
      }
      case Op::logical_not: {
        bool yes;
        if (!quick_truth(R(i.b), yes)) goto general;
        GIVE(Value::boolean(!yes))
      }

      // ----------------------------------------------------------------------------------------------------- jumps
      case Op::jump:
        pc += i.jump();
        if (i.jump() >= 0) break;
      back_edge:
        if (--m.back_edges_ > 0) [[likely]] break;
        SYNC();
        m.offer_loop();
        left = m.left_;
        break;
      case Op::jump_if_false: case Op::jump_if_true: {
        bool yes;
        if (!quick_truth(R(i.a), yes)) goto general;
        if (yes != (i.op == Op::jump_if_true)) break;
        pc += i.jump();
        if (i.jump() < 0) goto back_edge;
        break;
      }
      case Op::keep_jump_if_false: case Op::keep_jump_if_true: {
        bool yes;
        if (!quick_truth(REG(i.a), yes)) goto general;
        if (yes == (i.op == Op::keep_jump_if_true)) pc += i.jump();
        break;
      }
      COMPARE_JUMP(lt) COMPARE_JUMP(le) COMPARE_JUMP(eq) COMPARE_JUMP(ne) COMPARE_JUMP(gt) COMPARE_JUMP(ge)

      // --------------------------------------------------------------------------------------- attributes and items
      case Op::get_attribute: {
        Site& site = frame->sites[i.c];
        if (const Value* const own = own_attribute(R(i.b), site)) {
          Value value = *own;
          DROP(i.b);
          GIVE(std::move(value))
        }
        SYNC();
        if (of_python_class(R(i.b)) && ask_attribute(site)) {
          FRAME();
          break;
        }
        Value value = load_attribute(R(i.b), site);
        DROP(i.b);
        left = m.left_;
        GIVE(std::move(value))
      }
      case Op::set_attribute: {
        Site& site = frame->sites[i.b];
        if (Value* const own = own_attribute(R(i.a), site); own && !site.type->slots.set_attribute) {
          Value before = std::exchange(*own, TAKE(i.c));  // let go of last: that may run anything
          DROP(i.a);
          break;
        }
        SYNC();
        store_attribute(R(i.a), site, R(i.c));
        DROP(i.a);
        DROP(i.c);
        left = m.left_;
        break;
      }
      case Op::get_item: {
        const Value &object = R(i.b), &key = R(i.c);
        if (!object.is_object()) goto general;
        const Object* const o = object.as_object();
        const bool is_list = o->type == List::class_type();
        Value item;
        if (key.is_small() && (is_list || o->type == Tuple::class_type())) {
          const std::vector<Value>& items = is_list ? static_cast<const List*>(o)->items : static_cast<const Tuple*>(o)->items;
          std::int64_t index = key.as_small();
          if (index < 0) index += static_cast<std::int64_t>(items.size());
          if (static_cast<std::uint64_t>(index) >= items.size()) goto general;
          item = items[static_cast<std::size_t>(index)];
        } else {
          const auto slot = o->type->slots.get_item;
          if (!slot || o->type->is_heap) goto general;
          SYNC();
          item = slot(object, key);
          left = m.left_;
          DROP(i.c);
        }
        DROP(i.b);
        GIVE(std::move(item))
      }
      case Op::set_item: {
        const Value &object = R(i.a), &key = R(i.b);
        if (!object.is_object()) goto general;
        const Type* const type = object.as_object()->type;
        if (key.is_small() && type == List::class_type()) {
          auto& items = static_cast<List*>(object.as_object())->items;
          const std::int64_t index = key.as_small();
          if (static_cast<std::uint64_t>(index) >= items.size()) goto general;
          items[static_cast<std::size_t>(index)] = TAKE(i.c);
        } else {
          if (!type->slots.set_item || type->is_heap) goto general;
          SYNC();
          type->slots.set_item(object, key, R(i.c));
          left = m.left_;
          DROP(i.b);
          DROP(i.c);
        }
        DROP(i.a);
        break;
      }
      case Op::get_iterator: {
        SYNC();
        Value iterator = iterate(R(i.b));
        left = m.left_;
        DROP(i.b);
        GIVE(std::move(iterator))
      }
      case Op::for_iter: {
        Object* const iterator = REG(i.a).as_object();
        if (iterator->type == RangeIterator::class_type()) {
          auto* range = static_cast<RangeIterator*>(iterator);
          if (range->remaining <= 0) goto general;
          --range->remaining;
          const std::int64_t item = range->value;
          range->value += range->step;
          GIVE_OR_STORE(i.b, integer(item))
        }
        if (iterator->type == ListIterator::class_type()) {
          auto* items = static_cast<ListIterator*>(iterator);
          if (!items->list || items->index >= items->list->items.size()) goto general;
          REG(i.b) = items->list->items[items->index++];
          break;
        }
        if (iterator->type == TupleIterator::class_type()) {
          auto* items = static_cast<TupleIterator*>(iterator);
          if (!items->tuple || items->index >= items->tuple->items.size()) goto general;
          REG(i.b) = items->tuple->items[items->index++];
          break;
        }
        if (iterator->type->is_heap || iterator->type == Generator::class_type()) goto general;
        SYNC();
        Value item = next(REG(i.a));
        left = m.left_;
        if (!item.is_undefined()) GIVE_OR_STORE(i.b, std::move(item))
        REG(i.a) = Value();
        pc += static_cast<std::int16_t>(i.c);
        break;
      }

      // -------------------------------------------------------------------------------------------- displays and texts
      case Op::make_list: case Op::make_tuple: {
        TIDY()
        std::vector<Value> items;
        items.reserve(i.c);
        for (std::uint16_t n = 0; n < i.c; ++n) items.push_back(std::move(REG(i.b + n)));
        GIVE(i.op == Op::make_list ? list(std::move(items)) : tuple(std::move(items)))
      }
      case Op::list_append: static_cast<List*>(REG(i.a).as_object())->items.push_back(TAKE(i.b)); break;
      case Op::unpack: {
        SYNC();
        const Value value = TAKE(i.a);
        unpack(value, &REG(i.b), i.c);
        left = m.left_;
        break;
      }
      case Op::in: case Op::not_in: {
        if (of_python_class(R(i.c))) goto general;
        SYNC();
        const bool found = contains(R(i.c), R(i.b));
        left = m.left_;
        DROP(i.b);
        DROP(i.c);
        GIVE(Value::boolean(found == (i.op == Op::in)))
      }
      case Op::format: {
        if (of_python_class(R(i.b))) goto general;
        SYNC();
        const Value& spec = R(i.c);
        Value text = format_text(R(i.b), spec.is_none() ? std::string_view{} : static_cast<Str*>(spec.as_object())->text);
        left = m.left_;
        DROP(i.b);
        DROP(i.c);
        GIVE(std::move(text))
      }
      case Op::build_string: REG(i.a) = joined(&REG(i.b), i.c); break;

      // ------------------------------------------------------------------------------------------------- functions
      case Op::make_cell: {
        TIDY()
        auto cell = make<Cell>();
        cell->value = std::move(REG(i.a));
        GIVE(std::move(cell))
      }
      case Op::make_function: make_function(frame, i, frame->registers()); break;

      // ------------------------------------------------------------------------ fused: see Note [Fused] in code.h
      case Op::sign_of_global: case Op::sign_of_globals: {
        Site& site = frame->sites[i.b];
        if (!IS_PLACED(site)) goto load_global;
        const Value *x = site.entry, *y;
        const Instruction* sign = pc;
        std::uint16_t other = kConstant;
        if (i.op == Op::sign_of_globals) {
          Site& second = frame->sites[pc->b];
          if (!IS_PLACED(second)) goto load_global;
          y = second.entry;
          ++sign;
        } else if (pc->b == i.a) {
          other = pc->c;
          y = &R(other);
        } else {
          other = pc->b;
          y = x;
          x = &R(other);
        }
        if (const auto slot = short_binary_slot(*x, *y)) {
          frame->pc = sign + 1;
          m.left_ = left;
          Value value = slot(sign_of(sign->op), *x, *y);
          if (!value.is_undefined()) {
            left -= sign + 1 - pc;
            pc = sign + 1;
            DROP(other);
            GIVE_OR_STORE(sign->a, std::move(value))
          }
        }
        const_cast<Instruction&>(i).op = Op::load_global;  // it will hardly be other operands the next time
        goto load_global;
      }
      case Op::set_attribute_of_global: {
        Site& site = frame->sites[i.b];
        if (!IS_PLACED(site)) goto load_global;
        const Instruction& set = *pc++;
        --left;
        SYNC();
        const Value object = *site.entry;
        store_attribute(object, frame->sites[set.b], R(set.c));
        DROP(set.c);
        left = m.left_;
        break;
      }
      case Op::load_method_of_global: {
        Site& site = frame->sites[i.b];
        if (!IS_PLACED(site)) goto load_global;
        const Instruction& load = *pc++;
        --left;
        SYNC();
        const Value object = *site.entry;
        Value self;
        REG(load.a) = load_method(object, frame->sites[load.c], self);
        REG(load.a + 1) = std::move(self);
        left = m.left_;
        break;
      }
      case Op::call_method_of_global: {
        Site& site = frame->sites[i.b];
        if (!IS_PLACED(site)) goto load_global;
        const NativeFunction* const method = find_method(*site.entry, frame->sites[pc->c]);
        if (!method || !method->alone) goto load_global;
        const std::uint16_t into = pc[1].c;
        pc += 2;
        left -= 2;
        SYNC();
        const Value object = *site.entry;
        REG(into) = method->alone(object);
        left = m.left_;
        break;
      }

      // ----------------------------------------------------------------------------------------------------- calls
      case Op::load_method: {
        Value self, function;
        if (const Value* const own = own_attribute(R(i.b), frame->sites[i.c])) {
          function = *own;
        } else {
          SYNC();
          function = load_method(R(i.b), frame->sites[i.c], self);
          left = m.left_;
        }
        DROP(i.b);
        REG(i.a) = std::move(function);
        REG(i.a + 1) = std::move(self);
        break;
      }
      case Op::call: case Op::call_method: {
        Value* const base = &REG(i.a);
        if (!base->is_object()) goto general;
        Object* const callee = base->as_object();
        const bool has_self = i.op == Op::call_method && !base[1].is_undefined();
        const std::uint32_t count = i.b + has_self;
        Value* const args = base + 1 + (i.op == Op::call_method && !has_self);
        if (callee->type == Function::class_type()) {
          auto* const function = static_cast<Function*>(callee);
          if (!takes_plainly(*function, count) || m.depth_ >= m.recursion_limit) goto general;
          SYNC();
          Value* const r = push(function, count, i.c, Entry::call)->registers();
          for (std::uint32_t n = 0; n < count; ++n) ::new (static_cast<void*>(r + n)) Value(std::move(args[n]));
          *base = Value();
          FRAME();
          break;
        }
        if (callee->type == type_type() && !has_self) {
          auto* const type = static_cast<Type*>(callee);
          if (!type->is_heap) {
            if (!type->construct || (type == Str::class_type() && count == 1 && of_python_class(args[0]))) goto general;
            SYNC();
            Value made = type->construct(type, Args{args, count, nullptr});
            for (std::uint32_t n = 0; n < count; ++n) args[n] = Value();
            *base = Value();
            left = m.left_;
            GIVE_OR_STORE(i.c, std::move(made))
          }
          Function* const init = plain_init(type);
          if (!init || !takes_plainly(*init, count + 1) || m.depth_ >= m.recursion_limit) goto general;
          TIDY()
          SYNC();
          Value made = make<Instance>(type);
          Frame* const next = push(init, count + 1, i.c, Entry::construct);
          Value* const r = next->registers();
          for (std::uint32_t n = 0; n < count; ++n) ::new (static_cast<void*>(r + n + 1)) Value(std::move(args[n]));
          ::new (static_cast<void*>(r)) Value(made);
          next->instance = std::move(made);
          *base = Value();
          FRAME();
          break;
        }
        if (callee->type == NativeFunction::class_type()) {
          const auto& function = *static_cast<NativeFunction*>(callee);
          if (function.machine_call != MachineCall::no && (function.machine_call < MachineCall::len || count != 1 || of_python_class(args[0]))) goto general;
          SYNC();
          Value value = call_native(function, Args{args, count, nullptr}, has_self);
          for (std::uint32_t n = 0; n < count; ++n) args[n] = Value();
          *base = Value();
          left = m.left_;
          GIVE_OR_STORE(i.c, std::move(value))
        }
        goto general;
      }
      case Op::return_: {
        if (frame->entry == Entry::call) [[likely]] {
          Value value = (i.a & kConstant) ? R(i.a) : std::move(REG(i.a));
          Frame* const back = frame->back;
          Value& into = back->registers()[frame->result];
          m.left_ = left;
          m.frame_ = back;
          --m.depth_;
          free_frame(frame);
          into = std::move(value);
          FRAME();
          break;
        }
        if (frame->entry > Entry::answer || (frame->entry == Entry::construct && !R(i.a).is_none())) goto general;
        Value value = (i.a & kConstant) ? R(i.a) : std::move(REG(i.a));
        if (frame->entry == Entry::construct) value = std::move(frame->instance);
        m.left_ = left;
        leave(frame, std::move(value));
        FRAME();
        break;
      }
      case Op::record: case Op::record_global:
        SYNC();
        if (m.on_store) m.on_store(m.context, frame->code->names[i.a], R(i.b), i.op == Op::record_global);
        left = m.left_;
        break;
      case Op::round:
        SYNC();
        if (m.on_round) m.on_round(m.context, R(i.a));
        left = m.left_;
        break;

      general:
      default:
        --pc;
        ++left;
        SYNC();
        return;
    }
  }
  SYNC();
}

}  // namespace nabla
