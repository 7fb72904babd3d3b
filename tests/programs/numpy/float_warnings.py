# Division by zero, overflow and invalid values warn once and go on.
import numpy as np

print(np.array([1.0, -1.0, 0.0]) / 0)
print(np.log(np.array([0.0, 1.0])))
print(np.sqrt(-1))
print(np.exp(1000.0))
print(np.float64(1) / 0)
print(np.array([1, 2]) // 0)
with np.errstate(divide='ignore'):
    print(np.log(0))
