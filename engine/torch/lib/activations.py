# torch.nn: activations and losses, thin around the functions of torch.nn.functional.


def _function_module(name, function, parameters, shown=None):
    """A module class around a function: its parameters are (name, default) pairs, a default of ... is required; all are shown, unless
    `shown` makes the printed form of the module."""
    class Layer(Module):
        def __init__(self, *args, **kwargs):
            super().__init__()
            names = [key for key, _ in parameters]
            if len(args) > len(names):
                least, most = 1 + sum(value is ... for _, value in parameters), len(names) + 1
                count = f'from {least} to {most} positional arguments' if least < most else f'{most} positional argument{"s" if most > 1 else ""}'
                raise TypeError(f'{name if names else "Module"}.__init__() takes {count} but {len(args) + 1} were given')
            given = dict(zip(names, args))
            for key, value in kwargs.items():
                if key not in names:
                    raise TypeError(f"{name}.__init__() got an unexpected keyword argument '{key}'")
                given[key] = value
            for key, value in parameters:
                value = given.get(key, value)
                if value is ...:
                    raise TypeError(f"{name}.__init__() missing 1 required positional argument: '{key}'")
                setattr(self, key, value)

        def forward(self, input):
            return function(self, input)

        def extra_repr(self):
            return shown(self) if shown else ', '.join(f'{key}={getattr(self, key)}' for key, _ in parameters)

    Layer.__name__ = Layer.__qualname__ = name
    Layer.__init__.__qualname__, Layer.forward.__qualname__ = name + '.__init__', name + '.forward'
    return Layer


def _activation(name, function, parameters, in_place=False):
    """The same around a function of the input and the parameters, `inplace` the last if it has that, which is shown where it is True (and `in_place` not 'unseen')."""
    shown_names = [key for key, _ in parameters]
    if in_place:
        parameters = parameters + [('inplace', False)]
    names = [key for key, _ in parameters]

    def shown(module):
        parts = [f'{key}={getattr(module, key)!r}' for key in shown_names]
        return ', '.join(parts + ['inplace=True'] if in_place is True and module.inplace else parts)

    return _function_module(name, lambda module, input: function(input, *[getattr(module, key) for key in names]), parameters, shown)


ReLU = _activation('ReLU', lambda x, inplace: F.relu(x, inplace), [], in_place=True)
Sigmoid = _activation('Sigmoid', lambda x: torch.sigmoid(x), [])
Tanh = _activation('Tanh', lambda x: torch.tanh(x), [])
SiLU = _activation('SiLU', lambda x, inplace: F.silu(x, inplace), [], in_place=True)
Mish = _activation('Mish', lambda x, inplace: F.mish(x, inplace), [], in_place=True)
GELU = _activation('GELU', lambda x, approximate: F.gelu(x, approximate=approximate), [('approximate', 'none')])
ELU = _activation('ELU', lambda x, alpha, inplace: F.elu(x, alpha, inplace), [('alpha', 1.0)], in_place=True)
SELU = _activation('SELU', lambda x, inplace: F.selu(x, inplace), [], in_place=True)
CELU = _activation('CELU', lambda x, alpha, inplace: F.celu(x, alpha, inplace), [('alpha', 1.0)], in_place=True)
LeakyReLU = _activation('LeakyReLU', lambda x, slope, inplace: F.leaky_relu(x, slope, inplace), [('negative_slope', 0.01)], in_place=True)
Softplus = _activation('Softplus', lambda x, beta, threshold: F.softplus(x, beta, threshold), [('beta', 1), ('threshold', 20)])
Softsign = _activation('Softsign', lambda x: F.softsign(x), [])
Tanhshrink = _activation('Tanhshrink', lambda x: F.tanhshrink(x), [])
Hardsigmoid = _activation('Hardsigmoid', lambda x, inplace: F.hardsigmoid(x, inplace), [], in_place='unseen')
Hardswish = _activation('Hardswish', lambda x, inplace: F.hardswish(x, inplace), [], in_place='unseen')
LogSigmoid = _activation('LogSigmoid', lambda x: F.logsigmoid(x), [])
# That a dimension was left out is told where the module is called: that many calls up, from PyTorch's 3.
Softmax = _activation('Softmax', lambda x, dim: F.softmax(x, dim, 7), [('dim', None)])
LogSoftmax = _activation('LogSoftmax', lambda x, dim: F.log_softmax(x, dim, 7), [('dim', None)])
Softmin = _activation('Softmin', lambda x, dim: F.softmin(x, dim, 7), [('dim', None)])
GLU = _activation('GLU', lambda x, dim: F.glu(x, dim), [('dim', -1)])


