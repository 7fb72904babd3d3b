# torch.distributions, what two of them have to do with one another: kl_divergence between families; and biject_to and transform_to, from the whole line to
# where a parameter may lie. Runs after rare_distributions.py.

# ---- from the whole line to where a parameter may lie

class _Registry:
    def __init__(self):
        self._registry = {}

    def register(self, constraint, factory=None):
        if factory is None:
            return lambda factory: self.register(constraint, factory)
        kind = type(constraint) if isinstance(constraint, constraints.Constraint) else constraint
        if not isinstance(kind, type) or not issubclass(kind, constraints.Constraint):
            raise TypeError(f'Expected constraint to be either a Constraint subclass or instance, but got {constraint}')
        self._registry[kind] = factory
        return factory

    def __call__(self, constraint):
        if type(constraint) not in self._registry:
            raise NotImplementedError(f'Cannot transform {type(constraint).__name__} constraints')
        return self._registry[type(constraint)](constraint)


_Registry.__name__ = _Registry.__qualname__ = 'ConstraintRegistry'
biject_to, transform_to = _Registry(), _Registry()


def _to_interval(c):
    if (c.lower_bound, c.upper_bound) == (0, 1):
        return SigmoidTransform()
    return ComposeTransform([SigmoidTransform(), AffineTransform(c.lower_bound, c.upper_bound - c.lower_bound)])


for _to in biject_to, transform_to:
    _to.register(constraints.real, lambda c: identity_transform)
    _to.register(constraints.independent, lambda c, _to=_to: IndependentTransform(_to(c.base_constraint), c.reinterpreted_batch_ndims))
    for _kind in constraints.positive, constraints.nonnegative:
        _to.register(_kind, lambda c: ComposeTransform([ExpTransform(), AffineTransform(c.lower_bound, 1)]))
    _to.register(constraints.less_than, lambda c: ComposeTransform([ExpTransform(), AffineTransform(c.upper_bound, -1)]))
    _to.register(constraints.interval, _to_interval)
    _to.register(constraints.half_open_interval, _to_interval)
    _to.register(constraints.corr_cholesky, lambda c: CorrCholeskyTransform())
biject_to.register(constraints.simplex, lambda c: StickBreakingTransform())
transform_to.register(constraints.simplex, lambda c: SoftmaxTransform())
transform_to.register(constraints.lower_cholesky, lambda c: LowerCholeskyTransform())


# ---- Kullback-Leibler divergence between families

def _infinite(*pairs):
    """Pairs of which the first puts weight where the second has none; `pairs`: a family, the name of a parameter, the others."""
    for family, parameter, others in pairs:
        for other in others:
            register_kl(family, other)(lambda p, q, parameter=parameter: torch.full_like(getattr(p, parameter), math.inf))


_infinite((Beta, 'concentration1', [Pareto]), (ContinuousBernoulli, 'probs', [Pareto]), (Exponential, 'rate', [Beta, ContinuousBernoulli, Pareto, Uniform]),
          (Gamma, 'concentration', [Beta, ContinuousBernoulli, Pareto, Uniform]), (Pareto, 'scale', [Beta, ContinuousBernoulli, Uniform]),
          (Poisson, 'rate', [Bernoulli, Binomial]),
          *[(family, 'loc', [Beta, ContinuousBernoulli, Exponential, Gamma, Pareto, Uniform]) for family in (Gumbel, Laplace, Normal)])


@register_kl(ExponentialFamily, ExponentialFamily)
def _kl_families(p, q):
    raise NotImplementedError('The cross KL-divergence between different exponential families cannot                             be computed using '
                              'Bregman divergences')


@register_kl(Binomial, Binomial)
def _kl_binomial(p, q):
    if (p.total_count < q.total_count).any():
        raise NotImplementedError('KL between Binomials where q.total_count > p.total_count is not implemented')
    kl = p.total_count * (p.probs * (p.logits - q.logits) + (-p.probs).log1p() - (-q.probs).log1p())
    kl[p.total_count > q.total_count] = math.inf
    return kl


@register_kl(Cauchy, Cauchy)
def _kl_cauchy(p, q):
    return ((p.scale + q.scale).pow(2) + (p.loc - q.loc).pow(2)).log() - (4 * p.scale * q.scale).log()


