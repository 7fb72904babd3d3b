# ix_, triangles and diagonals as indices, open grids, conditions that pick or put.
import numpy as np

m = np.arange(16).reshape(4, 4)
print(m[np.ix_([0, 2], [1, 3])], m[np.ix_([True, False, False, True], [0, 1])])
print(m[np.triu_indices(4, 1)], m[np.tril_indices_from(m)], m[np.diag_indices(4)])
rows, columns = np.ogrid[0:2, 0:3]
print(rows + 10 * columns, m[np.s_[1:, ::2]], np.ravel_multi_index((1, 2), (3, 4)))
print(np.extract(m % 5 == 0, m), np.compress([1, 0, 1, 0], m, axis=1).tolist())
x = np.zeros((2, 3))
np.put(x, [0, 4], [1, 2])
np.put_along_axis(x, np.array([[2], [0]]), 7, axis=1)
np.copyto(x, -1, where=x == 0)
print(x, np.lexsort(([1, 2, 1], [3, 1, 3])), np.setxor1d([1, 2, 3], [2, 5]))
print(np.array([1, 2, 3]) == np.array([1, 2]))
