# The common losses as modules, with reductions and weights.
import torch
from torch import nn

logits = torch.tensor([[1.0, 2.0, 0.5], [0.1, -1.0, 3.0]], requires_grad=True)
target = torch.tensor([1, 2])
print(nn.CrossEntropyLoss()(logits, target), nn.CrossEntropyLoss(reduction="none")(logits, target))
print(nn.CrossEntropyLoss(weight=torch.tensor([1.0, 2.0, 3.0]))(logits, target), nn.CrossEntropyLoss(label_smoothing=0.1)(logits, target))
print(nn.NLLLoss()(nn.LogSoftmax(dim=1)(logits), target))
a, b = torch.tensor([0.2, 0.9, 0.6]), torch.tensor([0.0, 1.0, 1.0])
for loss in (nn.MSELoss(), nn.L1Loss(reduction="sum"), nn.SmoothL1Loss(), nn.HuberLoss(delta=0.3), nn.BCELoss(), nn.BCEWithLogitsLoss(pos_weight=torch.tensor(2.0))):
    print(loss, loss(a, b))
nn.CrossEntropyLoss()(logits, target).backward()
print(logits.grad)
