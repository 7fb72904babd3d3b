# np.random.default_rng draws numpy's newer stream, the same numbers for a seed.
import numpy as np

rng = np.random.default_rng(42)
print(rng.random(3), rng.normal(size=3), rng.integers(0, 10, 5), rng.integers(100))
print(rng.uniform(-1, 1, 2), rng.choice(5, 3), rng.choice([1, 2, 3], 4, p=[0.2, 0.3, 0.5]), rng.choice(10, 4, replace=False))
a = np.arange(8)
rng.shuffle(a)
print(a, rng.permutation(6), rng.standard_normal((2, 2)), rng.integers(1, 6, endpoint=True, size=3))
print(rng.normal(size=2000).sum().round(6), rng)
