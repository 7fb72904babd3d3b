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
