# The printed tree of a network, and what is registered by assignment.
import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(nn.Conv2d(1, 4, 3, padding=1), nn.BatchNorm2d(4), nn.ReLU(inplace=True), nn.MaxPool2d(2))
        self.drop = nn.Dropout(0.25)
        self.heads = nn.ModuleList([nn.Linear(4 * 7 * 7, 10), nn.Linear(4 * 7 * 7, 2, bias=False)])
        self.scale = nn.Parameter(torch.ones(1))
        self.register_buffer("mean", torch.zeros(3))
        self.plain = torch.zeros(2)

    def forward(self, x):
        x = self.drop(self.features(x)).flatten(1)
        return [head(x) * self.scale for head in self.heads]


net = Net()
print(net)
print([name for name, _ in net.named_parameters()])
print([name for name, _ in net.named_buffers()])
print([name for name, _ in net.named_modules()])
print([type(child).__name__ for child in net.children()])
print(sum(p.numel() for p in net.parameters()), type(net.drop), "plain" in net.state_dict())
net.eval()
print([out.shape for out in net(torch.zeros(2, 1, 14, 14))], net.drop.training)
