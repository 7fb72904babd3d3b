# Attention from its parts, and windows of an image as columns.
import torch
import torch.nn.functional as F

q = torch.tensor([[1.0, 0.0], [0.5, 2.0], [1.0, 1.0]], requires_grad=True)
v = torch.tensor([[1.0], [2.0], [4.0]])
never = torch.ones(3, 3).triu(1).bool()
scores = (q @ q.mT / 2**0.5).masked_fill(never, float("-inf"))
weights = scores.softmax(-1)
print(weights, weights @ v)
(weights @ v).sum().backward()
print(q.grad)
image = torch.arange(9.0).reshape(1, 1, 3, 3).requires_grad_()
columns = F.unfold(image, 2)
print(columns, F.fold(columns, (3, 3), 2))
kernel = torch.tensor([[1.0, 0.0, 0.0, -1.0]])
print((kernel @ columns).reshape(2, 2), F.conv2d(image, kernel.reshape(1, 1, 2, 2)))
columns.pow(2).sum().backward()
print(image.grad)
