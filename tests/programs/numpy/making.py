# Arrays are made from lists, ranges and fills.
import numpy as np

print(np.array([1, 2, 3]), np.array([1.5, 2]), np.array([[True], [False]]))
print(np.zeros(3), np.ones((2, 2)), np.full((2, 2), 7), np.eye(2), np.zeros(2, dtype=int))
print(np.arange(5), np.arange(1, 10, 3), np.arange(0, 1, 0.25), np.arange(5, 0, -2))
print(np.linspace(0, 1, 5), np.linspace(0, 2, 4, endpoint=False), np.logspace(0, 2, 3))
print(np.zeros_like([1, 2]), np.ones_like([1.0, 2]), np.full_like([1, 2], 3))
X, Y = np.meshgrid(np.arange(3), np.arange(2))
print(X)
print(Y)
print(np.array([1, 2], dtype=np.float32).dtype, np.array([1, 2]).astype(float), np.array([1.7, -1.7]).astype(int))
print(np.array(3.0), np.array([]), np.zeros((0, 3)).shape)
