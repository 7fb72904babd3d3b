# argsort's order of equal elements is that of numpy's quicksort; squares, roots and reciprocals of arrays are exact.
import numpy as np

np.random.seed(0)
for n in (16, 17, 40, 200):
    y = np.random.randint(4, size=n)
    print(np.argsort(y)[:20], y.argsort(kind="stable")[:8], np.unique(y, return_index=True)[1])
x = np.linspace(-3, 3, 2000)
print((x ** 2 == x * x).all(), ((x + 4) ** 0.5 == np.sqrt(x + 4)).all(), (x ** -1 == 1 / x).all())
