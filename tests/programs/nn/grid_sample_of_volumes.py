# The gradient of places in a volume is zero, with PyTorch's sign, where they lie outside of it.
import torch
import torch.nn.functional as F

torch.set_printoptions(precision=2)  # the last digits differ
torch.manual_seed(0)
x = torch.randn(1, 1, 2, 3, 3, requires_grad=True)
grid = (torch.randn(1, 2, 2, 2, 3) * 1.5).requires_grad_()
for mode in ("bilinear", "nearest"):
    for padding in ("zeros", "border", "reflection"):
        for align in (True, False):
            x.grad = grid.grad = None
            F.grid_sample(x, grid, mode=mode, padding_mode=padding, align_corners=align).sum().backward()
            print(mode, padding, align, x.grad, grid.grad, sep="\n")
