# Adagrad begins its state with the optimizer; a factor by function is no LambdaLR.
import torch
from torch import nn
p = [nn.Parameter(torch.ones(2)), nn.Parameter(torch.ones(1))]
o = torch.optim.Adagrad(p, lr=0.1, initial_accumulator_value=0.5)
print(o.state_dict())
(p[0].sum()*2).backward(); o.step(); print(o.state_dict()); print(len(o.state))
s = torch.optim.lr_scheduler.MultiplicativeLR(o, lambda e: .5)
print(isinstance(s, torch.optim.lr_scheduler.LambdaLR), s.state_dict()['lr_lambdas'])
