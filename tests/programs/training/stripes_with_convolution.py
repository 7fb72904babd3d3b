# A small convolutional network tells horizontal from vertical and diagonal stripes.
import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(0)


def stripes(kind):
    i, j = torch.meshgrid(torch.arange(8), torch.arange(8), indexing="ij")
    phase = [i, j, i + j][kind] + torch.randint(0, 4, (1,))
    return (phase % 4 < 2).float() + 0.3 * torch.randn(8, 8)


labels = torch.arange(60) % 3
images = torch.stack([stripes(int(k)) for k in labels]).unsqueeze(1)


class ConvNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 6, 3)
        self.conv2 = nn.Conv2d(6, 8, 2)
        self.fc = nn.Linear(8, 3)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.relu(self.conv2(x))
        return self.fc(x.mean((2, 3)))


net = ConvNet()
optimizer = torch.optim.Adam(net.parameters(), lr=0.02)
for epoch in range(101):
    out = net(images)
    loss = F.cross_entropy(out, labels)
    optimizer.zero_grad(); loss.backward(); optimizer.step()
    if epoch % 20 == 0:
        print(f"epoch {epoch}: loss {loss.item():.3f}, right {(out.argmax(1) == labels).sum().item()} of 60")
