# Sizes and places may come as tensors, arrays and lists where PyTorch reads them so.
import numpy as np
import torch
import torch.nn.functional as F


def tried(call):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, str(error).split('\n')[0])


x = torch.arange(12.).view(3, 4)
image = torch.arange(16.).view(1, 1, 4, 4)
tried(lambda: torch.tensor_split(x, torch.tensor([1, 3]), dim=1))
tried(lambda: x.tensor_split(torch.tensor(2)))
tried(lambda: x.tensor_split(torch.tensor([1], dtype=torch.int32)))
tried(lambda: x.tensor_split(torch.tensor([[1]])))
tried(lambda: x.narrow(0, torch.tensor([1, 2]), 1))
for size in torch.tensor([1, 2]), np.array([2, 1]), range(1, 3), torch.tensor([1, 2, 3]):
    tried(lambda: F.adaptive_avg_pool2d(image, size))
    tried(lambda: F.adaptive_max_pool2d(image, size))
tried(lambda: F.unfold(image, torch.tensor([3, 4])))
tried(lambda: F.interpolate(image, torch.tensor(2)))
tried(lambda: F.interpolate(image, scale_factor=(0.5, 1)))
tried(lambda: F.interpolate(image, scale_factor=[0.5, 0.75], mode='bilinear'))
tried(lambda: F.interpolate(image, scale_factor=(2,)))
tried(lambda: x[[np.int64(2), 0]])
volume = torch.zeros(2, 3, 4)
tried(lambda: volume.movedim((0, 1), (-1, 0)).shape)
tried(lambda: volume.movedim((0, 0), (1, 2)))
tried(lambda: volume.movedim((0, 1), (1,)))
tried(lambda: x.new_zeros([1.5]))
tried(lambda: x.new_full('2', 3.))
tried(lambda: x.stride([1]))
tried(lambda: x.index_select(1, torch.tensor([0, -1])))
tried(lambda: torch.tensor(3.).index_select(0, torch.tensor([1])))
