// NAdam: Adam with Nesterov's look ahead. Source: Dozat, "Incorporating Nesterov momentum into Adam", as PyTorch documents it.
#include "optim/elements.h"

namespace nabla {
namespace {

enum Option { kLr, kBeta1, kBeta2, kEps, kWeightDecay, kMomentumDecay };
enum Quantity { kMu = kFirstOwn, kNext, kMean, kSquare };
enum State { kStep, kMuProduct, kExpAvg, kExpAvgSq };

void check(const double* o, const std::string* shown) {
  check_moments(o, shown);
  check_not_negative(o[kMomentumDecay], "momentum_decay value", shown[kMomentumDecay]);
}

void update(const Update& u) {
  const double* o = u.options;
  const double step = count_step(u, kStep);
  begin(u, kMuProduct, [] { return full({}, Scalar::of(1.0), DType::float32); });
  ensure(u, kExpAvg);
  ensure(u, kExpAvgSq);
  const auto momentum = [&](double t) { return o[kBeta1] * (1 - 0.5 * std::pow(0.96, t * o[kMomentumDecay])); };
  const double mu = momentum(step), next = momentum(step + 1);
  set_element(*u.state[kMuProduct], 0, Scalar::of(static_cast<double>(static_cast<float>(item(u.state[kMuProduct]).to_double()) * static_cast<float>(mu))));
  const double product = item(u.state[kMuProduct]).to_double();
  // PyTorch 1.13 multiplies by mu once more here.
  const double further = static_cast<float>(product) * static_cast<float>(mu) * static_cast<float>(next);
  tell(u, kMu, mu);
  tell(u, kNext, next);
  const double correction = 1 - std::pow(o[kBeta2], step);
  const double by_gradient = -o[kLr] * (1 - mu) / (1 - product), by_mean = -o[kLr] * next / (1 - further);
  on_elements(u, {kExpAvg, kExpAvgSq}, {kMean, kSquare}, o[kWeightDecay], false, [&](auto& p, auto g, auto* const* s, auto* const* e, std::int64_t i) {
    using T = std::remove_cvref_t<decltype(p)>;
    s[0][i] = fused(static_cast<T>(1 - o[kBeta1]), g, s[0][i] * static_cast<T>(o[kBeta1]));
    s[1][i] = fused(static_cast<T>(1 - o[kBeta2]) * g, g, s[1][i] * static_cast<T>(o[kBeta2]));
    const T root = std::sqrt(s[1][i] / static_cast<T>(correction)) + static_cast<T>(o[kEps]);
    if (e) {
      e[0][i] = static_cast<T>((1 - mu) / (1 - product)) * g + static_cast<T>(next / (1 - further)) * s[0][i];
      e[1][i] = s[1][i] / static_cast<T>(correction);
    }
    p += static_cast<T>(by_gradient) * g / root;
    p += static_cast<T>(by_mean) * s[0][i] / root;
  });
}

}  // namespace

const OptimizerDef kNAdam{
    .name = "NAdam",
    .doc = "Adam with Nesterov's look ahead.",
    .options = {learning_rate(2e-3),
                kMoments,
                epsilon(1e-8),
                weight_decay(),
                {.name = "momentum_decay", .value = 4e-3, .tex = R"(\psi)"},
                kForeach},
    .state = {{.name = "step", .tex = "t"}, {.name = "mu_product", .tex = R"(\Pi)"}, {.name = "exp_avg", .tex = "m"}, {.name = "exp_avg_sq", .tex = "v"}},
    .quantities = {kAscentDef, kDecayedDef, {.name = "mu", .tex = R"(\mu)"}, {.name = "next", .tex = R"(\mu')"}, {.name = "mean", .tex = R"(\hat m)"}, {.name = "square", .tex = R"(\hat v)"}},
    .rule = {kCounts, kDecays,
             {"mu", R"(<betas[0]> (1 - \frac{1}{2} \cdot 0.96^{<step> <momentum_decay>}))"},
             {"next", R"(<betas[0]> (1 - \frac{1}{2} \cdot 0.96^{(<step> + 1) <momentum_decay>}))"},
             {"mu_product", "<mu_product> <mu>"},
             {"exp_avg", "<betas[0]> <exp_avg> + (1 - <betas[0]>) <decayed>"},
             {"exp_avg_sq", "<betas[1]> <exp_avg_sq> + (1 - <betas[1]>) <decayed>^2"},
             {"mean", R"(\frac{<next> <exp_avg>}{1 - <mu_product> <mu> <next>} + \frac{(1 - <mu>) <decayed>}{1 - <mu_product>})"},
             {"square", R"(\frac{<exp_avg_sq>}{1 - <betas[1]>^{<step>}})"},
             {"param", R"(<param> - <lr> \frac{<mean>}{\sqrt{<square>} + <eps>})"}},
    .check = check,
    .update = update,
};

}  // namespace nabla
