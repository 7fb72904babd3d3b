// What must hold for every operator, driven by the list of OpDefs: gradients agree with differences to second order, results do not
// depend on how arguments lie in memory, the in-place form does the same as the function, and its definition is complete.
#include <doctest/doctest.h>

#include <cmath>
#include <functional>
#include <set>

#include "autograd/backward.h"
#include "ops/formula.h"
#include "ops/forward.h"
#include "ops/sample.h"
#include "tensor/loops.h"
#include "tensor/random.h"

using namespace nabla;
using namespace nabla::test;

namespace {

using Function = std::function<Tensor(const std::vector<Tensor>&)>;  // to a 0-d tensor, or null when nothing is differentiable

Tensor noise(const Dims& sizes, RandomGenerator& random) {
  const Tensor out = empty(sizes, DType::float64);
  fill_normal(out, 0, 1, random);
  return out;
}

std::vector<Tensor> fresh_leaves(const std::vector<Tensor>& inputs) {
  std::vector<Tensor> out;
  for (const Tensor& x : inputs) {
    out.push_back(copy(x));
    set_requires_grad(out.back(), true);
  }
  return out;
}

double inner(const std::vector<Tensor>& a, const std::vector<Tensor>& b) {
  double total = 0;
  for (std::size_t k = 0; k < a.size(); ++k) {
    if (!a[k]) continue;
    for (std::int64_t i = 0; i < a[k]->numel; ++i) {
      total += element(*a[k], offset_of(*a[k], i)).to_double() * element(*b[k], offset_of(*b[k], i)).to_double();
    }
  }
  return total;
}

std::vector<Tensor> gradients_of(const Tensor& y, const std::vector<Tensor>& inputs, bool create_graph) {
  if (!y || !requires_grad(y)) return std::vector<Tensor>(inputs.size());
  BackwardOptions options;
  options.inputs = inputs;
  options.collect = options.allow_unused = true;
  options.create_graph = options.retain_graph = create_graph;
  return run_backward({&y, 1}, {}, options);
}

/// Holds the gradient along a random direction against a central difference.
void check_along_a_line(const Function& f, const std::vector<Tensor>& inputs, RandomGenerator& random) {
  std::vector<Tensor> direction;
  for (const Tensor& x : inputs) direction.push_back(noise(x->sizes, random));
  const auto value_at = [&](double t) {
    std::vector<Tensor> moved;
    for (std::size_t k = 0; k < inputs.size(); ++k) {
      const GradMode off(false);
      moved.push_back(inputs[k] + direction[k] * t);
    }
    const Tensor y = f(fresh_leaves(moved));
    return y ? item(y).to_double() : 0.0;
  };
  constexpr double kStep = 1e-5;
  const double difference = (value_at(kStep) - value_at(-kStep)) / (2 * kStep);
  const std::vector<Tensor> leaves = fresh_leaves(inputs);
  const double gradient = inner(gradients_of(f(leaves), leaves, false), direction);
  CHECK(gradient == doctest::Approx(difference).epsilon(1e-5).scale(1.0));
}

/// The results of a call, weighted and summed: a function of its float inputs.
Function weighted_sum(const Call& call, RandomGenerator random) {
  return [call, random](const std::vector<Tensor>& inputs) mutable {
    RandomGenerator weights = random;
    Tensor total;
    for (const Tensor& out : results_of(with_inputs(call, inputs))) {
      const Tensor weight = noise(out->sizes, weights);
      if (!is_floating(out->dtype)) continue;
      const Tensor part = sum(out * weight);
      total = total ? total + part : part;
    }
    return total;
  };
}

bool has_formulas(const OpDef& def) {
  if (def.composite) return true;
  for (const Gradient& g : def.gradients) {
    if (g.state == Gradient::State::not_implemented) return false;
  }
  return def.is_differentiable();
}

/// Only differences of inputs that a gradient goes to can be compared.
std::vector<Tensor> all_differentiable(const Call& call) {
  for (int i = 0; i < call.count; ++i) {
    if (!call.def.composite && call[i].is_tensor() && is_floating(call[i].impl()->dtype) &&
        call.def.gradient_of(i).state == Gradient::State::not_differentiable) {
      return {};
    }
  }
  return float_inputs(call);
}

/// The same elements in the same shape, but lying in memory the other way round and with gaps.
Tensor scrambled(const Tensor& x) {
  Dims sizes;
  for (std::size_t d = x->dim(); d-- > 0;) sizes.push_back(x->sizes[d]);
  sizes.push_back(2);
  const Tensor wide = zeros(sizes, x->dtype);
  Dims strides;
  for (std::size_t d = 0; d < x->dim(); ++d) strides.push_back(wide->strides[x->dim() - 1 - d]);
  const Tensor out = as_strided(wide, x->sizes, strides, 1);
  copy_into(out, x);
  return out;
}

bool same(const Tensor& a, const Tensor& b) {
  if (!a || !b) return !a && !b;
  if (!(a->sizes == b->sizes) || a->dtype != b->dtype) return false;
  for (std::int64_t i = 0; i < a->numel; ++i) {
    const double x = element(*a, offset_of(*a, i)).to_double(), y = element(*b, offset_of(*b, i)).to_double();
    if (!(std::fabs(x - y) <= 1e-12 * std::max(1.0, std::fabs(y))) && !(std::isnan(x) && std::isnan(y))) return false;
  }
  return true;
}

template <class Check>
void for_each_sample(Check check) {
  init_ops();
  for (const OpDef* def : all_ops()) {
    for (const char* sample : def->samples) {
      CAPTURE(std::string(def->name));
      CAPTURE(std::string(sample));
      try {
        check(*def, read_sample(*def, sample));
      } catch (const Error& error) {
        FAIL_CHECK(error.kind, ": ", error.message);
      }
    }
  }
}

}  // namespace

