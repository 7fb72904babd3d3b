# detach gives the same numbers without their history: the gradient stops there.
import torch

x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
y = x * x
frozen = y.detach()
print(frozen, frozen.requires_grad, frozen.grad_fn)

(y * frozen).sum().backward()   # frozen counts as a constant
print(x.grad)                   # 2x * x^2, and not 4x^3
print(4 * x.detach()**3)

frozen[0] = 100.0               # the memory is shared
print(y)
