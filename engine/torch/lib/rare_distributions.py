# torch.distributions, what is seldom used: the relaxed ones, ContinuousBernoulli, Pareto, Weibull, Kumaraswamy, VonMises, NegativeBinomial, FisherSnedecor,
# LogisticNormal, LowRankMultivariateNormal. Runs after made_distributions.py.
from torch.distributions import transforms
from torch.distributions.transforms import *

_EULER = 0.57721566490153286060


class Weibull(TransformedDistribution):
    arg_constraints = {'scale': constraints.positive, 'concentration': constraints.positive}
    support = constraints.positive

    def __init__(self, scale, concentration, validate_args=None):
        self.scale, self.concentration = broadcast_all(scale, concentration)
        steps = [PowerTransform(self.concentration_reciprocal), AffineTransform(loc=0, scale=self.scale)]
        super().__init__(Exponential(torch.ones_like(self.scale), validate_args=validate_args), steps, validate_args=validate_args)

    concentration_reciprocal = property(lambda self: self.concentration.reciprocal())
    mean = property(lambda self: self.scale * torch.exp(torch.lgamma(1 + self.concentration_reciprocal)))
    mode = property(lambda self: self.scale * ((self.concentration - 1) / self.concentration) ** self.concentration_reciprocal)

    @property
    def variance(self):
        k = self.concentration_reciprocal
        return self.scale.pow(2) * (torch.exp(torch.lgamma(1 + 2 * k)) - torch.exp(2 * torch.lgamma(1 + k)))

    def entropy(self):
        k = self.concentration_reciprocal
        return _EULER * (1 - k) + torch.log(self.scale * k) + 1


class Pareto(TransformedDistribution):
    arg_constraints = {'alpha': constraints.positive, 'scale': constraints.positive}

    def __init__(self, scale, alpha, validate_args=None):
        self.scale, self.alpha = broadcast_all(scale, alpha)
        steps = [ExpTransform(), AffineTransform(loc=0, scale=self.scale)]
        super().__init__(Exponential(self.alpha, validate_args=validate_args), steps, validate_args=validate_args)

    support = property(lambda self: constraints.greater_than_eq(self.scale))
    mode = property(lambda self: self.scale)

    @property
    def mean(self):
        a = self.alpha.clamp(min=1)
        return a * self.scale / (a - 1)

    @property
    def variance(self):
        a = self.alpha.clamp(min=2)
        return self.scale.pow(2) * a / ((a - 1).pow(2) * (a - 2))

    def entropy(self):
        return (self.scale / self.alpha).log() + (1 + self.alpha.reciprocal())


class Kumaraswamy(TransformedDistribution):
    arg_constraints = {'concentration1': constraints.positive, 'concentration0': constraints.positive}
    support = constraints.unit_interval

    def __init__(self, concentration1, concentration0, validate_args=None):
        self.concentration1, self.concentration0 = a, b = broadcast_all(concentration1, concentration0)
        steps = [PowerTransform(b.reciprocal()), AffineTransform(loc=1., scale=-1.), PowerTransform(a.reciprocal())]
        super().__init__(Uniform(torch.zeros_like(b), torch.ones_like(b), validate_args=validate_args), steps, validate_args=validate_args)

    def _moment(self, n):
        a, b = 1 + n / self.concentration1, self.concentration0
        return b * torch.exp(torch.lgamma(a) + torch.lgamma(b) - torch.lgamma(a + b))

    mean = property(lambda self: self._moment(1))
    variance = property(lambda self: self._moment(2) - torch.pow(self.mean, 2))

    @property
    def mode(self):
        a, b = self.concentration1, self.concentration0
        log_mode = b.reciprocal() * (-b).log1p() - (-b * a).log1p()
        log_mode[(b < 1) | (a < 1)] = math.nan
        return log_mode.exp()

    def entropy(self):
        a, b = self.concentration1, self.concentration0
        return (1 - b.reciprocal()) + (1 - a.reciprocal()) * (torch.digamma(b + 1) + _EULER) - torch.log(a) - torch.log(b)


class LogisticNormal(TransformedDistribution):
    arg_constraints = {'loc': constraints.real, 'scale': constraints.positive}
    support = constraints.simplex

    def __init__(self, loc, scale, validate_args=None):
        base = Normal(loc, scale, validate_args=validate_args)
        super().__init__(base if base.batch_shape else base.expand([1]), StickBreakingTransform(), validate_args=validate_args)

    loc = property(lambda self: self.base_dist.base_dist.loc)
    scale = property(lambda self: self.base_dist.base_dist.scale)


