# Borders around a tensor, and images in other sizes.
import torch
import torch.nn.functional as F

line = torch.arange(4.0).reshape(1, 1, 4).requires_grad_()
for mode in ["constant", "reflect", "replicate", "circular"]:
    y = F.pad(line, (2, 1), mode=mode)
    (grad,) = torch.autograd.grad((y * torch.arange(7.0)).sum(), line)
    print(mode, y, grad)
print(F.pad(torch.ones(2, 2), (1, 0, 0, 1), value=-1.0), F.pad(torch.arange(4), (-1, 2)))
image = torch.arange(4.0).reshape(1, 1, 2, 2).requires_grad_()
print(F.interpolate(image, scale_factor=2))
print(F.interpolate(image, size=(3, 4), mode="bilinear"), F.interpolate(image, size=3, mode="bilinear", align_corners=True))
print(F.interpolate(line, size=6, mode="linear"), F.interpolate(line, size=2, mode="area"))
print(F.interpolate(image, size=(3, 3), mode="bicubic"))
F.interpolate(image, scale_factor=2, mode="bilinear")[0, 0, 0].sum().backward()
print(image.grad)
print(F.pixel_shuffle(torch.arange(8.0).reshape(1, 4, 1, 2), 2))
for wrong in [lambda: F.interpolate(line), lambda: F.pad(line, (1,)), lambda: F.pad(line, (4, 0), mode="reflect")]:
    try:
        wrong()
    except (ValueError, RuntimeError) as e:
        print(e)
