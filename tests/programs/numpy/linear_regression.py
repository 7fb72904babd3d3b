# A line is fitted with plain numpy: predictions, gradients by hand, and steps.
import numpy as np

np.random.seed(42)
x = np.random.rand(100, 1)
y = 1 + 2 * x + 0.1 * np.random.randn(100, 1)
order = np.arange(100)
np.random.shuffle(order)
x_train, y_train = x[order[:80]], y[order[:80]]
a, b = np.random.randn(1), np.random.randn(1)
print(a, b)
for epoch in range(1000):
    error = y_train - (a + b * x_train)
    if epoch % 250 == 0:
        print(f'epoch {epoch}: loss {(error ** 2).mean():.6f}')
    a -= 0.1 * -2 * error.mean()
    b -= 0.1 * -2 * (x_train * error).mean()
print(a, b)