def _log_bessel(x, order):
    """The logarithm of the modified Bessel function of order 0 or 1. Source: Abramowitz and Stegun 9.8.1 to 9.8.4."""
    small, large = (([1.0, 3.5156229, 3.0899424, 1.2067492, 0.2659732, 0.360768e-1, 0.45813e-2],
                     [0.39894228, 0.1328592e-1, 0.225319e-2, -0.157565e-2, 0.916281e-2, -0.2057706e-1, 0.2635537e-1, -0.1647633e-1, 0.392377e-2]),
                    ([0.5, 0.87890594, 0.51498869, 0.15084934, 0.2658733e-1, 0.301532e-2, 0.32411e-3],
                     [0.39894228, -0.3988024e-1, -0.362018e-2, 0.163801e-2, -0.1031555e-1, 0.2282967e-1, -0.2895312e-1, 0.1787654e-1, -0.420059e-2]))[order]

    def polynomial(y, factors):
        result = factors[-1]
        for factor in reversed(factors[:-1]):
            result = factor + y * result
        return result
    y = x / 3.75
    near = polynomial(y * y, small)
    near = (x.abs() * near if order else near).log()
    return torch.where(x < 3.75, near, x - 0.5 * x.log() + polynomial(3.75 / x, large).log())


class VonMises(Distribution):
    arg_constraints = {'loc': constraints.real, 'concentration': constraints.positive}
    support = constraints.real

    def __init__(self, loc, concentration, validate_args=None):
        self.loc, self.concentration = broadcast_all(loc, concentration)
        super().__init__(self.loc.shape, validate_args=validate_args)

    mean = mode = property(lambda self: self.loc)
    variance = property(lambda self: 1 - (_log_bessel(self.concentration, 1) - _log_bessel(self.concentration, 0)).exp())

    def log_prob(self, value):
        self._validate_sample(value)
        return self.concentration * torch.cos(value - self.loc) - math.log(2 * math.pi) - _log_bessel(self.concentration, 0)

    @torch.no_grad()
    def sample(self, sample_shape=torch.Size()):
        k = self.concentration
        tau = 1 + (1 + 4 * k ** 2).sqrt()
        rho = (tau - (2 * tau).sqrt()) / (2 * k)
        r = (1 + rho ** 2) / (2 * rho)
        x = torch.empty(self._extended_shape(sample_shape), dtype=self.loc.dtype)
        done = torch.zeros(x.shape, dtype=torch.bool)
        while not done.all():
            u1, u2, u3 = torch.rand((3,) + x.shape, dtype=self.loc.dtype).unbind()
            z = torch.cos(math.pi * u1)
            f = (1 + r * z) / (r + z)
            c = k * (r - f)
            accept = (c * (2 - c) - u2 > 0) | ((c / u2).log() + 1 - c >= 0)
            x = torch.where(accept, (u3 - 0.5).sign() * f.acos(), x)
            done = done | accept
        return (x + math.pi + self.loc) % (2 * math.pi) - math.pi


class NegativeBinomial(_ByProbs):
    arg_constraints = {'total_count': constraints.greater_than_eq(0), 'probs': constraints.half_open_interval(0., 1.), 'logits': constraints.real}
    support = constraints.nonnegative_integer
    has_enumerate_support = False
    _to_probs, _to_logits = staticmethod(Bernoulli._to_probs), staticmethod(Bernoulli._to_logits)

    def __init__(self, total_count, probs=None, logits=None, validate_args=None):
        self._take(probs, logits)
        count, value = broadcast_all(total_count, logits if probs is None else probs)
        self.total_count = count.type_as(value)
        setattr(self, self._given, value)
        super().__init__(value.size(), validate_args=validate_args)

    mean = property(lambda self: self.total_count * torch.exp(self.logits))
    mode = property(lambda self: ((self.total_count - 1) * self.logits.exp()).floor().clamp(min=0.))
    variance = property(lambda self: self.mean / torch.sigmoid(-self.logits))

    def sample(self, sample_shape=torch.Size()):
        with torch.no_grad():
            return torch.poisson(Gamma(self.total_count, torch.exp(-self.logits), validate_args=False).sample(sample_shape))

    def log_prob(self, value):
        self._validate_sample(value)
        n = self.total_count
        scale = -torch.lgamma(n + value) + torch.lgamma(1. + value) + torch.lgamma(n)
        scale[n + value == 0.] = 0.
        return n * F.logsigmoid(-self.logits) + value * F.logsigmoid(self.logits) - scale


