// Adam: steps by a running mean of the gradient, divided by the root of a running mean of its square.
#include "optim/adam_rule.h"

namespace nabla {

const OptimizerDef kAdam{
    .name = "Adam",
    .doc = "Adaptive moments: a running mean of the gradient over the root of a running mean of its square.",
    .latex = R"(\begin{aligned} g &\leftarrow \nabla_\theta L + \lambda \theta \\ m &\leftarrow \beta_1 m + (1 - \beta_1) g \\ v &\leftarrow \beta_2 v + (1 - \beta_2) g^2 \\ \theta &\leftarrow \theta - \gamma \frac{m / (1 - \beta_1^t)}{\sqrt{v / (1 - \beta_2^t)} + \epsilon} \end{aligned})",
    .options = {{.name = "lr", .value = 1e-3},
                {.name = "betas", .kind = OptionDef::Kind::pair, .value = 0.9, .second = 0.999},
                {.name = "eps", .value = 1e-8},
                {.name = "weight_decay"},
                {.name = "amsgrad", .kind = OptionDef::Kind::flag},
                {.name = "maximize", .kind = OptionDef::Kind::flag, .keyword_only = true},
                keyword_only(kForeach),
                inert("capturable"),
                inert("differentiable"),
                inert("fused")},
    .state = {{"step"}, {"exp_avg"}, {"exp_avg_sq"}, {"max_exp_avg_sq"}},
    .check = check_moments,
    .update = [](const Update& u) { adam::update(u, false); },
};

}  // namespace nabla
