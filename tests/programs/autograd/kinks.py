# At a kink PyTorch picks one slope: what relu, abs and clamp do at and around it.
import torch

x = torch.tensor([-2.0, -1.0, 0.0, 1.0, 2.0], requires_grad=True)

def slopes(f):
    (g,) = torch.autograd.grad(f(x).sum(), x)
    return g.tolist()

print("relu ", slopes(torch.relu))
print("abs  ", slopes(torch.abs))
print("clamp", slopes(lambda t: t.clamp(-1, 1)))
print("max  ", slopes(lambda t: t.clamp(min=0)))
