// AdamW: Adam with weight decay applied to the parameter itself, not through the gradient.
#include "optim/adam_rule.h"

namespace nabla {

const OptimizerDef kAdamW{
    .name = "AdamW",
    .doc = "Adam whose weight decay shrinks the parameter itself.",
    .options = {learning_rate(1e-3),
                kMoments,
                epsilon(1e-8),
                weight_decay(1e-2),
                {.name = "amsgrad", .kind = OptionDef::Kind::flag},
                {.name = "maximize", .kind = OptionDef::Kind::flag, .keyword_only = true},
                keyword_only(kForeach),
                inert("capturable")},
    .group_order = {"lr", "betas", "eps", "weight_decay", "amsgrad", "foreach", "maximize", "capturable"},
    .state = adam::kState,
    .quantities = {kAscentDef, kDecayedDef, adam::kMeanDef, adam::kSquareDef, {.name = "shrunk", .tex = R"(\tilde\theta)", .otherwise = "param"}},
    .rule = {kCounts,
             kAscends,
             {"shrunk", "<param> - <lr> <weight_decay> <param>", "weight_decay"},
             {"exp_avg", "<betas[0]> <exp_avg> + (1 - <betas[0]>) <ascent>"},
             {"exp_avg_sq", "<betas[1]> <exp_avg_sq> + (1 - <betas[1]>) <ascent>^2"},
             adam::kLargest,
             adam::kCorrectsMean,
             adam::kCorrectsSquare,
             adam::kMoves},
    .check = check_moments,
    .update = [](const Update& u) { adam::update(u, true); },
};

}  // namespace nabla
