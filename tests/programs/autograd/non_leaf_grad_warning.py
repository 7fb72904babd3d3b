# Reading .grad of a value that is no leaf gives None and a warning at each place in the code.
import torch

x = torch.tensor([1.0, 2.0], requires_grad=True)
hidden = x * x
hidden.sum().backward()

for _ in range(3):
    print(hidden.grad)  # one place: warned about once

print("elsewhere:", hidden.grad)
print("the leaf has it:", x.grad)
