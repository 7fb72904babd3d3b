# Arrays are joined, split, repeated and reshaped.
import numpy as np

a, b = np.array([1, 2]), np.array([3, 4])
print(np.concatenate([a, b]), np.stack([a, b]), np.vstack([a, b]), np.hstack([a, b]), np.column_stack([a, b]))
print(np.append(a, 5), np.tile(a, 2), np.repeat(a, 2), np.flip(a), np.roll([1, 2, 3], 1), np.outer(a, b))
print(np.split(np.arange(6), 3), np.array_split(np.arange(5), 2))
print(np.c_[a, b], np.r_[a, 9], np.expand_dims(a, 1).shape, np.squeeze(np.ones((1, 2, 1))).shape, np.transpose(np.ones((2, 3))).shape)
print(np.concatenate([a, [1.5]]).dtype, np.pad(a, 1), np.delete([1, 2, 3], 1), np.insert([1, 2], 1, 9))
for attempt in [lambda: np.concatenate([np.ones((2, 3)), np.ones((2, 2))]), lambda: np.stack([a, [1]]), lambda: np.arange(4).reshape(3, -1)]:
    try:
        attempt()
    except ValueError as e:
        print(e)
