# grid_sample looks up a volume at places between its voxels, and gradients go to the volume and to the places.
import torch
import torch.nn.functional as F

torch.manual_seed(0)
x = torch.rand(1, 2, 2, 3, 3, requires_grad=True)
places = (torch.rand(1, 2, 2, 1, 3) * 3 - 1.5).requires_grad_()
for mode in ("bilinear", "nearest"):
    for padding in ("zeros", "border", "reflection"):
        for align in (True, False):
            print(mode, padding, align, F.grid_sample(x, places, mode, padding, align).flatten().detach())
out = F.grid_sample(x, places, padding_mode="reflection", align_corners=False)
print(out.sum())
out.pow(2).sum().backward()
print(x.grad, places.grad + 0.0)
grid = F.affine_grid(torch.eye(3, 4)[None], (1, 2, 2, 3, 3), align_corners=False)
print(torch.allclose(F.grid_sample(x, grid, align_corners=False), x, atol=1e-6))
for wrong in ({"mode": "bicubic"}, {"grid": places[..., :2]}):
    try:
        F.grid_sample(x, align_corners=True, **{"grid": places, **wrong})
    except RuntimeError as e:
        print(e)