@register_kl(ContinuousBernoulli, ContinuousBernoulli)
def _kl_continuous_bernoulli(p, q):
    return (p.mean * (p.logits - q.logits) + (p._cont_bern_log_norm() + torch.log1p(-p.probs))
            + (-q._cont_bern_log_norm() - torch.log1p(-q.probs)))


@register_kl(Gumbel, Gumbel)
def _kl_gumbel(p, q):
    ratio, ours, theirs = p.scale / q.scale, p.loc / q.scale, q.loc / q.scale
    return (-ratio.log() - theirs + ours) + ratio * _EULER + torch.exp(theirs + (1 + ratio).lgamma() - ours) - (1 + _EULER)


@register_kl(Pareto, Pareto)
def _kl_pareto(p, q):
    ratio = q.alpha / p.alpha
    result = q.alpha * (p.scale / q.scale).log() + -ratio.log() + ratio - 1
    result[p.scale < q.scale] = math.inf
    return result


def _need_same_event(p, q, words):
    if p.event_shape != q.event_shape:
        raise ValueError(f'KL-divergence between two {words} Multivariate Normals with                          different event shapes cannot be computed')


def _turned(q):
    return _solve_lower(q._capacitance_tril, q._scaled())


@register_kl(LowRankMultivariateNormal, LowRankMultivariateNormal)
def _kl_low_rank(p, q):
    _need_same_event(p, q, 'Low Rank')
    A = _turned(q)
    trace = ((p._D / q._D).sum(-1) + _trace_square(p._W * q._D.rsqrt().unsqueeze(-1)) - _trace_square(A * p._D.sqrt().unsqueeze(-2))
             - _trace_square(A.matmul(p._W)))
    return 0.5 * (q._log_det() - p._log_det() + trace + q._distance(q.loc - p.loc) - p.event_shape[0])


@register_kl(MultivariateNormal, LowRankMultivariateNormal)
def _kl_full_low_rank(p, q):
    _need_same_event(p, q, '(Low Rank)')
    trace = _trace_square(p._factor * q._D.rsqrt().unsqueeze(-1)) - _trace_square(_turned(q).matmul(p._factor))
    return 0.5 * (q._log_det() - 2 * p._half_log_det() + trace + q._distance(q.loc - p.loc) - p.event_shape[0])


@register_kl(LowRankMultivariateNormal, MultivariateNormal)
def _kl_low_rank_full(p, q):
    _need_same_event(p, q, '(Low Rank)')
    away = _solve_lower(q._factor, (q.loc - p.loc).unsqueeze(-1)).squeeze(-1).pow(2).sum(-1)
    trace = _trace_square(_solve_lower(q._factor, p._W)) + _trace_square(_solve_lower(q._factor, torch.diag_embed(p._D.sqrt())))
    return 0.5 * (2 * q._half_log_det() - p._log_det() + trace + away - p.event_shape[0])


@register_kl(Bernoulli, Poisson)
def _kl_bernoulli_poisson(p, q):
    return -p.entropy() - (p.probs * q.rate.log() - q.rate)


@register_kl(Beta, ContinuousBernoulli)
def _kl_beta_continuous_bernoulli(p, q):
    return -p.entropy() - p.mean * q.logits - torch.log1p(-q.probs) - q._cont_bern_log_norm()


@register_kl(Beta, Exponential)
def _kl_beta_exponential(p, q):
    return -p.entropy() - q.rate.log() + q.rate * (p.concentration1 / (p.concentration1 + p.concentration0))


@register_kl(Beta, Gamma)
def _kl_beta_gamma(p, q):
    a, both = p.concentration1, p.concentration1 + p.concentration0
    scale = q.concentration.lgamma() - q.concentration * q.rate.log()
    return -p.entropy() + scale - (q.concentration - 1) * (a.digamma() - both.digamma()) + q.rate * a / both


@register_kl(Beta, Normal)
def _kl_beta_normal(p, q):
    both = p.concentration1 + p.concentration0
    mean, variance = p.concentration1 / both, q.scale.pow(2)
    square = (mean * (1 - mean) / (both + 1) + mean.pow(2)) * 0.5
    return -p.entropy() + 0.5 * (variance * 2 * math.pi).log() + (square - q.loc * mean + q.loc.pow(2) * 0.5) / variance


@register_kl(Beta, Uniform)
def _kl_beta_uniform(p, q):
    result = -p.entropy() + (q.high - q.low).log()
    result[(q.low > 0) | (q.high < 1)] = math.inf
    return result


