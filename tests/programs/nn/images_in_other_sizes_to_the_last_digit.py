# interpolate in every mode, up and down: the weights and sums of PyTorch's kernels, one channel and several.
import torch
import torch.nn.functional as F

torch.manual_seed(5)
for mode, sizes in (('linear', (2, 3, 7)), ('bilinear', (2, 3, 5, 6)), ('bilinear', (1, 1, 5, 6)), ('bicubic', (1, 2, 5, 6)), ('trilinear', (1, 2, 3, 4, 5))):
    for corners in False, True:
        for size in {'scale_factor': 1.7}, {'size': [3] * (len(sizes) - 2)}, {'scale_factor': 2}:
            x = torch.randn(sizes, requires_grad=True)
            y = F.interpolate(x, mode=mode, align_corners=corners, **size)
            (y * torch.randn(y.shape)).sum().backward()
            print(mode, corners, y.flatten()[:7].tolist(), x.grad.flatten()[:5].tolist())
print(y.grad_fn.name())
for mode in 'nearest', 'nearest-exact':
    for sizes in (1, 1, 4), (1, 1, 2, 4), (1, 1, 1, 2, 4):
        print(F.interpolate(torch.arange(float(torch.Size(sizes).numel())).view(sizes), scale_factor=1.6, mode=mode).tolist())
torch.set_printoptions(sci_mode=False)
for mode in 'bilinear', 'bicubic':
    x = torch.randn(1, 2, 9, 11, requires_grad=True)
    y = F.interpolate(x, (4, 5), mode=mode, antialias=True)
    y.square().sum().backward()
    print(y.grad_fn.name(), y[0, 0], x.grad[0, 1])
