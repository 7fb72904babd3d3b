# Arrays print in aligned columns, large ones shortened, as numpy prints them.
import numpy as np

print(np.array([1.0, -2.5, 100]))
print(np.array([1e-10, 1.0]), np.array([1e10, 1.0]), np.array([0.1, 0.123456789012]))
print(np.array([[1, -20], [300, 4]]))
print(np.array([np.nan, 1, np.inf, -np.inf]), np.array([True, False]))
print(repr(np.arange(6.0).reshape(2, 3)))
print(repr(np.array([0.1, 1 / 3], dtype=np.float32)), repr(np.array([1, 2], dtype=np.int32)))
print(np.arange(2000))
print(np.arange(2000.0).reshape(40, 50))
print(repr(np.arange(30) / 7))
print(np.float64(1 / 3), np.float32(1 / 3), np.float32(1e10), repr(np.float64(2)))
print([np.float64(0.5), np.int64(2)], (np.arange(2),), f'{np.float64(3.14159):.2f} {np.arange(3)}')
print(np.zeros((2, 2, 2)))
with np.printoptions(precision=2, suppress=True):
    print(np.array([1e-9, 12.3456]))
