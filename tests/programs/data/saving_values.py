# What torch.save keeps: values, shared objects, whole modules; and what it cannot keep.
import io
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.layer, self.size = nn.Linear(size, 1, bias=False), size

    def forward(self, x):
        return torch.relu(self.layer(x))


def again(value):
    torch.save(value, file := io.BytesIO())
    file.seek(0)
    return torch.load(file)


w = torch.tensor([1.0, 2.0], requires_grad=True)
a, b, c = again([w, w, (w * 3).detach()])
print(a, a is b, c, a is w)
print(again({"n": 3, "x": 0.5, (1, "k"): None, "t": torch.arange(6).view(2, 3), "s": {1}, "size": torch.Size([2, 3]), "d": torch.float64}))
net = Net(2)
with torch.no_grad():
    net.layer.weight.copy_(torch.tensor([[1.0, -1.0]]))
copy = again(net)
print(copy, copy.size, copy(torch.tensor([3.0, 1.0])), type(copy.layer.weight).__name__, again(nn.functional.relu) is nn.functional.relu)
for bad in (x for x in "ab"), io, lambda x: x, {"m": torch}:
    try:
        torch.save(bad, io.BytesIO())
    except Exception as error:
        print(type(error).__name__, str(error)[:30])
for load in lambda: torch.load("no-such-file.pt"), lambda: torch.load(io.BytesIO(b"")):
    try:
        load()
    except Exception as error:
        print(type(error).__name__, error)
