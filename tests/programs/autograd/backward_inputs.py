# Naming the inputs of backward(): only these leaves get a gradient.
import torch

a = torch.tensor([1.0], requires_grad=True)
b = torch.tensor([2.0], requires_grad=True)
(a * b).backward(inputs=[a])
print(a.grad, b.grad)
