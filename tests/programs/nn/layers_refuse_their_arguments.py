# Layers that look at their arguments when they are made or called, and initial values that are not to be had.
import torch
import torch.nn as nn


def tried(call):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)


tried(lambda: nn.Softmax2d()(torch.ones(2, 3)))
tried(lambda: nn.Softmax2d()(torch.ones(2, 1, 1)))
tried(lambda: nn.Unflatten(1, 3))
tried(lambda: nn.Unflatten('a', 3))
tried(lambda: nn.Unflatten(1, (2, 1.5)))
tried(lambda: nn.Unflatten(1, (2, 2)))
torch.manual_seed(0)
tried(lambda: nn.init.trunc_normal_(torch.empty(3), 5, 1, -1, 1))
tried(lambda: nn.ReLU()(input=torch.tensor([-1., 2.])))
tried(lambda: nn.ReLU()())
tried(lambda: nn.Tanh()(torch.ones(1), torch.ones(1)))
tried(lambda: nn.Sequential(nn.ReLU())(torch.ones(1), 2))
tried(lambda: nn.Hardtanh(2, 1))
tried(lambda: nn.Hardtanh(min_value=-2, max_value=1))
print(isinstance(nn.ReLU6(), nn.Hardtanh), nn.ReLU6().max_val, nn.ReLU6(True))
image = torch.arange(4.).view(1, 1, 2, 2)
print(nn.Upsample(scale_factor=(1, 1.5), mode='bilinear', recompute_scale_factor=True)(image))
for kind in nn.RNN, nn.GRU, nn.LSTM:
    print(kind(2, 2, batch_first=True)(torch.ones(2, 3, 2))[0].grad_fn.name())
