# An autoencoder of images: convolutions, batch norms, transposed convolutions and enlarged pixels, trained to the last digit.
import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(0)
down = nn.Sequential(nn.Conv2d(1, 4, 3, stride=2, padding=1), nn.BatchNorm2d(4), nn.ReLU(), nn.Conv2d(4, 6, 3, padding=1), nn.BatchNorm2d(6), nn.ReLU())
up = nn.Sequential(nn.ConvTranspose2d(6, 4, 2, stride=2), nn.ReLU(), nn.Upsample(scale_factor=2), nn.Conv2d(4, 1, 3, stride=2, padding=1), nn.Sigmoid())
parameters = [*down.parameters(), *up.parameters()]
optimizer = torch.optim.SGD(parameters, lr=0.3, momentum=0.9)
x = torch.rand(10, 1, 8, 8).round()
for step in range(5):
    loss = F.binary_cross_entropy(up(down(x)), x)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    print(step, loss.item())
    print([p.grad.abs().sum().item() for p in parameters])
