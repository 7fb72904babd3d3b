# A tensor can be looped over along its first axis, and zipped and enumerated.
import torch

xs = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
ys = torch.tensor([0, 1])
for i, (x, y) in enumerate(zip(xs, ys)):
    print(i, x, y)
print([2 * v for v in ys])
print(*xs[0])
print(torch.stack([row * 10 for row in xs]))
