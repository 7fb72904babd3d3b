# torch.optim.LBFGS: the step of engine/optim/lbfgs.cpp, with a line search for the strong Wolfe conditions. All parameters are one vector here.
import torch


def _cubic_minimum(x1, f1, g1, x2, f2, g2, low, high):
    """Where the cubic through two points with these values and slopes is least, within [low, high]; their middle if it has no minimum."""
    d1 = g1 + g2 - 3 * (f1 - f2) / (x1 - x2)
    square = d1 ** 2 - g1 * g2
    if not square >= 0:
        return (low + high) / 2.0
    d2 = square.sqrt()
    if x1 <= x2:
        at = x2 - (x2 - x1) * ((g2 + d2 - d1) / (g2 - g1 + 2 * d2))
    else:
        at = x1 - (x1 - x2) * ((g1 + d2 - d1) / (g1 - g2 + 2 * d2))
    return min(max(at, low), high)


def _strong_wolfe(evaluate, t, d, loss, gradient, slope, enough=1e-4, flat=0.9, least_change=1e-9, most=25):
    """A step t along d after which the loss has fallen enough and its slope is flat enough. Points are (t, loss, gradient, slope)."""
    def point(t):
        value, gradient = evaluate(t)
        return (t, value, gradient, gradient.dot(d))

    start = before = (0, loss, gradient.clone(), slope)
    new = point(t)
    count, searches = 1, 0
    ends = None
    while searches < most:
        too_high = new[1] > loss + enough * new[0] * slope or (searches > 1 and new[1] >= before[1])
        if not too_high and abs(new[3]) <= -flat * slope:
            return new[1], new[2], new[0], count
        if too_high or new[3] >= 0:
            ends = [before, new]
            break
        t = _cubic_minimum(before[0], before[1], before[3], new[0], new[1], new[3], new[0] + 0.01 * (new[0] - before[0]), new[0] * 10)
        before, new = new, point(t)
        count += 1
        searches += 1
    if ends is None:
        ends = [start, new]

    # The two ends hold a good point between them: draw them together until it is found.
    size = d.abs().max()
    low, high = (0, 1) if ends[0][1] <= ends[1][1] else (1, 0)
    stuck = False
    while searches < most and abs(ends[1][0] - ends[0][0]) * size >= least_change:
        left, right = min(ends[0][0], ends[1][0]), max(ends[0][0], ends[1][0])
        t = _cubic_minimum(ends[0][0], ends[0][1], ends[0][3], ends[1][0], ends[1][1], ends[1][3], left, right)
        margin = 0.1 * (right - left)
        if min(right - t, t - left) < margin:  # near an end twice, or at it: a tenth inward
            if stuck or t >= right or t <= left:
                t = right - margin if abs(t - right) < abs(t - left) else left + margin
                stuck = False
            else:
                stuck = True
        else:
            stuck = False
        new = point(t)
        count += 1
        searches += 1
        if new[1] > loss + enough * t * slope or new[1] >= ends[low][1]:
            ends[high] = new
            low, high = (0, 1) if ends[0][1] <= ends[1][1] else (1, 0)
            continue
        found = abs(new[3]) <= -flat * slope
        if not found and new[3] * (ends[high][0] - ends[low][0]) >= 0:
            ends[high] = ends[low]
        ends[low] = new
        if found:
            break
    t, loss, gradient, _ = ends[low]
    return loss, gradient, t, count


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

    def _gradient(self):
        return torch.cat([torch.zeros(p.numel(), dtype=p.dtype) if p.grad is None else p.grad.reshape(-1) for p in self._params], 0)

    def _parts(self, vector):
        at = 0
        for p in self._params:
            yield vector[at:at + p.numel()].view_as(p)
            at += p.numel()

    def _move(self, t, d):
        for p, part in zip(self._params, self._parts(d)):
            p.add_(part, alpha=t)

    def step(self, closure):
        with torch.no_grad():
            return self._step(torch.enable_grad()(closure))

    def _step(self, closure):
        params, group = self._params, self.param_groups[0]
        lr, history, search = group['lr'], group['history_size'], group['line_search_fn']
        state = self.state[params[0]]
        state.setdefault('func_evals', 0)
        state.setdefault('n_iter', 0)

        first_loss = closure()
        loss = float(first_loss)
        evaluations = 1
        state['func_evals'] += 1
        gradient = self._gradient()
        if gradient.abs().max() <= group['tolerance_grad']:
            return first_loss
        begun_at, begun_with = [p.clone() for p in params], list(self._parts(gradient))

        d, t, dirs, steps, ro, scale, last_gradient, last_loss = [
            state.get(name) for name in ('d', 't', 'old_dirs', 'old_stps', 'ro', 'H_diag', 'prev_flat_grad', 'prev_loss')]
        iterations = 0
        while iterations < group['max_iter']:
            iterations += 1
            state['n_iter'] += 1
            if state['n_iter'] == 1:
                d, dirs, steps, ro, scale = gradient.neg(), [], [], [], 1
            else:
                y, s = gradient.sub(last_gradient), d.mul(t)
                ys = y.dot(s)
                if ys > 1e-10:
                    if len(dirs) == history:
                        for kept in (dirs, steps, ro):
                            kept.pop(0)
                    dirs.append(y)
                    steps.append(s)
                    ro.append(1.0 / ys)
                    scale = ys / y.dot(y)
                al = state.setdefault('al', [None] * history)
                q = gradient.neg()
                for i in range(len(dirs) - 1, -1, -1):
                    al[i] = steps[i].dot(q) * ro[i]
                    q.add_(dirs[i], alpha=-al[i])
                d = torch.mul(q, scale)
                for i in range(len(dirs)):
                    d.add_(steps[i], alpha=al[i] - dirs[i].dot(d) * ro[i])
            if last_gradient is None:
                last_gradient = gradient.clone()
            else:
                last_gradient.copy_(gradient)
            last_loss = loss

            t = min(1.0, 1.0 / gradient.abs().sum()) * lr if state['n_iter'] == 1 else lr
            slope = gradient.dot(d)
            if slope > -group['tolerance_change']:
                break
            flat, calls = False, 0
            if search is not None:
                if search != 'strong_wolfe':
                    raise RuntimeError("only 'strong_wolfe' is supported")
                here = [p.clone() for p in params]

                def evaluate(t):
                    self._move(t, d)
                    value = float(closure())
                    found = self._gradient()
                    for p, x in zip(params, here):
                        p.copy_(x)
                    return value, found

                loss, gradient, t, calls = _strong_wolfe(evaluate, t, d, loss, gradient, slope)
                self._move(t, d)
                flat = gradient.abs().max() <= group['tolerance_grad']
            else:
                self._move(t, d)
                if iterations != group['max_iter']:
                    loss = float(closure())
                    gradient = self._gradient()
                    flat = gradient.abs().max() <= group['tolerance_grad']
                    calls = 1
            evaluations += calls
            state['func_evals'] += calls
            if iterations == group['max_iter'] or evaluations >= group['max_eval'] or flat:
                break
            if d.mul(t).abs().max() <= group['tolerance_change'] or abs(loss - last_loss) < group['tolerance_change']:
                break

        for name, value in (('d', d), ('t', t), ('old_dirs', dirs), ('old_stps', steps), ('ro', ro), ('H_diag', scale),
                            ('prev_flat_grad', last_gradient), ('prev_loss', last_loss)):
            state[name] = value
        self._moved(begun_at, begun_with, list(self._parts(d)), t)
        return first_loss
