# exp and sigmoid keep their result for backward, so their result may not be changed.
import torch

x = torch.tensor([0.0, 1.0], requires_grad=True)
for function in (torch.exp, torch.sigmoid, torch.tanh):
    y = function(x)
    y.mul_(2)
    try:
        y.sum().backward()
    except RuntimeError as error:
        print(str(error).split(";")[0])

s = torch.sin(x)   # keeps its input, not its result
s.mul_(2)
s.sum().backward()
print(x.grad)