TEST_CASE("forward mode gives the same derivative along a direction as going back, for every operator with a gradient but those that PyTorch refuses") {
  init_ops();
  RandomGenerator random(5);
  int checked = 0;
  std::set<std::string> refused;
  for (const OpDef* def : all_ops()) {
    if (!has_formulas(*def)) continue;
    for (const char* sample : def->samples) {
      INFO("operator " << std::string(def->name) << "(" << std::string(sample) << ")");
      const Call call = read_sample(*def, sample);
      const std::vector<Tensor> inputs = all_differentiable(call);
      if (inputs.empty()) continue;
      std::vector<Tensor> direction;
      for (const Tensor& x : inputs) direction.push_back(noise(x->sizes, random));
      const Function of_inputs = weighted_sum(call, random);
      const Function f = [&](const std::vector<Tensor>& xs) {
        manual_seed(3);
        return of_inputs(xs);
      };
      const std::vector<Tensor> leaves = fresh_leaves(inputs);
      const double back = inner(gradients_of(f(leaves), leaves, false), direction);

      enter_dual_level();
      std::vector<Tensor> duals;
      for (std::size_t k = 0; k < inputs.size(); ++k) {
        duals.push_back(copy(inputs[k]));
        set_tangent(duals[k], direction[k]);
      }
      Tensor y;
      try {
        y = f(duals);
      } catch (const Error& error) {
        CHECK(std::string(error.kind) == "NotImplementedError");
        refused.insert(std::string(def->name));
        exit_dual_level();
        continue;
      }
      const Tensor tangent = y ? tangent_of(*y) : Tensor();
      exit_dual_level();
      const double forward = tangent ? item(tangent).to_double() : 0.0;
      CHECK(forward == doctest::Approx(back).epsilon(1e-9).scale(1.0));
      ++checked;
    }
  }
  CHECK(checked > 200);
  const std::set<std::string> expected{"cdist", "multi_margin_loss", "multilabel_margin_loss", "renorm"};
  std::string names;
  for (const std::string& name : refused) names += name + " ";
  INFO("refused: " << names);
  CHECK(refused == expected);
}

TEST_CASE("every operator: the gradient is the slope along a random line, and so is the gradient's gradient") {
  RandomGenerator random(1);
  for_each_sample([&](const OpDef& def, const Call& call) {
    if (!has_formulas(def)) return;
    const std::vector<Tensor> inputs = all_differentiable(call);
    if (inputs.empty()) return;
    const Function f = weighted_sum(call, RandomGenerator(2));
    check_along_a_line(f, inputs, random);
    const Function slope = [&](const std::vector<Tensor>& leaves) {
      RandomGenerator weights(3);
      Tensor total;
      for (const Tensor& gradient : gradients_of(f(leaves), leaves, true)) {
        if (!gradient) continue;
        const Tensor part = sum(gradient * noise(gradient->sizes, weights));
        total = total ? total + part : part;
      }
      return total;
    };
    check_along_a_line(slope, inputs, random);
  });
}

