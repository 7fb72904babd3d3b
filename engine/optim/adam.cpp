// Adam: steps by a running mean of the gradient, divided by the root of a running mean of its square.
#include "optim/adam_rule.h"

namespace nabla {

const OptimizerDef kAdam{
    .name = "Adam",
    .doc = "Adaptive moments: a running mean of the gradient over the root of a running mean of its square.",
    .options = {learning_rate(1e-3),
                kMoments,
                epsilon(1e-8),
                weight_decay(),
                {.name = "amsgrad", .kind = OptionDef::Kind::flag},
                {.name = "maximize", .kind = OptionDef::Kind::flag, .keyword_only = true},
                keyword_only(kForeach),
                inert("capturable"),
                inert("differentiable"),
                inert("fused")},
    .state = adam::kState,
    .quantities = {kAscentDef, kDecayedDef, adam::kMeanDef, adam::kSquareDef, {.name = "shrunk", .tex = R"(\tilde\theta)", .otherwise = "param"}},
    .rule = {kCounts,
             kAscends,
             kDecays,
             {"exp_avg", "<betas[0]> <exp_avg> + (1 - <betas[0]>) <decayed>"},
             {"exp_avg_sq", "<betas[1]> <exp_avg_sq> + (1 - <betas[1]>) <decayed>^2"},
             adam::kLargest,
             adam::kCorrectsMean,
             adam::kCorrectsSquare,
             adam::kMoves},
    .check = check_moments,
    .update = [](const Update& u) { adam::update(u, false); },
};

}  // namespace nabla