class FisherSnedecor(Distribution):
    arg_constraints = {'df1': constraints.positive, 'df2': constraints.positive}
    support = constraints.positive
    has_rsample = True

    def __init__(self, df1, df2, validate_args=None):
        self.df1, self.df2 = broadcast_all(df1, df2)
        super().__init__(_batch(self.df1, df1, df2), validate_args=validate_args)

    def _above(self, least):
        return torch.where(self.df2 <= least, math.nan, self.df2)

    mean = property(lambda self: self._above(2) / (self._above(2) - 2))
    mode = property(lambda self: torch.where(self.df1 <= 2, math.nan, (self.df1 - 2) / self.df1 * self.df2 / (self.df2 + 2)))

    @property
    def variance(self):
        df2 = self._above(4)
        return 2 * df2.pow(2) * (self.df1 + df2 - 2) / (self.df1 * (df2 - 2).pow(2) * (df2 - 4))

    def rsample(self, sample_shape=torch.Size()):
        tiny = torch.finfo(self.df2.dtype).tiny
        x1, x2 = [Gamma(df * 0.5, df).rsample(sample_shape) for df in (self.df1, self.df2)]
        return (x1 / x2.clamp(min=tiny)).clamp(min=tiny)

    def log_prob(self, value):
        self._validate_sample(value)
        a, b, ratio = self.df1 * 0.5, self.df2 * 0.5, self.df1 / self.df2
        scale = (a + b).lgamma() - a.lgamma() - b.lgamma()
        return scale + (a * ratio.log() + (a - 1) * torch.log(value)) - (a + b) * torch.log1p(ratio * value)


class ContinuousBernoulli(_ByProbs, ExponentialFamily):
    arg_constraints = {'probs': constraints.unit_interval, 'logits': constraints.real}
    support = constraints.unit_interval
    has_rsample, has_enumerate_support = True, False
    _to_logits = staticmethod(Bernoulli._to_logits)
    _to_probs = staticmethod(lambda logits: _inside_one(torch.sigmoid(logits)))

    def __init__(self, probs=None, logits=None, lims=(0.499, 0.501), validate_args=None):
        self._take(probs, logits)
        given = logits if probs is None else probs
        value, = broadcast_all(given)
        if probs is not None:
            if validate_args is not None and not self.arg_constraints['probs'].check(value).all():
                raise ValueError('The parameter probs has invalid values')
            value = _inside_one(value)
        setattr(self, self._given, value)
        self._lims = lims
        super().__init__(_batch(value, given), validate_args=validate_args)

    def _expanded(self, new):
        super()._expanded(new)
        new._lims = self._lims

    def _far(self, exact, near_half):
        """`exact` of the probabilities, or `near_half` where it would divide by almost nothing."""
        low, high = self._lims
        stable = torch.max(torch.le(self.probs, low), torch.gt(self.probs, high))
        return torch.where(stable, exact(torch.where(stable, self.probs, low * torch.ones_like(self.probs))), near_half)

    def _cont_bern_log_norm(self):
        def exact(p):
            below, above = torch.where(p <= 0.5, p, 0.), torch.where(p >= 0.5, p, 1.)
            return (torch.log(torch.abs(torch.log1p(-p) - torch.log(p)))
                    - torch.where(p <= 0.5, torch.log1p(-2. * below), torch.log(2. * above - 1.)))
        x = torch.pow(self.probs - 0.5, 2)
        return self._far(exact, math.log(2.) + (4. / 3. + 104. / 45. * x) * x)

    @property
    def mean(self):
        x = self.probs - 0.5
        return self._far(lambda p: p / (2. * p - 1.) + 1. / (torch.log1p(-p) - torch.log(p)), 0.5 + (1. / 3. + 16. / 45. * torch.pow(x, 2)) * x)

    @property
    def variance(self):
        x = torch.pow(self.probs - 0.5, 2)
        return self._far(lambda p: p * (p - 1.) / torch.pow(1. - 2. * p, 2) + 1. / torch.pow(torch.log1p(-p) - torch.log(p), 2),
                         1. / 12. - (1. / 15. - 128. / 945. * x) * x)

    def rsample(self, sample_shape=torch.Size()):
        return self.icdf(torch.rand(self._extended_shape(sample_shape), dtype=self.probs.dtype))

    def log_prob(self, value):
        self._validate_sample(value)
        logits, value = broadcast_all(self.logits, value)
        return -F.binary_cross_entropy_with_logits(logits, value, reduction='none') + self._cont_bern_log_norm()

    def cdf(self, value):
        self._validate_sample(value)
        inside = self._far(lambda p: (torch.pow(p, value) * torch.pow(1. - p, 1. - value) + p - 1.) / (2. * p - 1.), value)
        return torch.where(value <= 0., 0., torch.where(value >= 1., 1., inside))

    def icdf(self, value):
        return self._far(lambda p: (torch.log1p(-p + value * (2. * p - 1.)) - torch.log1p(-p)) / (torch.log(p) - torch.log1p(-p)), value)

    def entropy(self):
        zero, one = torch.log1p(-self.probs), torch.log(self.probs)
        return self.mean * (zero - one) - self._cont_bern_log_norm() - zero


