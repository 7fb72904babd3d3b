// Runs the rounds of a hot loop.
#include "torch/hot/program.h"

#include <cmath>
#include <cstring>

namespace nabla::hot {
namespace {

void run_slope(const SlopeCall& call, Slot* s) {
  if (call.dtype == DType::float32) {
    Slope<float> slope{s[call.g].f, s[call.x].f, s[call.y].f, s[call.z].f, s[call.out].f};
    slope.needs_y = call.needs_y;
    call.rule.f32(slope);
    s[call.to].f = slope.gx;
    s[call.to + 1].f = slope.gy;
  } else {
    Slope<double> slope{s[call.g].d, s[call.x].d, s[call.y].d, s[call.z].d, s[call.out].d};
    slope.needs_y = call.needs_y;
    call.rule.f64(slope);
    s[call.to].d = slope.gx;
    s[call.to + 1].d = slope.gy;
  }
}

void put(const Tensor& x, const Slot& slot) {
  if (x) std::memcpy(x->data(), &slot, static_cast<std::size_t>(item_size(x->dtype)));
}
void take(const Tensor& x, Slot& slot) {
  if (x) std::memcpy(&slot, x->data(), static_cast<std::size_t>(item_size(x->dtype)));
}

void run_update(UpdateCall& call, Slot* s) {
  put(call.parameter, s[call.in[0]]);
  put(call.gradient, s[call.in[1]]);
  const std::size_t states = call.def->state.size();
  for (std::size_t i = 0; i < states; ++i) put(call.state[i], s[call.in[2 + i]]);
  call.def->update(Update{call.parameter, call.gradient, call.state, call.options});
  take(call.parameter, s[call.out[0]]);
  for (std::size_t i = 0; i < states; ++i) take(call.state[i], s[call.out[2 + i]]);
}

std::int64_t floor_quotient(std::int64_t x, std::int64_t y) {
  const std::int64_t quotient = x / y;
  return quotient - ((x % y != 0) && ((x < 0) != (y < 0)));
}

constexpr std::int64_t kSmallMax = (std::int64_t{1} << 47) - 1;

}  // namespace

// clang-format off
#define CHECK(condition) { if (!(condition)) return false; break; }
#define COMPARISONS(t)                                                          \
  case Operation::t##_lt: CHECK((s[i.a].t < s[i.b].t) == (i.to != 0))           \
  case Operation::t##_le: CHECK((s[i.a].t <= s[i.b].t) == (i.to != 0))          \
  case Operation::t##_eq: CHECK((s[i.a].t == s[i.b].t) == (i.to != 0))          \
  case Operation::t##_ne: CHECK((s[i.a].t != s[i.b].t) == (i.to != 0))          \
  case Operation::t##_gt: CHECK((s[i.a].t > s[i.b].t) == (i.to != 0))           \
  case Operation::t##_ge: CHECK((s[i.a].t >= s[i.b].t) == (i.to != 0))
#define FLOATS(t)                                                               \
  case Operation::t##_add: s[i.to].t = s[i.a].t + s[i.b].t; break;              \
  case Operation::t##_sub: s[i.to].t = s[i.a].t - s[i.b].t; break;              \
  case Operation::t##_mul: s[i.to].t = s[i.a].t * s[i.b].t; break;              \
  case Operation::t##_div: s[i.to].t = s[i.a].t / s[i.b].t; break;              \
  case Operation::t##_neg: s[i.to].t = -s[i.a].t; break;                        \
  case Operation::t##_call: s[i.to].t = t##_rules[i.c](s[i.a].t, s[i.b].t); break;
// clang-format on

bool Program::run(std::size_t begin) {
  Slot* const s = slots.data();
  const Instruction* const end = code.data() + code.size();
  for (const Instruction* at = code.data() + begin; at != end; ++at) {
    const Instruction i = *at;
    switch (i.operation) {
      FLOATS(f)
      FLOATS(d)
      COMPARISONS(f)
      COMPARISONS(d)
      COMPARISONS(i)
      case Operation::i_add: s[i.to].i = s[i.a].i + s[i.b].i; break;
      case Operation::i_sub: s[i.to].i = s[i.a].i - s[i.b].i; break;
      case Operation::i_mul: CHECK(!__builtin_mul_overflow(s[i.a].i, s[i.b].i, &s[i.to].i))
      case Operation::i_floordiv: s[i.to].i = floor_quotient(s[i.a].i, s[i.b].i); break;
      case Operation::i_mod: s[i.to].i = s[i.a].i - floor_quotient(s[i.a].i, s[i.b].i) * s[i.b].i; break;
      case Operation::i_neg: s[i.to].i = -s[i.a].i; break;
      case Operation::d_power: s[i.to].d = s[i.b].d == 2 ? s[i.a].d * s[i.a].d : std::pow(s[i.a].d, s[i.b].d); break;
      case Operation::f_of_d: s[i.to].f = static_cast<float>(s[i.a].d); break;
      case Operation::f_of_i: s[i.to].f = static_cast<float>(static_cast<double>(s[i.a].i)); break;
      case Operation::d_of_f: s[i.to].d = static_cast<double>(s[i.a].f); break;
      case Operation::d_of_i: s[i.to].d = static_cast<double>(s[i.a].i); break;
      case Operation::is_small: CHECK(s[i.a].i <= kSmallMax && s[i.a].i >= -kSmallMax - 1)
      case Operation::is_finite: CHECK(std::isfinite(s[i.a].d))
      case Operation::slope: run_slope(slopes[i.a], s); break;
      case Operation::update: run_update(updates[i.a], s); break;
      case Operation::append: logs[i.a].push_back(s[i.b]); break;
    }
  }
  return true;
}

void Program::advance() {
  for (std::size_t k = 0; k < carries.size(); ++k) before[k] = slots[carries[k].slot];
  for (const Carry& carry : carries) slots[carry.slot] = carry.from_carry < 0 ? slots[carry.from] : before[static_cast<std::size_t>(carry.from_carry)];
}

std::uint64_t Program::run_rounds(std::uint64_t most) {
  std::uint64_t done = 0;
  while (done < most && run(0)) {
    advance();
    ++done;
  }
  return done;
}

}  // namespace nabla::hot