@register_kl(ContinuousBernoulli, Exponential)
def _kl_continuous_bernoulli_exponential(p, q):
    return -p.entropy() - torch.log(q.rate) + q.rate * p.mean


@register_kl(ContinuousBernoulli, Normal)
def _kl_continuous_bernoulli_normal(p, q):
    scale = 0.5 * (math.log(2. * math.pi) + torch.square(q.loc / q.scale)) + torch.log(q.scale)
    return -p.entropy() + scale + (p.variance + torch.square(p.mean) - 2. * q.loc * p.mean) / (2. * torch.square(q.scale))


@register_kl(ContinuousBernoulli, Uniform)
def _kl_continuous_bernoulli_uniform(p, q):
    result = -p.entropy() + (q.high - q.low).log()
    return torch.where((q.low >= 0) | (q.high <= 1), math.inf, result)  # as PyTorch has it


@register_kl(Exponential, Gamma)
def _kl_exponential_gamma(p, q):
    ratio = q.rate / p.rate
    return -q.concentration * torch.log(ratio) + ratio + q.concentration.lgamma() + q.concentration * _EULER - (1 + _EULER)


@register_kl(Exponential, Gumbel)
def _kl_exponential_gumbel(p, q):
    product, away = p.rate * q.scale, q.loc / q.scale
    return product.log() - 1 - away + torch.exp(away) * product / (product + 1) + product.reciprocal()


@register_kl(Gamma, Exponential)
def _kl_gamma_exponential(p, q):
    return -p.entropy() - q.rate.log() + q.rate * p.concentration / p.rate


@register_kl(Gamma, Gumbel)
def _kl_gamma_gumbel(p, q):
    a, product, away = p.concentration, p.rate * q.scale, q.loc / q.scale
    return ((a - 1) * a.digamma() - a.lgamma() - a + (product.log() + a / product)
            + (torch.exp(away) * (1 + product.reciprocal()).pow(-a) - away))


@register_kl(Gamma, Normal)
def _kl_gamma_normal(p, q):
    a, variance, square = p.concentration, q.scale.pow(2), p.rate.pow(2)
    first = 0.5 * torch.log(square * variance * 2 * math.pi) - a - a.lgamma()
    return first + (a - 1) * a.digamma() + (0.5 * (a.pow(2) + a) / square - q.loc * a / p.rate + 0.5 * q.loc.pow(2)) / variance


@register_kl(Gumbel, Normal)
def _kl_gumbel_normal(p, q):
    ratio = p.scale / q.scale
    away = ((p.loc + p.scale * _EULER - q.loc) / q.scale).pow(2) * 0.5
    return -(ratio / math.sqrt(2 * math.pi)).log() + (math.pi * ratio * 0.5).pow(2) / 3 + away - (_EULER + 1)


@register_kl(Laplace, Normal)
def _kl_laplace_normal(p, q):
    variance = q.scale.pow(2)
    ratio = p.scale.pow(2) / variance
    away = 0.5 * p.loc.pow(2) - p.loc * q.loc + 0.5 * q.loc.pow(2)
    return -(0.5 * torch.log(2 * ratio / math.pi)) + ratio + away / variance - 1


@register_kl(Normal, Gumbel)
def _kl_normal_gumbel(p, q):
    mean, away, ratio = p.loc / q.scale, q.loc / q.scale, (p.scale / q.scale).pow(2)
    return -(ratio.log() * 0.5) + (mean - away) + torch.exp(-mean + 0.5 * ratio + away) - 0.5 * (1 + math.log(2 * math.pi))


@register_kl(Normal, Laplace)
def _kl_normal_laplace(p, q):
    away = p.loc - q.loc
    scaled = away / p.scale
    first = math.sqrt(2 / math.pi) * p.scale * torch.exp(-0.5 * scaled.pow(2))
    return -torch.log(p.scale / q.scale) + (first + away * torch.erf(math.sqrt(0.5) * scaled)) / q.scale - 0.5 * (1 + math.log(0.5 * math.pi))


@register_kl(Pareto, Exponential)
def _kl_pareto_exponential(p, q):
    product = p.scale * q.rate
    result = (p.alpha / product).log() - p.alpha.reciprocal() + p.alpha * product / (p.alpha - 1) - 1
    result[p.alpha <= 1] = math.inf
    return result