class LogitRelaxedBernoulli(_ByProbs):
    arg_constraints = {'probs': constraints.unit_interval, 'logits': constraints.real}
    support = constraints.real
    has_enumerate_support = False
    _to_probs, _to_logits = staticmethod(Bernoulli._to_probs), staticmethod(Bernoulli._to_logits)

    def __init__(self, temperature, probs=None, logits=None, validate_args=None):
        self.temperature = temperature
        self._take(probs, logits)
        given = logits if probs is None else probs
        value, = broadcast_all(given)
        setattr(self, self._given, value)
        super().__init__(_batch(value, given), validate_args=validate_args)

    def _expanded(self, new):
        super()._expanded(new)
        new.temperature = self.temperature

    def rsample(self, sample_shape=torch.Size()):
        shape = self._extended_shape(sample_shape)
        probs = _inside_one(self.probs.expand(shape))
        u = _inside_one(torch.rand(shape, dtype=probs.dtype))
        return (u.log() - (-u).log1p() + probs.log() - (-probs).log1p()) / self.temperature

    def log_prob(self, value):
        self._validate_sample(value)
        logits, value = broadcast_all(self.logits, value)
        away = logits - value.mul(self.temperature)
        return self.temperature.log() + away - 2 * away.exp().log1p()


class _Relaxed(TransformedDistribution):
    temperature = property(lambda self: self.base_dist.temperature)
    logits = property(lambda self: self.base_dist.logits)
    probs = property(lambda self: self.base_dist.probs)


class RelaxedBernoulli(_Relaxed):
    arg_constraints = {'probs': constraints.unit_interval, 'logits': constraints.real}
    support = constraints.unit_interval
    has_rsample = True

    def __init__(self, temperature, probs=None, logits=None, validate_args=None):
        super().__init__(LogitRelaxedBernoulli(temperature, probs, logits), SigmoidTransform(), validate_args=validate_args)


class ExpRelaxedCategorical(Distribution):
    arg_constraints = {'probs': constraints.simplex, 'logits': constraints.real_vector}
    support = constraints.real_vector
    has_rsample = True

    def __init__(self, temperature, probs=None, logits=None, validate_args=None):
        self._categorical = Categorical(probs, logits)
        self.temperature = temperature
        super().__init__(self._categorical.batch_shape, self.param_shape[-1:], validate_args=validate_args)

    probs = property(lambda self: self._categorical.probs)
    logits = property(lambda self: self._categorical.logits)
    param_shape = property(lambda self: self._categorical.param_shape)

    def expand(self, batch_shape, _instance=None):
        logits = self.logits.expand(torch.Size(batch_shape) + self.event_shape)
        return ExpRelaxedCategorical(self.temperature, logits=logits, validate_args=False)

    def rsample(self, sample_shape=torch.Size()):
        u = _inside_one(torch.rand(self._extended_shape(sample_shape), dtype=self.logits.dtype))
        scores = (self.logits - (-u.log()).log()) / self.temperature
        return scores - scores.logsumexp(dim=-1, keepdim=True)

    def log_prob(self, value):
        self._validate_sample(value)
        count = self.event_shape[0]
        logits, value = broadcast_all(self.logits, value)
        scale = torch.full_like(self.temperature, float(count)).lgamma() - self.temperature.log().mul(-(count - 1))
        score = logits - value.mul(self.temperature)
        return (score - score.logsumexp(dim=-1, keepdim=True)).sum(-1) + scale


class RelaxedOneHotCategorical(_Relaxed):
    arg_constraints = {'probs': constraints.simplex, 'logits': constraints.real_vector}
    support = constraints.simplex
    has_rsample = True

    def __init__(self, temperature, probs=None, logits=None, validate_args=None):
        super().__init__(ExpRelaxedCategorical(temperature, probs, logits, validate_args=validate_args), ExpTransform(), validate_args=validate_args)


