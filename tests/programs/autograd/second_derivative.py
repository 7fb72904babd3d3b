# create_graph=True makes the gradient itself something to differentiate.
import torch

x = torch.tensor(2.0, requires_grad=True)
y = x**4
derivatives = [y]
while derivatives[-1].requires_grad and len(derivatives) < 5:
    (slope,) = torch.autograd.grad(derivatives[-1], x, create_graph=True)
    derivatives.append(slope)
for order, value in enumerate(derivatives):
    print(f"order {order}: {value.item()}")

x, y = torch.tensor([5.5, -4.0], requires_grad=True), torch.tensor([2.0, 1.5], requires_grad=True)
for rest in (torch.remainder, torch.fmod):
    gx, gy = torch.autograd.grad(rest(x**2, y).sum(), (x, y), create_graph=True)
    print(torch.autograd.grad((gx**2 + gy**2).sum(), (x, y), allow_unused=True))
