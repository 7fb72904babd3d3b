# numpy.linalg solves, inverts and decomposes.
import numpy as np

A = np.array([[3.0, 1.0], [1.0, 2.0]])
print(A @ A, np.dot(A, [1, 2]), A.T, np.trace(A), np.linalg.norm([3, 4]))
print(np.linalg.inv(A), np.linalg.det(A), np.linalg.solve(A, [9, 8]))
values, vectors = np.linalg.eigh(A)
print(values, np.allclose(A @ vectors, vectors * values))
print(np.linalg.svd(A)[1], np.linalg.cholesky(A), np.linalg.matrix_rank(A), np.linalg.norm(A, axis=1))
print(np.polyfit([0, 1, 2], [1, 3, 5], 1).round(6), np.einsum('ij,j->i', A, [1, 1]))
try:
    np.linalg.inv(np.zeros((2, 2)))
except np.linalg.LinAlgError as e:
    print('LinAlgError:', e)
