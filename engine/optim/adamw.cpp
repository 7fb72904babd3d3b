// AdamW: Adam with weight decay applied to the parameter itself, not through the gradient.
#include "optim/adam_rule.h"

namespace nabla {

const OptimizerDef kAdamW{
    .name = "AdamW",
    .doc = "Adam whose weight decay shrinks the parameter itself.",
    .latex = R"(\begin{aligned} \theta &\leftarrow \theta - \gamma \lambda \theta \\ m &\leftarrow \beta_1 m + (1 - \beta_1) g \\ v &\leftarrow \beta_2 v + (1 - \beta_2) g^2 \\ \theta &\leftarrow \theta - \gamma \frac{m / (1 - \beta_1^t)}{\sqrt{v / (1 - \beta_2^t)} + \epsilon} \end{aligned})",
    .options = {{.name = "lr", .value = 1e-3},
                {.name = "betas", .kind = OptionDef::Kind::pair, .value = 0.9, .second = 0.999},
                {.name = "eps", .value = 1e-8},
                {.name = "weight_decay", .value = 1e-2},
                {.name = "amsgrad", .kind = OptionDef::Kind::flag},
                {.name = "maximize", .kind = OptionDef::Kind::flag, .keyword_only = true},
                keyword_only(kForeach),
                inert("capturable")},
    .group_order = {"lr", "betas", "eps", "weight_decay", "amsgrad", "foreach", "maximize", "capturable"},
    .state = {{"step"}, {"exp_avg"}, {"exp_avg_sq"}, {"max_exp_avg_sq"}},
    .check = check_moments,
    .update = [](const Update& u) { adam::update(u, true); },
};

}  // namespace nabla
