# Largest, average and power means of windows.
import torch
import torch.nn.functional as F

x = torch.tensor([[5.0, 1, 2, 3], [4, 9, 0, 7], [8, 6, 2, 2], [1, 3, 5, 4]]).reshape(1, 1, 4, 4).requires_grad_()
print(F.max_pool2d(x, 2), F.avg_pool2d(x, 2))
values, places = F.max_pool2d(x, 2, stride=1, return_indices=True)
print(places)
print(F.max_pool2d(x, 3, 2, 1), F.avg_pool2d(x, 3, 2, 1), F.avg_pool2d(x, 3, 2, 1, count_include_pad=False), sep="\n")
print(F.adaptive_avg_pool2d(x, 3), F.adaptive_avg_pool2d(x, 1), F.adaptive_max_pool2d(x, (1, 2)), sep="\n")
line = x.reshape(1, 2, 8)
print(F.max_pool1d(line, 3), F.avg_pool1d(line, 3, 2), F.lp_pool1d(line, 2, 4), sep="\n")
(F.max_pool2d(x, 2, 1).sum() + F.avg_pool2d(x, 2).sum()).backward()
print(x.grad)
for wrong in [lambda: F.max_pool2d(x, 5), lambda: F.avg_pool2d(x, 2, padding=2), lambda: F.max_pool2d(x[0, 0], 2)]:
    try:
        wrong()
    except RuntimeError as e:
        print(e)
