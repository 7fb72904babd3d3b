# Losses take a target of another type, their gradients do not.
import torch
import torch.nn.functional as F

x = torch.tensor([0.5, 0.25])
for target in torch.tensor([0.1, 0.7], dtype=torch.float64), torch.tensor([0, 1]):
    for loss in F.mse_loss, F.l1_loss, F.smooth_l1_loss, F.huber_loss, F.binary_cross_entropy:
        w = x.clone().requires_grad_()
        try:
            value = loss(w, target)
            print(loss.__name__, value)
            value.backward()
            print(w.grad)
        except RuntimeError as error:
            print(error)