@register_kl(Pareto, Gamma)
def _kl_pareto_gamma(p, q):
    common = p.scale.log() + p.alpha.reciprocal()
    scale = q.concentration.lgamma() - q.concentration * q.rate.log()
    result = p.alpha.log() - common + scale + (1 - q.concentration) * common + q.rate * p.alpha * p.scale / (p.alpha - 1) - 1
    result[p.alpha <= 1] = math.inf
    return result


@register_kl(Pareto, Normal)
def _kl_pareto_normal(p, q):
    common = p.scale / (p.alpha - 1)
    first = (math.sqrt(2 * math.pi) * q.scale * p.alpha / p.scale).log()
    square = p.alpha * common.pow(2) / (p.alpha - 2) + (p.alpha * common - q.loc).pow(2)
    result = first - p.alpha.reciprocal() + square / (2 * q.scale.pow(2)) - 1
    result[p.alpha <= 2] = math.inf
    return result


def _mean_log(low, high):
    """The mean of log(x) between low and high."""
    return (high * high.log() - low * low.log() - (high - low)) / (high - low)


@register_kl(Uniform, Beta)
def _kl_uniform_beta(p, q):
    width, a, b = p.high - p.low, q.concentration1, q.concentration0
    high, low = 1 - p.high, 1 - p.low
    other = (b - 1) * (high * high.log() - low * low.log() + width) / width
    result = other + (a.lgamma() + b.lgamma() - (a + b).lgamma()) - torch.log(width) - (a - 1) * _mean_log(p.low, p.high)
    result[(p.high > 1) | (p.low < 0)] = math.inf
    return result


@register_kl(Uniform, ContinuousBernoulli)
def _kl_uniform_continuous_bernoulli(p, q):
    result = -p.entropy() - p.mean * q.logits - torch.log1p(-q.probs) - q._cont_bern_log_norm()
    return torch.where((p.high >= 1) | (p.low <= 0), math.inf, result)  # as PyTorch has it


@register_kl(Uniform, Gamma)
def _kl_uniform_gamma(p, q):
    scale = q.concentration.lgamma() - q.concentration * q.rate.log()
    result = -(p.high - p.low).log() + scale + (1 - q.concentration) * _mean_log(p.low, p.high) + q.rate * (p.high + p.low) / 2
    result[p.low < 0] = math.inf
    return result


@register_kl(Uniform, Gumbel)
def _kl_uniform_gumbel(p, q):
    common, high, low = q.scale / (p.high - p.low), (p.high - q.loc) / q.scale, (p.low - q.loc) / q.scale
    return common.log() + 0.5 * (high + low) - common * (torch.exp(-high) - torch.exp(-low))


@register_kl(Uniform, Pareto)
def _kl_uniform_pareto(p, q):
    first = (q.alpha * q.scale.pow(q.alpha) * (p.high - p.low)).log()
    result = _mean_log(p.low, p.high) * (q.alpha + 1) - first
    result[p.low < q.scale] = math.inf
    return result


for _class, _file in ((Weibull, 'weibull'), (Pareto, 'pareto'), (Kumaraswamy, 'kumaraswamy'), (LogisticNormal, 'logistic_normal'), (VonMises, 'von_mises'),
                      (NegativeBinomial, 'negative_binomial'), (FisherSnedecor, 'fishersnedecor'), (ContinuousBernoulli, 'continuous_bernoulli'),
                      (LogitRelaxedBernoulli, 'relaxed_bernoulli'), (RelaxedBernoulli, 'relaxed_bernoulli'), (ExpRelaxedCategorical, 'relaxed_categorical'),
                      (RelaxedOneHotCategorical, 'relaxed_categorical'), (LowRankMultivariateNormal, 'lowrank_multivariate_normal'),
                      (_Registry, 'constraint_registry')):
    _class.__module__ = f'torch.distributions.{_file}'

__all__ = [_name for _name, _value in list(globals().items()) if _name[0] != '_' and isinstance(_value, type) and issubclass(_value, (Distribution, Transform))]
__all__ = [_name for _name in __all__ if _name not in ('ExpRelaxedCategorical', 'LogitRelaxedBernoulli')] + ['biject_to', 'transform_to', 'kl_divergence', 'register_kl', 'identity_transform']
