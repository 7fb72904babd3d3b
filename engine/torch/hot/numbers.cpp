// Python's numbers in a recorded round. What depends on a value (a comparison, an overflow, a division by zero) is checked in each round.
#include "torch/hot/recorder.h"

namespace nabla::hot {
namespace {

using Kind = Sym::Kind;
constexpr std::size_t kMostSlots = 20'000, kMostOperations = 20'000;

Operation in_type(Operation of_floats, DType dtype) {
  if (dtype == DType::float32) return of_floats;
  return static_cast<Operation>(static_cast<unsigned>(of_floats) + static_cast<unsigned>(Operation::d_add));
}

}  // namespace

SlotNumber Recorder::new_slot() {
  if (program.slots.size() >= kMostSlots) give_up("a long round");
  program.slots.push_back(Slot{.i = 0});
  return static_cast<SlotNumber>(program.slots.size() - 1);
}
SlotNumber Recorder::constant_slot(double value) {
  const SlotNumber slot = new_slot();
  program.slots[slot].d = value;
  return slot;
}
SlotNumber Recorder::constant_slot(std::int64_t value) {
  const SlotNumber slot = new_slot();
  program.slots[slot].i = value;
  return slot;
}
SlotNumber Recorder::constant_slot(float value) {
  const SlotNumber slot = new_slot();
  program.slots[slot].f = value;
  return slot;
}

void Recorder::emit(Operation operation, std::uint16_t to, SlotNumber a, SlotNumber b, std::uint16_t c) {
  if (program.code.size() >= kMostOperations) give_up("a long round");
  program.code.push_back({operation, to, a, b, c});
  if (!program.run(program.code.size() - 1)) give_up("a number out of the ordinary");
}

SlotNumber Recorder::compute(Operation operation, SlotNumber a, SlotNumber b, std::uint16_t c) {
  const SlotNumber to = new_slot();
  emit(operation, to, a, b, c);
  return to;
}

bool Recorder::decide(Operation less_than, Compare op, SlotNumber a, SlotNumber b) {
  const auto operation = static_cast<Operation>(static_cast<unsigned>(less_than) + static_cast<unsigned>(op));
  program.code.push_back({operation, 1, a, b, 0});
  const bool yes = program.run(program.code.size() - 1);
  program.code.back().to = yes;
  return yes;
}

SlotNumber Recorder::integer_slot(const Sym& number) {
  return number.is(Kind::integer) ? static_cast<SlotNumber>(number.index) : constant_slot(number.value.as_small());
}
SlotNumber Recorder::real_slot(const Sym& number) {
  if (number.is(Kind::real)) return static_cast<SlotNumber>(number.index);
  if (number.is(Kind::integer)) return compute(Operation::d_of_i, static_cast<SlotNumber>(number.index));
  return constant_slot(number.value.is_float() ? number.value.as_float() : static_cast<double>(number.value.as_small()));
}
SlotNumber Recorder::slot_in(DType dtype, const Sym& number) {
  if (!number.is_number()) give_up("an operand that is no number");
  if (dtype == DType::float64) return real_slot(number);
  if (number.is(Kind::integer)) return compute(Operation::f_of_i, static_cast<SlotNumber>(number.index));
  if (number.is(Kind::real)) return compute(Operation::f_of_d, static_cast<SlotNumber>(number.index));
  return constant_slot(static_cast<float>(number.value.is_float() ? number.value.as_float() : static_cast<double>(number.value.as_small())));
}

Sym Recorder::arithmetic(Binary op, const Sym& a, const Sym& b) {
  const auto small = [&](SlotNumber slot) {
    emit(Operation::is_small, 0, slot);
    return Sym::of(Kind::integer, slot);
  };
  if (is_integer(a) && is_integer(b)) {
    const SlotNumber x = integer_slot(a), y = integer_slot(b);
    const auto divisor = [&] {
      if (decide(Operation::i_lt, Compare::eq, y, constant_slot(std::int64_t{0}))) give_up("a division by zero");
    };
    switch (op) {
      case Binary::add: return small(compute(Operation::i_add, x, y));
      case Binary::sub: return small(compute(Operation::i_sub, x, y));
      case Binary::mul: return small(compute(Operation::i_mul, x, y));
      case Binary::floordiv: divisor(); return small(compute(Operation::i_floordiv, x, y));
      case Binary::mod: divisor(); return small(compute(Operation::i_mod, x, y));
      case Binary::truediv:
        divisor();
        return Sym::of(Kind::real, compute(Operation::d_div, real_slot(a), real_slot(b)));
      default: give_up("a sign between ints");
    }
  }
  const SlotNumber x = real_slot(a), y = real_slot(b);
  switch (op) {
    case Binary::add: return Sym::of(Kind::real, compute(Operation::d_add, x, y));
    case Binary::sub: return Sym::of(Kind::real, compute(Operation::d_sub, x, y));
    case Binary::mul: return Sym::of(Kind::real, compute(Operation::d_mul, x, y));
    case Binary::truediv:
      if (decide(Operation::d_lt, Compare::eq, y, constant_slot(0.0))) give_up("a division by zero");
      return Sym::of(Kind::real, compute(Operation::d_div, x, y));
    case Binary::pow: {
      if (!decide(Operation::d_lt, Compare::eq, y, constant_slot(2.0)) && !decide(Operation::d_lt, Compare::gt, x, constant_slot(0.0))) give_up("a power of a negative number");
      const SlotNumber power = compute(Operation::d_power, x, y);
      emit(Operation::is_finite, 0, power);
      return Sym::of(Kind::real, power);
    }
    default: give_up("a sign between floats");
  }
}

Sym Recorder::negative(const Sym& a) {
  if (a.is(Kind::tensor)) {
    Form form;
    static const Value function = *tensor_type()->find(intern("neg"));
    return apply_one(*forms_behind(function, &form), a);
  }
  if (!a.is_number()) give_up("the minus of an object");
  if (is_integer(a)) {
    const SlotNumber out = compute(Operation::i_neg, integer_slot(a));
    emit(Operation::is_small, 0, out);
    return Sym::of(Kind::integer, out);
  }
  return Sym::of(Kind::real, compute(Operation::d_neg, real_slot(a)));
}

bool Recorder::compared(Compare op, const Sym& a, const Sym& b) {
  if (a.is(Kind::tensor) || b.is(Kind::tensor)) return tensor_compared(op, a, b);
  if (a.is_number() && b.is_number()) {
    if (is_integer(a) && is_integer(b)) return decide(Operation::i_lt, op, integer_slot(a), integer_slot(b));
    return decide(Operation::d_lt, op, real_slot(a), real_slot(b));
  }
  give_up("a comparison of objects");
}

bool Recorder::truth(const Sym& a) {
  switch (a.kind) {
    case Kind::integer: return decide(Operation::i_lt, Compare::ne, static_cast<SlotNumber>(a.index), constant_slot(std::int64_t{0}));
    case Kind::real: return decide(Operation::d_lt, Compare::ne, static_cast<SlotNumber>(a.index), constant_slot(0.0));
    case Kind::tensor: return tensor_compared(Compare::ne, a, Sym::constant(Value::small(0)));
    case Kind::constant:
      if (a.value.is_bool()) return a.value.is_true();
      if (a.value.is_none()) return false;
      if (a.value.is_small()) return a.value.as_small() != 0;
      if (a.value.is_float()) return a.value.as_float() != 0;
      [[fallthrough]];
    default: give_up("the truth of an object");
  }
}

std::int64_t Recorder::fixed(const Sym& number) {
  if (!is_integer(number)) give_up("an index that is no int");
  if (number.is(Kind::constant)) return number.value.as_small();
  const std::int64_t now = program.slots[number.index].i;
  decide(Operation::i_lt, Compare::eq, static_cast<SlotNumber>(number.index), constant_slot(now));
  return now;
}

SlotNumber Recorder::compute(const SingleForm& form, DType dtype, SlotNumber x, SlotNumber y, const Sym& other) {
  // The rules that are worth an operation of their own. All give what the operator's own gives, bit for bit.
  struct Known {
    const char* name;
    Operation operation;
  };
  static constexpr Known kKnown[] = {{"add", Operation::f_add}, {"sub", Operation::f_sub}, {"mul", Operation::f_mul}, {"div", Operation::f_div}, {"neg", Operation::f_neg}};
  const std::string_view name = form.def->name;
  for (const Known& known : kKnown) {
    if (name == known.name) return compute(in_type(known.operation, dtype), x, y);
  }
  if (name == "rsub") return compute(in_type(Operation::f_sub, dtype), y, x);
  if (name == "pow" && other.is(Kind::constant)) {
    const double exponent = other.value.is_float() ? other.value.as_float() : static_cast<double>(other.value.as_small());
    const Operation multiply = in_type(Operation::f_mul, dtype);
    if (exponent == 1) return x;
    if (exponent == 2) return compute(multiply, x, x);
    if (exponent == 3) return compute(multiply, compute(multiply, x, x), x);
  }
  if (dtype == DType::float32) {
    program.f_rules.push_back(form.rule.f32);
    return compute(Operation::f_call, x, y, static_cast<std::uint16_t>(program.f_rules.size() - 1));
  }
  program.d_rules.push_back(form.rule.f64);
  return compute(Operation::d_call, x, y, static_cast<std::uint16_t>(program.d_rules.size() - 1));
}

}  // namespace nabla::hot