class Hardtanh(Module):
    def __init__(self, min_val=-1.0, max_val=1.0, inplace=False, min_value=None, max_value=None):
        super().__init__()
        if min_value is not None:
            warnings.warn('keyword argument min_value is deprecated and rename to min_val')
            min_val = min_value
        if max_value is not None:
            warnings.warn('keyword argument max_value is deprecated and rename to max_val')
            max_val = max_value
        self.min_val, self.max_val, self.inplace = min_val, max_val, inplace
        assert self.max_val > self.min_val

    def forward(self, input):
        return F.hardtanh(input, self.min_val, self.max_val, self.inplace)

    def extra_repr(self):
        return f'min_val={self.min_val}, max_val={self.max_val}' + (', inplace=True' if self.inplace else '')


class ReLU6(Hardtanh):
    def __init__(self, inplace=False):
        super().__init__(0.0, 6.0, inplace)

    def extra_repr(self):
        return 'inplace=True' if self.inplace else ''


class Threshold(Module):
    def __init__(self, threshold, value, inplace=False):
        super().__init__()
        self.threshold, self.value, self.inplace = threshold, value, inplace

    def forward(self, input):
        return F.threshold(input, self.threshold, self.value, self.inplace)

    def extra_repr(self):
        return f'threshold={self.threshold}, value={self.value}' + (', inplace=True' if self.inplace else '')


class Softshrink(Module):
    def __init__(self, lambd=0.5):
        super().__init__()
        self.lambd = lambd

    def forward(self, input):
        return F.softshrink(input, self.lambd)

    def extra_repr(self):
        return str(self.lambd)


class Hardshrink(Module):
    def __init__(self, lambd=0.5):
        super().__init__()
        self.lambd = lambd

    def forward(self, input):
        return F.hardshrink(input, self.lambd)

    def extra_repr(self):
        return str(self.lambd)


class PReLU(Module):
    def __init__(self, num_parameters=1, init=0.25, device=None, dtype=None):
        super().__init__()
        self.num_parameters = num_parameters
        self.weight = Parameter(torch.empty(num_parameters, dtype=dtype).fill_(init))

    def forward(self, input):
        return F.prelu(input, self.weight)

    def extra_repr(self):
        return f'num_parameters={self.num_parameters}'


# ---- losses


class _Loss(Module):
    def __init__(self, size_average=None, reduce=None, reduction='mean'):
        super().__init__()
        if size_average is not None or reduce is not None:  # as reduction was called before 0.4
            reduction = 'none' if reduce is not None and not reduce else 'mean' if size_average is None or size_average else 'sum'
            import warnings
            warnings.warn(f"size_average and reduce args will be deprecated, please use reduction='{reduction}' instead.")
        self.reduction = reduction


class L1Loss(_Loss):
    def forward(self, input, target):
        return F.l1_loss(input, target, reduction=self.reduction)


class MSELoss(_Loss):
    def forward(self, input, target):
        return F.mse_loss(input, target, reduction=self.reduction)


class SmoothL1Loss(_Loss):
    def __init__(self, size_average=None, reduce=None, reduction='mean', beta=1.0):
        super().__init__(size_average, reduce, reduction)
        self.beta = beta

    def forward(self, input, target):
        return F.smooth_l1_loss(input, target, reduction=self.reduction, beta=self.beta)


class HuberLoss(_Loss):
    def __init__(self, reduction='mean', delta=1.0):
        super().__init__(reduction=reduction)
        self.delta = delta

    def forward(self, input, target):
        return F.huber_loss(input, target, reduction=self.reduction, delta=self.delta)


class _WeightedLoss(_Loss):
    def __init__(self, weight=None, size_average=None, reduce=None, reduction='mean'):
        super().__init__(size_average, reduce, reduction)
        self.register_buffer('weight', weight)


class BCELoss(_WeightedLoss):
    def forward(self, input, target):
        return F.binary_cross_entropy(input, target, weight=self.weight, reduction=self.reduction)


