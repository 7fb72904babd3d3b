# Convolutions and their gradients: strides, padding, groups, and the transposed form.
import torch
import torch.nn.functional as F

x = torch.arange(32.0).reshape(1, 2, 4, 4).requires_grad_()
w = (torch.arange(36.0).reshape(2, 2, 3, 3) / 8).requires_grad_()
b = torch.tensor([1.0, -1.0], requires_grad=True)
y = F.conv2d(x, w, b, stride=2, padding=1)
print(y)
y.square().mean().backward()
print(x.grad[0, 0], w.grad[1, 1], b.grad, sep="\n")
print(F.conv2d(x[0], w).grad_fn.name(), F.conv2d(x, w, padding="same").shape)
print(F.conv2d(x, w[:, :1], groups=2))
line = torch.arange(6.0).reshape(1, 1, 6)
print(F.conv1d(line, torch.tensor([[[1.0, 0.0, -1.0]]]), dilation=2))
print(F.conv_transpose1d(line, torch.ones(1, 1, 3), stride=2, padding=1, output_padding=1))
print(F.conv_transpose2d(x, w, stride=2).shape, F.conv3d(torch.ones(1, 1, 2, 2, 2), torch.ones(1, 1, 2, 2, 2)))
for wrong in [
    lambda: F.conv2d(x, torch.ones(2, 3, 3, 3)),
    lambda: F.conv2d(x, torch.ones(2, 2, 5, 5)),
    lambda: F.conv2d(torch.ones(4, 4), w),
    lambda: F.conv2d(x, w, torch.ones(3)),
    lambda: F.conv2d(x, w, padding="half"),
]:
    try:
        wrong()
    except RuntimeError as e:
        print(e)