TEST_CASE("every operator: results and gradients do not depend on how the arguments lie in memory") {
  for_each_sample([](const OpDef& def, const Call& call) {
    if (def.name == std::string("as_strided") || def.factory) return;  // it is about memory
    const std::vector<Tensor> inputs = float_inputs(call);
    std::vector<Tensor> moved;
    for (const Tensor& x : inputs) moved.push_back(scrambled(x));
    const std::vector<Tensor> plain = results_of(with_inputs(call, inputs));
    std::vector<Tensor> other;
    try {
      other = results_of(with_inputs(call, moved));
    } catch (const Error& error) {
      CHECK(error.message.starts_with("view size is not compatible"));
      return;
    }
    REQUIRE(plain.size() == other.size());
    for (std::size_t i = 0; i < plain.size(); ++i) CHECK(same(plain[i], other[i]));
    if (!has_formulas(def)) return;
    const auto gradients = [&](const std::vector<Tensor>& at) {
      for (const Tensor& x : at) set_requires_grad(x, true);
      return gradients_of(weighted_sum(call, RandomGenerator(2))(at), at, false);
    };
    const std::vector<Tensor> a = gradients(inputs), b = gradients(moved);
    for (std::size_t i = 0; i < a.size(); ++i) CHECK(same(a[i], b[i]));
  });
}

TEST_CASE("every operator: the in-place form gives what the function gives, with the same gradients") {
  for_each_sample([](const OpDef& def, const Call& call) {
    if (!(def.spellings & kInPlace) || !call[0].is_tensor() || def.factory || def.composite) return;
    const std::vector<Tensor> inputs = float_inputs(call);
    const Tensor expected = results_of(call)[0];
    if (!(expected->sizes == call.tensor(0)->sizes) || expected->dtype != call.tensor(0)->dtype) return;
    const Call work = with_inputs(call, fresh_leaves(inputs));
    Call in_place = work;
    const Tensor self = apply(*find_op("clone"), work.tensor(0));
    in_place.args[0] = Arg(self);
    CHECK(run_in_place(in_place) == self);
    CHECK(same(self, expected));
    CHECK(self->version() == 1);
    if (!has_formulas(def) || !requires_grad(self)) return;
    const std::vector<Tensor> leaves = float_inputs(work);
    std::vector<Tensor> got, wanted;
    try {
      got = gradients_of(sum(self), leaves, false);
    } catch (const Error& error) {
      const bool without = def.lacks_derivative(static_cast<int>(def.signatures.size()) - 1);
      CHECK(error.message.starts_with(without ? "the derivative for 'inplace version of " : "one of the variables needed for gradient computation has been modified by an inplace operation"));
      return;
    }
    if (def.spellings & (kTorch | kMethod)) {
      wanted = gradients_of(sum(results_of(work)[0]), leaves, false);
      for (std::size_t i = 0; i < got.size(); ++i) CHECK(same(got[i], wanted[i]));
    }
  });
}

TEST_CASE("every operator: gradients in plain numbers are those of the formulas") {
  for_each_sample([](const OpDef& def, const Call& call) {
    if (!def.slopes.f32) return;
    for (const DType dtype : {DType::float32, DType::float64}) {
      std::vector<Tensor> inputs;
      for (const Tensor& x : float_inputs(call)) {
        if (x->numel == 0) return;
        inputs.push_back(full({1}, element(*x, 0), dtype));
        set_requires_grad(inputs.back(), true);
      }
      Call work = with_inputs(call, inputs);
      for (int i = 0; i < work.count; ++i) {
        if (work[i].kind() == Arg::Kind::ints) work.args[i] = Arg(Dims{0});
      }
      const Tensor out = results_of(work)[0];
      const auto gradients = [&](bool create_graph) {
        for (const Tensor& x : inputs) x->grad = Tensor();
        BackwardOptions options;
        options.create_graph = options.retain_graph = create_graph;
        const Tensor seed = full(out->sizes, Scalar::of(0.7), out->dtype);
        run_backward({&out, 1}, {&seed, 1}, options);
        std::vector<Tensor> found;
        for (const Tensor& x : inputs) found.push_back(x->grad);
        return found;
      };
      CHECK(static_cast<Node*>(out->grad_fn.get())->single);
      const std::vector<Tensor> slow = gradients(true), fast = gradients(false);
      for (std::size_t i = 0; i < inputs.size(); ++i) {
        CHECK(item(fast[i]).to_double() == doctest::Approx(item(slow[i]).to_double()).epsilon(dtype == DType::float32 ? 3e-7 : 1e-15));
      }
    }
  });
}