# ---- a normal distribution whose covariance is W W^T + D: what is inverted is only as large as W is wide

def _trace_square(x):
    return x.reshape(x.shape[:-2] + (-1,)).pow(2).sum(-1)


def _solve_lower(L, x):
    return torch.linalg.solve_triangular(L, x, upper=False)


class LowRankMultivariateNormal(Distribution):
    arg_constraints = {'loc': constraints.real_vector, 'cov_factor': constraints.independent(constraints.real, 2),
                       'cov_diag': constraints.independent(constraints.positive, 1)}
    support = constraints.real_vector
    has_rsample = True

    def __init__(self, loc, cov_factor, cov_diag, validate_args=None):
        if loc.dim() < 1:
            raise ValueError('loc must be at least one-dimensional.')
        event_shape = loc.shape[-1:]
        if cov_factor.dim() < 2:
            raise ValueError('cov_factor must be at least two-dimensional, with optional leading batch dimensions')
        if cov_factor.shape[-2:-1] != event_shape:
            raise ValueError(f'cov_factor must be a batch of matrices with shape {event_shape[0]} x m')
        if cov_diag.shape[-1:] != event_shape:
            raise ValueError(f'cov_diag must be a batch of vectors with shape {event_shape}')
        try:
            wide, self.cov_factor, diag = torch.broadcast_tensors(loc.unsqueeze(-1), cov_factor, cov_diag.unsqueeze(-1))
        except RuntimeError as e:
            raise ValueError(f'Incompatible batch shapes: loc {loc.shape}, cov_factor {cov_factor.shape}, cov_diag {cov_diag.shape}') from e
        self.loc, self.cov_diag = wide[..., 0], diag[..., 0]
        self._W, self._D = cov_factor, cov_diag
        self._capacitance_tril = torch.linalg.cholesky(self._scaled().matmul(cov_factor) + torch.eye(cov_factor.size(-1), dtype=cov_factor.dtype))
        super().__init__(self.loc.shape[:-1], event_shape, validate_args=validate_args)

    mean = mode = property(lambda self: self.loc)
    variance = property(lambda self: (self._W.pow(2).sum(-1) + self._D).expand(self._extended_shape()))
    covariance_matrix = property(lambda self: (self._W.matmul(self._W.mT) + torch.diag_embed(self._D)).expand(self._extended_shape() + self.event_shape))

    @property
    def scale_tril(self):
        root = self._D.sqrt().unsqueeze(-1)
        scaled = self._W / root
        inner = scaled.matmul(scaled.mT) + torch.eye(root.size(-2), dtype=root.dtype)
        return (root * torch.linalg.cholesky(inner)).expand(self._extended_shape() + self.event_shape)

    @property
    def precision_matrix(self):
        A = _solve_lower(self._capacitance_tril, self._scaled())
        return (torch.diag_embed(self._D.reciprocal()) - A.mT @ A).expand(self._extended_shape() + self.event_shape)

    def _scaled(self):
        return self._W.mT / self._D.unsqueeze(-2)

    def _log_det(self):
        return 2 * self._capacitance_tril.diagonal(dim1=-2, dim2=-1).log().sum(-1) + self._D.log().sum(-1)

    def _distance(self, x):
        inner = _solve_lower(self._capacitance_tril, self._scaled() @ x.unsqueeze(-1)).squeeze(-1)
        return (x.pow(2) / self._D).sum(-1) - inner.pow(2).sum(-1)

    def expand(self, batch_shape, _instance=None):
        return LowRankMultivariateNormal(self.loc.expand(torch.Size(batch_shape) + self.event_shape), self._W, self._D, validate_args=False)

    def rsample(self, sample_shape=torch.Size()):
        shape = self._extended_shape(sample_shape)
        of_W = torch.empty(shape[:-1] + self.cov_factor.shape[-1:], dtype=self.loc.dtype).normal_()
        of_D = torch.empty(shape, dtype=self.loc.dtype).normal_()
        return self.loc + (self._W @ of_W.unsqueeze(-1)).squeeze(-1) + self._D.sqrt() * of_D

    def log_prob(self, value):
        self._validate_sample(value)
        return -0.5 * (self.event_shape[0] * math.log(2 * math.pi) + self._log_det() + self._distance(value - self.loc))

    def entropy(self):
        return (0.5 * (self.event_shape[0] * (1. + math.log(2 * math.pi)) + self._log_det())).expand(self.batch_shape)
