# Draws of the rarer distributions are numpy's, draw for draw.
import numpy as np

np.random.seed(4)
print(np.random.binomial(1, 0.5, 10), np.random.binomial(100, 0.4, 6), np.random.binomial(3, [0.1, 0.5, 0.9]))
print(np.random.poisson(3, 8), np.random.poisson(60, 4), np.random.geometric(0.2, 6))
print(np.random.multinomial(20, [1 / 6] * 6), np.random.multinomial(9, [0.2, 0.3, 0.5], size=2))
print(np.random.gamma(2.0, 2.0, 3), np.random.beta(0.5, 0.5, 3), np.random.beta(2, 5))
print(np.random.laplace(0, 1, 3), np.random.triangular(-3, 0, 8, 3), np.random.standard_t(10))
print(np.random.dirichlet((10, 5, 3)), np.random.chisquare(3, 2))
rng = np.random.default_rng(5)
print(rng.binomial(10, 0.3, 5), rng.poisson(4, 5))
try:
    np.random.binomial(3, 1.5)
except ValueError as error:
    print(error)
