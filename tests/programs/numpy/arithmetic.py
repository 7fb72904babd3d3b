# Signs and functions of arrays broadcast and promote as numpy's do.
import numpy as np

a, b = np.array([1, 2, 3]), np.array([[10], [20]])
print(a + b, a * 2, a / 2, a // 2, a % 2, 2 ** a, -a, a @ a)
print(a > 1, (a > 1) & (a < 3), ~(a > 1), a == [1, 5, 3])
print((a + 1.5).dtype, (np.float32([1]) + 1.5).dtype, (np.float32(1) + 1.5).dtype, (np.array([1]) + np.float32(2)).dtype)
print(np.uint8([250]) + 10, np.array([True]) + True, np.array([True]) + 1, np.int64(7) / 2, np.int64(7) // 2)
print(np.exp([0, 1]), np.sqrt([1, 4, 9]), np.sin(np.pi / 2), np.log10(1000), np.abs([-1, 2]), np.sign([-2.0, 0]))
print(np.maximum(0, [-1, 2]), np.minimum([1, 5], 3), np.clip([-5, 0.5, 9], 0, 1), np.round([1.25, 2.5, 3.14159], 2))
print(np.where(a > 1, a, 0), np.isclose(0.1 + 0.2, 0.3), np.allclose(a, a + 1e-9))
x = np.float64(1)
x += 1
print(x, type(x), isinstance(x, float), round(np.float64(2.567), 2), int(np.float64(2.9)), [5, 6, 7][np.int64(1)])
a += 5
a *= 2
print(a)
