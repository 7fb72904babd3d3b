// What the rules of the optimizers share: walking over the elements of a parameter, its gradient and its state; the options that many
// have, and their checks. A rule computes in the parameter's type, its coefficients in double, and
// `fused` where PyTorch's add(alpha=...) and addcmul are: to its last digit.
#pragma once
#include <cmath>

#include "base/error.h"
#include "ops/elementary.h"
#include "optim/families.h"
#include "tensor/loops.h"

namespace nabla {

inline constexpr OptionDef kMoments{.name = "betas", .kind = OptionDef::Kind::pair, .value = 0.9, .second = 0.999, .tex = "\\beta_1", .second_tex = "\\beta_2"};
constexpr OptionDef learning_rate(double value) { return {.name = "lr", .value = value, .tex = "\\gamma"}; }
constexpr OptionDef epsilon(double value) { return {.name = "eps", .value = value, .tex = "\\epsilon"}; }
constexpr OptionDef weight_decay(double value = 0) { return {.name = "weight_decay", .value = value, .tex = "\\lambda"}; }
inline constexpr OptionDef kForeach{.name = "foreach", .kind = OptionDef::Kind::inert, .shown_as_none = true};
constexpr OptionDef inert(const char* name) { return {.name = name, .kind = OptionDef::Kind::inert, .keyword_only = true}; }
constexpr OptionDef keyword_only(OptionDef option) {
  option.keyword_only = true;
  return option;
}

/// What every rule below on_elements begins with, as its first two quantities: the gradient turned round by maximize, then weight decay added.
enum Quantity { kAscent, kDecayed, kFirstOwn };
inline constexpr QuantityDef kAscentDef{.name = "ascent", .tex = "\\bar g", .otherwise = "grad"};
inline constexpr QuantityDef kDecayedDef{.name = "decayed", .tex = "\\tilde g", .otherwise = "ascent"};
inline constexpr RuleLine kCounts{"step", "<step> + 1"};
inline constexpr RuleLine kAscends{"ascent", "-<grad>", "maximize"};
inline constexpr RuleLine kDecays{"decayed", "<ascent> + <weight_decay> <param>", "weight_decay"};

/// State i, made by `make` where it is new.
template <class Make>
void begin(const Update& u, int i, Make make) {
  if (u.state[i]) return;
  u.state[i] = make();
  if (u.told) u.told->initial[i] = copy(u.state[i]);
}
/// The state tensor, of the parameter's shape and type, filled with `value` when it is new.
inline void ensure(const Update& u, int i, double value = 0) {
  begin(u, i, [&] { return full(u.parameter->sizes, Scalar::of(value), u.parameter->dtype); });
}
/// Counts a step in state tensor i (0-d); gives the number of this step, from 1.
inline double count_step(const Update& u, int i, DType dtype = DType::float32) {
  begin(u, i, [&] { return zeros({}, dtype); });
  const double step = item(u.state[i]).to_double() + 1;
  set_element(*u.state[i], 0, Scalar::of(step));
  return step;
}
/// A quantity that is one number for all elements.
inline void tell(const Update& u, int quantity, double value) {
  if (u.told) u.told->quantities[quantity] = full({}, Scalar::of(value), DType::float64);
}

/// rule(p, g, s, e, i) for every element i: p the parameter, g its gradient (weight decay and maximize applied), s[k][i] the k-th of the
/// state tensors named; e, when the update is asked to tell (else null), has as e[k][i] the k-th of the quantities named, for the rule to set.
template <class Rule>
void on_elements(const Update& u, std::initializer_list<int> states, std::initializer_list<int> quantities, double weight_decay, bool maximize, Rule rule) {
  const Tensor parameter = contiguous(u.parameter), gradient = contiguous(u.gradient);
  const auto work = [&]<class T>(T* p) {
    T* s[4] = {};
    int count = 0;
    for (const int i : states) s[count++] = u.state[i]->data_as<T>();
    T* e[kMaxQuantities] = {};
    T *ascent = nullptr, *decayed = nullptr;
    if (u.told) {
      const auto room = [&](int i) -> T* {
        const Tensor made = u.told->quantities[i] = empty(parameter->sizes, parameter->dtype);
        return made->template data_as<T>();
      };
      ascent = room(kAscent), decayed = room(kDecayed);
      count = 0;
      for (const int i : quantities) e[count++] = room(i);
    }
    const T* g = gradient->data_as<T>();
    const T decay = static_cast<T>(weight_decay);
    for (std::int64_t i = 0; i < parameter->numel; ++i) {
      T slope = maximize ? -g[i] : g[i];
      if (ascent) ascent[i] = slope;
      if (weight_decay != 0) slope = fused(decay, p[i], slope);
      if (decayed) decayed[i] = slope;
      rule(p[i], slope, s, decayed ? e : nullptr, i);
    }
  };
  if (parameter->dtype == DType::float64) work(parameter->data_as<double>());
  else work(parameter->data_as<float>());
  if (!(parameter == u.parameter)) copy_into(u.parameter, parameter);
}

inline void check_not_negative(double value, const char* what, const std::string& shown) {
  if (!(value >= 0)) fail("ValueError", "Invalid ", what, ": ", shown);
}
/// The options that Adam and its kin begin with: lr, betas, eps, weight_decay.
inline void check_moments(const double* o, const std::string* shown) {
  check_not_negative(o[0], "learning rate", shown[0]);
  check_not_negative(o[3], "epsilon value", shown[3]);
  for (int i = 0; i < 2; ++i) {
    if (!(o[1 + i] >= 0 && o[1 + i] < 1)) fail("ValueError", "Invalid beta parameter at index ", i, ": ", shown[1 + i]);
  }
  check_not_negative(o[4], "weight_decay value", shown[4]);
}

}  // namespace nabla
