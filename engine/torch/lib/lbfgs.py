# torch.optim.LBFGS: the loop that calls the closure. The search itself is engine/optim/lbfgs.cpp, which moves the parameters to where it
# wants the loss to be known.
import torch


class LBFGS(_LBFGS):
    __module__ = 'torch.optim.lbfgs'

    def __init__(self, params, lr=1, max_iter=20, max_eval=None, tolerance_grad=1e-7, tolerance_change=1e-9, history_size=100,
                 line_search_fn=None):
        if max_eval is None:
            max_eval = max_iter * 5 // 4
        super().__init__(params, lr, max_iter, max_eval, tolerance_grad, tolerance_change, history_size, line_search_fn)
        if len(self.param_groups) != 1:
            raise ValueError("LBFGS doesn't support per-parameter options (parameter groups)")
        self._params = self.param_groups[0]['params']

    def step(self, closure):
        with torch.no_grad():
            closure = torch.enable_grad()(closure)
            loss = closure()
            search = self._search()
            more = search.begin(float(loss))
            while more:
                more = search.go_on(float(closure()))
            return loss
