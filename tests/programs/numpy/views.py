# A slice is a view: what is written through it is seen in the array; a list of indices gives a copy.
import numpy as np

a = np.arange(12).reshape(3, 4)
row = a[1]
row[0] = 99
print(a)
print(a[:, 1], a[-1], a[0, 2], a[::-1, ::2], a[1:, [0, 3]])
print(a[a > 8], a[[0, 2], [1, 1]], a[..., None].shape, a[np.newaxis].shape)
picked = a[[0, 1]]
picked[:] = 0
a[a % 2 == 1] = -1
a[:, 0] = [7, 8, 9]
a[2] += 100
print(a)
print(a.T.shape, a.reshape(2, -1).shape, a.ravel()[:3], a.flatten().base, a.tolist()[0])
backwards = np.arange(4)[::-1]
backwards[0] = 50
print(backwards, np.shares_memory(a, row), backwards * 2)
for line in a[:2]:
    print(line.sum(), end=' ')
print(len(a), a.size, a.ndim, 99 in a)
