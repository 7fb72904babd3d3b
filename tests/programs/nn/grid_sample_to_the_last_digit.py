# grid_sample between pixels and outside of the image, with both gradients; a spatial transformer.
import torch
import torch.nn.functional as F

torch.manual_seed(2)
for mode in 'bilinear', 'nearest', 'bicubic':
    for padding in 'zeros', 'border', 'reflection':
        for corners in False, True:
            x, grid = torch.randn(2, 3, 5, 6, requires_grad=True), (torch.randn(2, 4, 5, 2) * 0.6).requires_grad_()
            y = F.grid_sample(x, grid, mode, padding, corners)
            (y * torch.randn(y.shape)).sum().backward()
            print(mode, padding, corners, y.flatten()[:5].tolist(), x.grad.flatten()[:5].tolist(), grid.grad.flatten()[:6].tolist())
print(y.grad_fn.name())
theta = torch.randn(1, 2, 3, requires_grad=True)
image = torch.rand(1, 1, 6, 6)
F.grid_sample(image, F.affine_grid(theta, (1, 1, 4, 4), align_corners=False), align_corners=False).mean().backward()
print(theta.grad)
try:
    F.grid_sample(x, grid[:1], align_corners=False)
except RuntimeError as error:
    print(error)
