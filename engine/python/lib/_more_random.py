# The rarer distributions of `random`, each drawn as CPython draws it, and the names of the rest. Runs in the module's own namespace.
from math import acos as _acos, cos as _cos, e as _e, exp as _exp, log as _log, pi as _pi, sqrt as _sqrt

def paretovariate(alpha):
    return (1.0 - random()) ** (-1.0 / alpha)

def weibullvariate(alpha, beta):
    return alpha * (-_log(1.0 - random())) ** (1.0 / beta)

def gammavariate(alpha, beta):
    """Cheng's method (1977) for alpha > 1, Ahrens and Dieter's (1974) for alpha < 1."""
    if alpha <= 0.0 or beta <= 0.0:
        raise ValueError("gammavariate: alpha and beta must be > 0.0")
    if alpha == 1.0:
        return -_log(1.0 - random()) * beta
    if alpha > 1.0:
        root = _sqrt(2.0 * alpha - 1.0)
        b, c = alpha - _log(4.0), alpha + root
        while True:
            u = random()
            if not 1e-7 < u < 0.9999999:
                continue
            w = 1.0 - random()
            v = _log(u / (1.0 - u)) / root
            x = alpha * _exp(v)
            z = u * u * w
            r = b + c * v - x
            if r + (1.0 + _log(4.5)) - 4.5 * z >= 0.0 or r >= _log(z):
                return x * beta
    b = (_e + alpha) / _e
    while True:
        p = b * random()
        x = p ** (1.0 / alpha) if p <= 1.0 else -_log((b - p) / alpha)
        u = random()
        if u <= (x ** (alpha - 1.0) if p > 1.0 else _exp(-x)):
            return x * beta

def betavariate(alpha, beta):
    y = gammavariate(alpha, 1.0)
    return y / (y + gammavariate(beta, 1.0)) if y else 0.0

def vonmisesvariate(mu, kappa):
    """Best and Fisher (1979)."""
    if kappa <= 1e-6:
        return 2.0 * _pi * random()
    s = 0.5 / kappa
    r = s + _sqrt(1.0 + s * s)
    while True:
        z = _cos(_pi * random())
        d = z / (r + z)
        u = random()
        if u < 1.0 - d * d or u <= (1.0 - d) * _exp(d):
            break
    q = 1.0 / r
    angle = _acos((q + z) / (1.0 + q * z))
    return (mu + angle if random() > 0.5 else mu - angle) % (2.0 * _pi)

def randbytes(n):
    return getrandbits(n * 8).to_bytes(n, "little")
