# Two losses that share a part of the graph: the second one finds that part freed.
import torch

w = torch.tensor([1.0, 2.0], requires_grad=True)
shared = (w * w).exp()
first = shared.sum()
second = shared.mean()

first.backward()
try:
    second.backward()
except RuntimeError as error:
    print(str(error).split(".")[0] + ".")

w.grad = None
shared = w * w
(shared.sum() + shared.mean()).backward()   # one pass for both
print(w.grad)
