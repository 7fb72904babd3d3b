// L-BFGS: what its options and its rule are. The search itself is engine/torch/lib/lbfgs.py: it calls the learner's closure many times in
// a step, and only what Python calls can be stopped and gone on with between two instructions. Source: Nocedal and Wright, Numerical
// Optimization, algorithms 7.4 and 7.5; for the line search 3.5 and 3.6.
#include "optim/elements.h"

namespace nabla {

const OptimizerDef kLbfgs{
    .name = "LBFGS",
    .doc = "Limited-memory BFGS: a Newton step whose inverse Hessian is guessed from the last changes of the gradient.",
    .latex = R"(\begin{aligned} s_k &= \theta_k - \theta_{k-1} \qquad y_k = \nabla L(\theta_k) - \nabla L(\theta_{k-1}) \\ d &= -H_k \nabla_\theta L, \quad H_k \approx (\nabla^2 L)^{-1} \text{ from the pairs } (s_i, y_i) \\ \theta &\leftarrow \theta + t d \end{aligned})",
    .options = {{.name = "lr", .value = 1},
                {.name = "max_iter", .value = 20},
                {.name = "max_eval", .value = 25},
                {.name = "tolerance_grad", .value = 1e-7},
                {.name = "tolerance_change", .value = 1e-9},
                {.name = "history_size", .value = 100},
                {.name = "line_search_fn", .kind = OptionDef::Kind::inert, .shown_as_none = true}},
    .state = {{"d"}, {"t"}},
    .check = [](const double*, const std::string*) {},
    .update = nullptr,
};

}  // namespace nabla