class BCEWithLogitsLoss(_Loss):
    def __init__(self, weight=None, size_average=None, reduce=None, reduction='mean', pos_weight=None):
        super().__init__(size_average, reduce, reduction)
        self.register_buffer('weight', weight)
        self.register_buffer('pos_weight', pos_weight)

    def forward(self, input, target):
        return F.binary_cross_entropy_with_logits(input, target, self.weight, pos_weight=self.pos_weight, reduction=self.reduction)


class NLLLoss(_WeightedLoss):
    def __init__(self, weight=None, size_average=None, ignore_index=-100, reduce=None, reduction='mean'):
        super().__init__(weight, size_average, reduce, reduction)
        self.ignore_index = ignore_index

    def forward(self, input, target):
        return F.nll_loss(input, target, weight=self.weight, ignore_index=self.ignore_index, reduction=self.reduction)


class CrossEntropyLoss(_WeightedLoss):
    def __init__(self, weight=None, size_average=None, ignore_index=-100, reduce=None, reduction='mean', label_smoothing=0.0):
        super().__init__(weight, size_average, reduce, reduction)
        self.ignore_index, self.label_smoothing = ignore_index, label_smoothing

    def forward(self, input, target):
        return F.cross_entropy(input, target, weight=self.weight, ignore_index=self.ignore_index, reduction=self.reduction,
                               label_smoothing=self.label_smoothing)


class KLDivLoss(_Loss):
    def __init__(self, size_average=None, reduce=None, reduction='mean', log_target=False):
        super().__init__(size_average, reduce, reduction)
        self.log_target = log_target

    def forward(self, input, target):
        return F.kl_div(input, target, reduction=self.reduction, log_target=self.log_target)


class PoissonNLLLoss(_Loss):
    def __init__(self, log_input=True, full=False, size_average=None, eps=1e-8, reduce=None, reduction='mean'):
        super().__init__(size_average, reduce, reduction)
        self.log_input, self.full, self.eps = log_input, full, eps

    def forward(self, log_input, target):
        return F.poisson_nll_loss(log_input, target, log_input=self.log_input, full=self.full, eps=self.eps, reduction=self.reduction)


class GaussianNLLLoss(_Loss):
    def __init__(self, *, full=False, eps=1e-6, reduction='mean'):
        super().__init__(reduction=reduction)
        self.full, self.eps = full, eps

    def forward(self, input, target, var):
        return F.gaussian_nll_loss(input, target, var, full=self.full, eps=self.eps, reduction=self.reduction)


class HingeEmbeddingLoss(_Loss):
    def __init__(self, margin=1.0, size_average=None, reduce=None, reduction='mean'):
        super().__init__(size_average, reduce, reduction)
        self.margin = margin

    def forward(self, input, target):
        return F.hinge_embedding_loss(input, target, margin=self.margin, reduction=self.reduction)


class SoftMarginLoss(_Loss):
    def forward(self, input, target):
        return F.soft_margin_loss(input, target, reduction=self.reduction)


class CosineEmbeddingLoss(_Loss):
    def __init__(self, margin=0.0, size_average=None, reduce=None, reduction='mean'):
        super().__init__(size_average, reduce, reduction)
        self.margin = margin

    def forward(self, input1, input2, target):
        return F.cosine_embedding_loss(input1, input2, target, margin=self.margin, reduction=self.reduction)


class MarginRankingLoss(_Loss):
    def __init__(self, margin=0.0, size_average=None, reduce=None, reduction='mean'):
        super().__init__(size_average, reduce, reduction)
        self.margin = margin

    def forward(self, input1, input2, target):
        return F.margin_ranking_loss(input1, input2, target, margin=self.margin, reduction=self.reduction)


class TripletMarginLoss(_Loss):
    def __init__(self, margin=1.0, p=2.0, eps=1e-6, swap=False, size_average=None, reduce=None, reduction='mean'):
        super().__init__(size_average, reduce, reduction)
        self.margin, self.p, self.eps, self.swap = margin, p, eps, swap

    def forward(self, anchor, positive, negative):
        return F.triplet_margin_loss(anchor, positive, negative, margin=self.margin, p=self.p, eps=self.eps, swap=self.swap,
                                     reduction=self.reduction)
