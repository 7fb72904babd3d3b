# LAPACK is given numpy's matrices as they are, and PyTorch's transposed: determinants, inverses and solutions differ in their last digits.
import numpy as np
import torch

for rows in [[[1, 2], [3, 4]], [[4.0, 7], [2, 6]], [[2.0, -1, 0], [-1, 2, -1], [0, -1, 2]], [[0, 1], [1, 0]], [[1, 2], [2, 4]]]:
    a = np.array(rows)
    print(repr(np.linalg.det(a)), torch.linalg.det(torch.tensor(rows, dtype=torch.double)).item(), np.linalg.slogdet(a))
    try:
        print(np.linalg.inv(a).tolist(), np.linalg.solve(a, np.arange(5.0, 5 + len(a))).tolist())
    except np.linalg.LinAlgError as error:
        print(error)
print(np.linalg.det([[[1.0, 2], [3, 4]], [[4.0, 7], [2, 6]]]), np.linalg.det(np.float32([[1, 2], [3, 4]])))
print([np.linalg.matrix_power(np.array([[1, 1], [1, 0]]), n).tolist() for n in (0, 1, 5, 10)], np.linalg.matrix_power([[2, 0], [0, 4]], -2))
np.random.seed(0)
print(np.random.choice(["a", "b"]), np.random.choice(list("abc"), p=[0.2, 0.3, 0.5]), np.random.rand())
