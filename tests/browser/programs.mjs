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

/** A loop that goes on for minutes: its rounds take so long that the limit of steps does not end it meanwhile. */
export const LONG_LOOP = `for i in range(10**9):
    letters = sorted("a long loop" * 10)`;

/** An optimizer goes down a valley in so many steps. */
export const valley = (steps) => `import torch
w = torch.tensor([-1.0, 2.0], requires_grad=True)
opt = torch.optim.SGD([w], lr=0.05)
for i in range(${steps}):
    loss = (w[0] - 1)**2 + 4 * w[1]**2
    opt.zero_grad()
    loss.backward()
    opt.step()
`;
