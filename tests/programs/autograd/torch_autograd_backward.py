# torch.autograd.backward takes several results at once, each with its own weight.
import torch

x = torch.tensor([1.0, 2.0], requires_grad=True)
doubled, squared = x * 2, x**2
torch.autograd.backward([doubled, squared], [torch.tensor([1.0, 1.0]), torch.tensor([0.5, 0.5])])
print(x.grad)
