// Programs that several browser tests begin with.

/** A network of two layers, and an input for it. */
export const NET = `import torch
from torch import nn
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(2, 3)
        self.fc2 = nn.Linear(3, 1)
    def forward(self, x):
        return self.fc2(torch.tanh(self.fc1(x)))
net = Net()
x = torch.ones(4, 2)
`;
