# A network of two layers with numpy alone, its gradients written out.
import numpy as np

np.random.seed(1)
X = np.array([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]])
y = np.array([[0, 1, 1, 0]]).T
W1, W2 = 2 * np.random.random((3, 4)) - 1, 2 * np.random.random((4, 1)) - 1


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


for step in range(2000):
    h = sigmoid(X @ W1)
    out = sigmoid(h.dot(W2))
    error = y - out
    if step % 500 == 0:
        print(step, np.mean(np.abs(error)).round(6))
    d_out = error * out * (1 - out)
    d_h = d_out.dot(W2.T) * h * (1 - h)
    W2 += h.T.dot(d_out)
    W1 += X.T.dot(d_h)
print(np.round(out, 3).ravel(), (out > 0.5).astype(int).T)
