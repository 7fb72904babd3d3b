# numpy's errors have numpy's words.
import numpy as np

a, m = np.arange(3), np.ones((2, 3))
attempts = [
    lambda: a[5], lambda: a[0, 0], lambda: a['x'], lambda: m[:, 3], lambda: a[np.ones(2, bool)], lambda: m + np.ones(2),
    lambda: m @ m, lambda: np.dot(m, m), lambda: m.reshape(4, 2), lambda: bool(a), lambda: float(a), lambda: len(np.float64(1)),
    lambda: np.array([[1, 2], [3]]), lambda: a.mean(axis=1), lambda: a ** -1, lambda: a + None, lambda: a.foo, lambda: np.foo,
    lambda: a + 'x', lambda: np.zeros(-1), lambda: np.zeros(2, dtype='foo'), lambda: hash(a), lambda: -(a > 1), lambda: np.max([]),
]
for attempt in attempts:
    try:
        print(attempt())
    except Exception as e:
        print(f'{type(e).__name__}: {e}')
a += 0.5
