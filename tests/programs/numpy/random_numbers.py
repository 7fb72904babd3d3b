# After np.random.seed the numbers are numpy's own, to the last digit.
import numpy as np

np.random.seed(0)
print(np.random.rand(3), np.random.rand(), np.random.randn(2, 2), np.random.randn())
print(np.random.randint(10, size=5), np.random.randint(2, 9), np.random.normal(1, 2, 3), np.random.uniform(-1, 1, 2))
print(np.random.permutation(6), np.random.choice(5, 3), np.random.choice([10, 20, 30], 3, p=[0.1, 0.2, 0.7]))
print(np.random.choice(10, 4, replace=False), np.random.exponential(2.0, 2), np.random.multivariate_normal([0, 1], np.eye(2)))
a, cards = np.arange(8), list('abcd')
np.random.shuffle(a)
np.random.shuffle(cards)
print(a, cards)
other = np.random.RandomState(42)
print(other.rand(2), other.randn(2), other.randint(0, 2, 10))
