// L-BFGS. Source: Nocedal and Wright, Numerical Optimization, algorithms 7.4 and 7.5; for the line search 3.5 and 3.6; where they leave a
// choice (constants, interpolation, when to end) PyTorch's.
#include "optim/lbfgs.h"

#include "ops/opdef.h"
#include "ops/sums.h"
#include "optim/elements.h"

namespace nabla {
namespace {

constexpr double kEnough = 1e-4, kFlat = 0.9;  // strong Wolfe: how much the loss falls, how much its slope
constexpr int kMostSearches = 25;
constexpr double kLeastBracket = 1e-9;
enum Quantity { kTotal, kFirst, kSearches };

/// f(i-th element of each), where all are contiguous and of type T.
template <class F>
void over(const Tensor& x, F f) {
  if (x->dtype == DType::float64) f(x->data_as<double>());
  else f(x->data_as<float>());
}

/// x += a y
void add_to(const Tensor& x, Measure a, const Tensor& y) {
  over(x, [&]<class T>(T* p) {
    const T* q = y->data_as<T>();
    for (std::int64_t i = 0; i < x->numel; ++i) p[i] = fused(static_cast<T>(a.value), q[i], p[i]);
  });
}
/// a x
Tensor times(Measure a, const Tensor& x) {
  const Tensor out = copy(x);
  over(out, [&]<class T>(T* p) {
    for (std::int64_t i = 0; i < out->numel; ++i) p[i] *= static_cast<T>(a.value);
  });
  return out;
}

}  // namespace

LbfgsSearch::LbfgsSearch(std::vector<Tensor> parameters, const Settings& settings, LbfgsState state)
    : parameters_(std::move(parameters)), settings_(settings), state_(std::move(state)), dtype_(DType::float32) {
  for (const Tensor& p : parameters_) dtype_ = p->dtype == DType::float64 ? DType::float64 : dtype_;
  kind_ = dtype_ == DType::float64 ? Measure::Kind::float64 : Measure::Kind::float32;
}

// ---------------------------------------------------------------------------------------------------------------- vectors

/// The gradients of all parameters as one vector.
Tensor LbfgsSearch::gathered() const {
  std::int64_t count = 0;
  for (const Tensor& p : parameters_) count += p->numel;
  const Tensor out = zeros({count}, dtype_);
  std::int64_t at = 0;
  for (const Tensor& p : parameters_) {
    if (p->grad) copy_into(as_strided(out, p->sizes, contiguous_strides(p->sizes), at), p->grad);
    at += p->numel;
  }
  return out;
}
/// All parameters go t along the direction.
void LbfgsSearch::move(Measure t) {
  std::int64_t at = 0;
  for (const Tensor& p : parameters_) {
    const Tensor moved = copy(p), part = cast(contiguous(slice(state_.direction, 0, at, p->numel, 1)), p->dtype);
    add_to(moved, t, part);
    copy_into(p, moved);
    p->raise_version();
    at += p->numel;
  }
}
Measure LbfgsSearch::dot(const Tensor& a, const Tensor& b) const {
  Call call(*find_op("dot"));
  take_arguments(call, a, b);
  return {item(call.def.forward(call)).to_double(), kind_};
}
Measure LbfgsSearch::largest(const Tensor& x) const {
  double out = 0;
  over(x, [&]<class T>(const T* p) {
    for (std::int64_t i = 0; i < x->numel; ++i) {
      if (std::isnan(p[i]) || std::fabs(static_cast<double>(p[i])) > out) out = std::fabs(static_cast<double>(p[i]));
      if (std::isnan(out)) return;
    }
  });
  return {out, kind_};
}
Measure LbfgsSearch::total(const Tensor& x) const {
  const Tensor sizes = copy(x), sum = zeros({1}, dtype_);
  over(sizes, [&](auto* p) {
    for (std::int64_t i = 0; i < x->numel; ++i) p[i] = std::fabs(p[i]);
  });
  add_up(as_strided(sum, x->sizes, {0}, 0), sizes);
  return {item(sum).to_double(), kind_};
}
bool LbfgsSearch::is_flat() const { return largest(gradient_) <= settings_.tolerance_grad; }

// ---------------------------------------------------------------------------------------------------------------- the step

bool LbfgsSearch::begin(double loss) {
  loss_ = loss;
  evaluations_ = 1;
  ++state_.evaluations;
  gradient_ = gathered();
  if (is_flat()) return false;
  is_moved_ = true;
  return settings_.max_iter > 0 && iterate();
}

bool LbfgsSearch::go_on(double loss) {
  if (phase_ == Phase::plain) {
    loss_ = loss;
    gradient_ = gathered();
    return after_move(1);
  }
  const Point point = found(loss);
  return phase_ == Phase::bracket ? bracket(point) : narrow(point);
}

/// One iteration, up to the first evaluation that it wants.
bool LbfgsSearch::iterate() {
  ++iteration_;
  ++state_.iterations;
  const bool is_first = state_.iterations == 1;
  const Tensor last_direction = state_.direction;
  const Measure last_t = state_.t;
  find_direction();
  if (state_.last_gradient) copy_into(state_.last_gradient, gradient_);
  else state_.last_gradient = copy(gradient_);
  state_.last_loss = loss_;
  state_.t = is_first ? least(1.0, Measure(1.0) / total(gradient_)) * settings_.lr : Measure(settings_.lr);
  slope_ = dot(gradient_, state_.direction);
  if (slope_ > -settings_.tolerance_change) return finish();

  if (update_observer) {
    Move& made = moves_.emplace_back();
    made = {is_first, {}, {}, gradient_, state_.direction, last_direction, {}, last_t, total(gradient_), state_.evaluations, state_.evaluations};
    for (const Tensor& p : parameters_) made.before.push_back(copy(p));
  }
  if (!settings_.line_search) {
    move(state_.t);
    phase_ = Phase::plain;
    return iteration_ < settings_.max_iter || after_move(0);
  }
  origin_.clear();
  for (const Tensor& p : parameters_) origin_.push_back(copy(p));
  start_ = before_ = {0.0, loss_, gradient_, slope_};
  searches_ = calls_ = 0;
  is_first_ = true;
  phase_ = Phase::bracket;
  return look(state_.t);
}

/// The two loops: minus the gradient, times the inverse Hessian that the last steps let guess.
void LbfgsSearch::find_direction() {
  LbfgsState& s = state_;
  if (s.iterations == 1) {
    s.direction = times(-1.0, gradient_);
    s.gradients.clear(), s.steps.clear(), s.inverse.clear();
    s.scale = 1.0;
    return;
  }
  const Tensor y = copy(gradient_), step = times(s.t, s.direction);
  add_to(y, -1.0, s.last_gradient);
  const Measure along = dot(y, step);
  if (along > 1e-10) {
    if (s.gradients.size() == settings_.history && !s.gradients.empty()) {
      s.gradients.erase(s.gradients.begin()), s.steps.erase(s.steps.begin()), s.inverse.erase(s.inverse.begin());
    }
    s.gradients.push_back(y);
    s.steps.push_back(step);
    s.inverse.push_back(Measure(1.0) / along);
    s.scale = along / dot(y, y);
  }
  s.alphas.resize(std::max(settings_.history, s.gradients.size()));
  Tensor q = times(-1.0, gradient_);
  for (std::size_t i = s.gradients.size(); i-- > 0;) {
    const Measure alpha = dot(s.steps[i], q) * s.inverse[i];
    s.alphas[i] = alpha;
    add_to(q, -alpha, s.gradients[i]);
  }
  q = times(s.scale, q);
  for (std::size_t i = 0; i < s.gradients.size(); ++i) {
    const Measure beta = dot(s.gradients[i], q) * s.inverse[i];
    add_to(q, *s.alphas[i] - beta, s.steps[i]);
  }
  s.direction = q;
}

/// The parameters have been moved, with so many evaluations: is there another iteration?
bool LbfgsSearch::after_move(int calls) {
  evaluations_ += calls;
  state_.evaluations += calls;
  if (update_observer && !moves_.empty()) {
    moves_.back().t = state_.t;
    moves_.back().evaluations = state_.evaluations;
    for (const Tensor& p : parameters_) moves_.back().after.push_back(copy(p));
  }
  const bool has_looked = settings_.line_search || calls > 0;
  if (iteration_ >= settings_.max_iter || evaluations_ >= settings_.max_eval || (has_looked && is_flat())) return finish();
  if (largest(times(state_.t, state_.direction)) <= settings_.tolerance_change) return finish();
  if (std::fabs(loss_ - state_.last_loss) < settings_.tolerance_change) return finish();
  return iterate();
}

bool LbfgsSearch::finish() {
  if (update_observer) tell_moves();
  return false;
}

// ---------------------------------------------------------------------------------------------------------------- the line search

/// Goes to t along the direction, where the loss is wanted.
bool LbfgsSearch::look(Measure t) {
  trial_ = t;
  move(t);
  return true;
}
/// What is known there now; the parameters go back.
LbfgsSearch::Point LbfgsSearch::found(double loss) {
  const Tensor gradient = gathered();
  for (std::size_t i = 0; i < parameters_.size(); ++i) {
    copy_into(parameters_[i], origin_[i]);
    parameters_[i]->raise_version();
  }
  ++calls_;
  if (!is_first_) ++searches_;
  is_first_ = false;
  return {trial_, loss, gradient, dot(gradient, state_.direction)};
}

/// Where the cubic through two points with these values and slopes is least, within [low, high]; their middle if it has no minimum.
Measure LbfgsSearch::cubic_minimum(const Point& a, const Point& b, Measure low, Measure high) const {
  const Measure d1 = a.slope + b.slope - Measure(3 * (a.loss - b.loss)) / (a.t - b.t);
  const Measure square = d1 * d1 - a.slope * b.slope;
  if (!(square >= 0.0)) return (low + high) / 2.0;
  const Measure d2 = sqrt(square);
  const Measure at = a.t <= b.t ? b.t - (b.t - a.t) * ((b.slope + d2 - d1) / (b.slope - a.slope + Measure(2.0) * d2))
                                : a.t - (a.t - b.t) * ((a.slope + d2 - d1) / (a.slope - b.slope + Measure(2.0) * d2));
  return least(greatest(at, low), high);
}

/// First part: further and further along the direction, until two points hold a good one between them.
bool LbfgsSearch::bracket(const Point& point) {
  if (searches_ >= kMostSearches) return begin_zoom(start_, point);
  const bool is_too_high = Measure(point.loss) > Measure(loss_) + Measure(kEnough) * point.t * slope_ || (searches_ > 1 && point.loss >= before_.loss);
  if (is_too_high) return begin_zoom(before_, point);
  if (abs(point.slope) <= Measure(-kFlat) * slope_) {
    if (std::isnan(point.loss)) fail("IndexError", "list index out of range");  // PyTorch takes it for the worse of two points
    return take(point);
  }
  if (point.slope >= 0.0) return begin_zoom(before_, point);
  const Measure t = cubic_minimum(before_, point, point.t + Measure(0.01) * (point.t - before_.t), point.t * 10.0);
  before_ = point;
  return look(t);
}

bool LbfgsSearch::begin_zoom(Point low, Point high) {
  ends_[0] = std::move(low);
  ends_[1] = std::move(high);
  size_ = largest(state_.direction);
  is_stuck_ = false;
  phase_ = Phase::zoom;
  sort_ends();
  return zoom();
}
void LbfgsSearch::sort_ends() { low_ = ends_[0].loss <= ends_[1].loss ? 0 : 1; }

/// Second part: a point between the two ends.
bool LbfgsSearch::zoom() {
  if (searches_ >= kMostSearches || abs(ends_[1].t - ends_[0].t) * size_ < kLeastBracket) return take(ends_[low_]);
  const Measure left = least(ends_[0].t, ends_[1].t), right = greatest(ends_[0].t, ends_[1].t);
  Measure t = cubic_minimum(ends_[0], ends_[1], left, right);
  const Measure margin = Measure(0.1) * (right - left);
  const bool is_near_end = least(right - t, t - left) < margin;
  if (is_near_end && (is_stuck_ || t >= right || t <= left)) {  // twice, or at it: a tenth inward
    t = abs(t - right) < abs(t - left) ? right - margin : left + margin;
    is_stuck_ = false;
  } else {
    is_stuck_ = is_near_end;
  }
  return look(t);
}

/// The ends come together around the point.
bool LbfgsSearch::narrow(const Point& point) {
  if (Measure(point.loss) > Measure(loss_) + Measure(kEnough) * point.t * slope_ || point.loss >= ends_[low_].loss) {
    ends_[1 - low_] = point;
    sort_ends();
    return zoom();
  }
  if (abs(point.slope) <= Measure(-kFlat) * slope_) return take(point);
  if (point.slope * (ends_[1 - low_].t - ends_[low_].t) >= 0.0) ends_[1 - low_] = ends_[low_];
  ends_[low_] = point;
  return zoom();
}

bool LbfgsSearch::take(const Point& point) {
  const Point taken = point;
  loss_ = taken.loss;
  gradient_ = taken.gradient;
  state_.t = taken.t;
  move(taken.t);
  return after_move(calls_);
}

// ---------------------------------------------------------------------------------------------------------------- who watches

/// Every iteration as an update of each parameter. They are told when the step is over, so that they are one step.
void LbfgsSearch::tell_moves() {
  std::vector<Tensor> now;
  for (const Tensor& p : parameters_) now.push_back(copy(p));
  for (const Move& made : moves_) {
    if (made.after.empty()) continue;
    std::int64_t at = 0;
    for (std::size_t i = 0; i < parameters_.size(); ++i) {
      const Tensor& p = parameters_[i];
      const auto part = [&](const Tensor& x) { return x ? copy(as_strided(x, p->sizes, contiguous_strides(p->sizes), at)) : nullptr; };
      Tensor state[kMaxState] = {part(made.last_direction), made.is_first ? nullptr : scalar_tensor(Scalar::of(made.last_t.value), dtype_),
                                 scalar_tensor(Scalar::of(made.last_evaluations), DType::int64)};
      Told told;
      const Update update{p, part(made.gradient), state, settings_.options, &told};
      copy_into(p, made.before[i]);
      update_observer(kLbfgs, update, false);
      copy_into(p, made.after[i]);
      state[0] = part(made.direction);
      state[1] = scalar_tensor(Scalar::of(made.t.value), dtype_);
      state[2] = scalar_tensor(Scalar::of(made.evaluations), DType::int64);
      tell(update, kTotal, made.total.value);
      tell(update, kFirst, made.is_first);
      tell(update, kSearches, settings_.line_search);
      update_observer(kLbfgs, update, true);
      at += p->numel;
    }
  }
  for (std::size_t i = 0; i < parameters_.size(); ++i) copy_into(parameters_[i], now[i]);
  moves_.clear();
}

const OptimizerDef kLbfgs{
    .name = "LBFGS",
    .doc = "Limited-memory BFGS: Newton steps whose inverse Hessian H is guessed from the last changes of the gradient.",
    .latex = R"(\begin{aligned} s_k &= \theta_k - \theta_{k-1} \qquad y_k = \nabla L(\theta_k) - \nabla L(\theta_{k-1}) \\ d &= -H_k \nabla_\theta L, \quad H_k \approx (\nabla^2 L)^{-1} \text{ from the pairs } (s_i, y_i) \\ \theta &\leftarrow \theta + t d \end{aligned})",
    .options = {{.name = "lr", .value = 1, .tex = R"(\gamma)"},
                {.name = "max_iter", .value = 20},
                {.name = "max_eval", .value = 25},
                {.name = "tolerance_grad", .value = 1e-7},
                {.name = "tolerance_change", .value = 1e-9},
                {.name = "history_size", .value = 100},
                {.name = "line_search_fn", .kind = OptionDef::Kind::inert, .shown_as_none = true}},
    .state = {{.name = "d", .tex = "d"}, {.name = "t", .tex = "t"}, {.name = "func_evals"}},
    .quantities = {{.name = "total", .tex = R"(\|\nabla L\|_1)"}, {.name = "first"}, {.name = "searches"}},
    .rule = {{"d", "-<grad>", "first"},
             {"d", "-H <grad>", "!first"},
             {"t", R"(\min(1, \frac{1}{<total>}) <lr>)", "first !searches"},
             {"t", "<lr>", "!first !searches"},
             {"t", R"(\text{by line search})", "searches"},
             {"param", "<param> + <t> <d>"}},
    .check = [](const double*, const std::string*) {},
    .update = nullptr,
};

}  // namespace nabla
