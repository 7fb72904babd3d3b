# Sums, means, extremes and sorting, over all or along an axis.
import numpy as np

a = np.array([[3.0, 1.0, 2.0], [6.0, 5.0, 4.0]])
print(a.sum(), a.mean(), a.std(), a.var(ddof=1), a.max(), a.min(), a.argmax(), a.prod())
print(a.sum(axis=0), a.mean(axis=1), a.max(axis=0), a.argmin(axis=1), a.sum(axis=1, keepdims=True))
print(np.cumsum([1, 2, 3]), np.diff([1, 4, 9]), np.sort(a), np.argsort([3, 1, 2]), a.any(), (a > 1).all(axis=1))
print(np.unique([3, 1, 3], return_counts=True), np.bincount([0, 2, 2]), np.median([1, 3, 2, 4]), np.percentile([1, 2, 3], 50))
print(np.average([1, 2, 3], weights=[3, 2, 1]), np.histogram([1, 2, 2, 5], 2), np.count_nonzero([0, 1, 2]))
wave = np.sqrt(np.arange(1000) % 17)
print(wave.mean(), wave.std(), wave.astype(np.float32).sum(), np.linalg.norm(wave))
print(type(a.sum()), type(np.arange(3).sum()), (np.arange(4) > 1).mean(), np.argwhere(a > 4).tolist(), np.nonzero([0, 3]))