TEST_CASE("every operator: the short way for one element gives what the long way gives") {
  for_each_sample([](const OpDef& def, const Call& call) {
    if (!def.single.f32) return;
    REQUIRE(static_cast<bool>(def.slopes.f32));
    for (const DType dtype : {DType::float32, DType::float64}) {
      std::vector<Tensor> inputs;
      for (const Tensor& x : float_inputs(call)) {
        if (x->numel == 0) return;
        inputs.push_back(full({1}, element(*x, 0), dtype));
        set_requires_grad(inputs.back(), true);
      }
      Call work = with_inputs(call, inputs);
      SingleOperand operands[2];
      for (int i = 0; i < work.count; ++i) {
        if (i >= 2 && !work[i].is_none() && !(work[i].is_number() && work[i].real() == 1)) return;  // alpha=2: not for the short way
        if (i < 2 && work[i].is_tensor()) operands[i].tensor = work[i].impl();
        if (i < 2 && work[i].is_number()) operands[i].number = work[i].scalar();
      }
      const SingleForm form = single_form(def, work.signature);
      const Tensor quick = run_single(form, operands[0], operands[1]), slow = run(work);
      CHECK(quick->sizes == slow->sizes);
      CHECK(quick->dtype == slow->dtype);
      CHECK(item(quick).to_double() == doctest::Approx(item(slow).to_double()).epsilon(1e-15));
      CHECK(grad_fn(quick)->name() == grad_fn(slow)->name());
      CHECK(grad_fn(quick)->edges.size() == grad_fn(slow)->edges.size());
    }
  });
}

TEST_CASE("every operator: without a graph no node is made") {
  for_each_sample([](const OpDef&, const Call& call) {
    const GradMode off(false);
    const Call work = with_inputs(call, fresh_leaves(float_inputs(call)));
    for (const Tensor& out : results_of(work)) CHECK((!out->grad_fn));
  });
}

TEST_CASE("every operator: its definition is complete") {
  init_ops();
  std::set<std::string> seen;
  for (const OpDef* def : all_ops()) {
    CAPTURE(std::string(def->name));
    CHECK(def->signatures.size() > 0);
    CHECK((def->forward || def->forward_many));
    CHECK(std::string(def->doc).size() > 5);
    CHECK(std::string_view(".?").find(std::string_view(def->doc).back()) != std::string_view::npos);
    CHECK(!std::string(def->latex).empty());
    CHECK(find_op(def->name) != nullptr);
    for (std::size_t s = 0; s < def->signatures.size(); ++s) {
      const ParsedSignature& signature = def->parsed()[s];
      CHECK(signature.parameters.size() <= kMaxArgs);
      // Three states for each input, never a fourth: each tensor of an operator that is not composite has an entry.
      for (std::size_t i = 0; i < signature.parameters.size(); ++i) {
        const auto type = signature.parameters[i].type;
        const bool tensor = type == ParameterDef::Type::tensor || type == ParameterDef::Type::tensors;
        if (!tensor || def->is_composite(static_cast<int>(s))) continue;
        CAPTURE(signature.parameters[i].name);
        CHECK(i < def->gradients.size());
        if (i >= def->gradients.size()) continue;
        const Gradient& g = def->gradient_of(static_cast<int>(i));
        if (g.state == Gradient::State::formula) CHECK((g.formula || g.formulas));
        if (g.state != Gradient::State::not_implemented) CHECK(std::string(g.text) != "");
      }
    }
    for (const char* alias : def->aliases) CHECK(find_op(alias) == find_op(def->name));
    // One name, one operator, in each place where Python looks.
    for (int place : {int{kTorch}, int{kMethod}, int{kInPlace}, int{kFunctional}, int{kProperty}}) {
      if (def->spellings & place) CHECK(seen.insert(std::to_string(place) + def->name).second);
    }
  }
}
