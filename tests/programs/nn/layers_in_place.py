# Layers with inplace=True change their input, and what needed it tells so on the way back.
import torch, torch.nn as nn
torch.manual_seed(0)
net = nn.Sequential(nn.Linear(3, 3), nn.ReLU(inplace=True), nn.Linear(3, 1))
x = torch.randn(2, 3)
net(x).sum().backward()
print(net[0].weight.grad)
a = torch.randn(3, requires_grad=True)
try:
    nn.ReLU(inplace=True)(a)
except RuntimeError as e:
    print(e)
b = a.exp()
nn.ReLU(inplace=True)(b)
try:
    b.sum().backward()
except RuntimeError as e:
    print(e)
h = net[0](x)
print(nn.LeakyReLU(0.1, True)(h), h)
for m in (nn.ELU, nn.SELU, nn.CELU, nn.Hardtanh, nn.ReLU6, nn.SiLU, nn.Mish, nn.Hardsigmoid, nn.Hardswish, nn.RReLU, nn.Dropout, nn.Dropout1d, nn.AlphaDropout):
    z = torch.randn(2, 3)
    y = m(inplace=True)(z)
    print(m.__name__, y is z, z, m(inplace=True))
z = torch.randn(2, 3)
print(nn.Threshold(0.5, 9., True)(z) is z, z)
