# Stochastic weight averaging: the mean of a model's weights along its path, its schedule, and new statistics for its batch norms.
import torch
from torch import nn
from torch.optim.swa_utils import SWALR, AveragedModel, update_bn

torch.manual_seed(0)
model = nn.Linear(2, 1)
averaged = AveragedModel(model)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
schedule = SWALR(optimizer, swa_lr=0.05, anneal_epochs=3)
for i in range(5):
    optimizer.zero_grad()
    model(torch.ones(1, 2)).sum().backward()
    optimizer.step()
    averaged.update_parameters(model)
    schedule.step()
    print(optimizer.param_groups[0]['lr'], averaged.module.weight, averaged.n_averaged)
print(averaged, averaged(torch.ones(1, 2)), list(averaged.state_dict()))
linear = SWALR(optimizer, swa_lr=0.01, anneal_epochs=3, anneal_strategy='linear')
for i in range(4):
    optimizer.step()
    linear.step()
    print(linear.get_last_lr())
for options in [dict(anneal_strategy='x'), dict(anneal_epochs=-1)]:
    try:
        SWALR(optimizer, 0.1, **options)
    except ValueError as error:
        print(error)
net = nn.Sequential(nn.Linear(2, 2), nn.BatchNorm1d(2))
update_bn([torch.ones(3, 2), torch.rand(3, 2)], net)
print(net[1].running_mean, net[1].running_var, net[1].momentum)
lazy = nn.LazyInstanceNorm2d(affine=True)
print(lazy, lazy(torch.rand(2, 3, 4, 4)).shape, lazy)
