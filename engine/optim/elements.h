// What the rules of the optimizers share: walking over the elements of a parameter, its gradient and its state; the options that many
// have, and their checks. A rule computes in the parameter's type, its coefficients in double, as PyTorch's do.
#pragma once
#include <cmath>

#include "base/error.h"
#include "optim/families.h"
#include "tensor/loops.h"

namespace nabla {

inline constexpr OptionDef kForeach{.name = "foreach", .kind = OptionDef::Kind::inert, .shown_as_none = true};
constexpr OptionDef inert(const char* name) { return {.name = name, .kind = OptionDef::Kind::inert, .keyword_only = true}; }
constexpr OptionDef keyword_only(OptionDef option) {
  option.keyword_only = true;
  return option;
}

/// The state tensor, of the parameter's shape and type, filled with `value` when it is new.
inline void ensure(const Update& u, int i, double value = 0) {
  if (!u.state[i]) u.state[i] = full(u.parameter->sizes, Scalar::of(value), u.parameter->dtype);
}
/// Counts a step in state tensor i (0-d); gives the number of this step, from 1.
inline double count_step(const Update& u, int i, DType dtype = DType::float32) {
  if (!u.state[i]) u.state[i] = zeros({}, dtype);
  const double step = item(u.state[i]).to_double() + 1;
  set_element(*u.state[i], 0, Scalar::of(step));
  return step;
}

/// rule(p, g, s, i) for every element i: p the parameter, g its gradient (weight decay and maximize applied), s[k][i] the k-th of the
/// state tensors named.
template <class Rule>
void on_elements(const Update& u, std::initializer_list<int> states, double weight_decay, bool maximize, Rule rule) {
  const Tensor parameter = contiguous(u.parameter), gradient = contiguous(u.gradient);
  const auto work = [&]<class T>(T* p) {
    T* s[4] = {};
    int count = 0;
    for (const int i : states) s[count++] = u.state[i]->data_as<T>();
    const T* g = gradient->data_as<T>();
    const T decay = static_cast<T>(weight_decay);
    for (std::int64_t i = 0; i < parameter->numel; ++i) {
      T slope = maximize ? -g[i] : g[i];
      if (weight_decay != 0) slope += decay * p[i];
      rule(p[i], slope, s, i);
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
