# The functions of calculus, entry by entry.
import torch

t = torch.tensor([-1.0, 0.0, 0.5, 2.0])
for name in ("exp", "sin", "cos", "tanh", "sigmoid", "relu", "abs", "neg"):
    function = getattr(torch, name)
    print(f"{name:8}", function(t))
print("log     ", torch.log(t.abs()))
print("sqrt    ", torch.sqrt(torch.tensor([0.0, 1.0, 2.0, 4.0])))
print("clamp   ", torch.clamp(t, -0.5, 1.0))
print("square  ", t.square(), torch.pow(t, 3))
