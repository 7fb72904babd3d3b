# A chain of ten thousand operations goes backward without a deep recursion.
import torch

x = torch.tensor(1.0, requires_grad=True)
y = x
for _ in range(10_000):
    y = y + 1
y.backward()
print(y)
print(x.grad)
