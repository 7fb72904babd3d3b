# A loss that is kept from one step to the next drags the old graph along.
import torch

w = torch.tensor(1.0, requires_grad=True)
total = torch.tensor(0.0)
for step in range(3):
    total = total + (w * (step + 1)) ** 2
    total.backward()
    print(step, w.grad)
