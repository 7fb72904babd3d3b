# Convolutions, their gradients and gelu of float32 tensors agree in every bit: each number printed stands for all bits of all results.
import torch
import torch.nn.functional as F


def digest(*tensors):
    total = 0
    for t in tensors:
        for v in t.detach().reshape(-1).tolist():
            total = (total * 31 + int(v * 2.0**60)) % 1000000007
    return total


torch.manual_seed(3)
for batch, inputs, size, outputs, kernel, stride, padding in (
    (1, 1, 6, 2, 3, 1, 0), (1, 3, 7, 4, 3, 2, 1), (4, 1, 12, 8, 5, 1, 2), (2, 3, 9, 6, 3, 1, 1), (3, 20, 6, 17, 3, 1, 1), (2, 33, 5, 40, 3, 2, 1),
):
    x, w, b = torch.randn(batch, inputs, size, size), torch.randn(outputs, inputs, kernel, kernel), torch.randn(outputs)
    for t in (x, w, b):
        t.requires_grad_()
    y = F.conv2d(x, w, b, stride=stride, padding=padding)
    y.backward(torch.randn(y.shape))
    line = F.conv1d(x[:, :, 0], w[:, :, 0], b)
    print((batch, inputs, outputs), digest(y), digest(x.grad, w.grad, b.grad), digest(line, F.conv2d(x, w)))

x = torch.cat([torch.randn(200), torch.randn(20) * 20]).requires_grad_()
y = F.gelu(x)
y.backward(torch.randn(220))
print(digest(y, x.grad), digest(F.gelu(x[:1]), F.gelu(x[5])))
