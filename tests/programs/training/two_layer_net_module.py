# The same as a class of one's own, with an optimizer and a scheduler.
import torch


class TwoLayerNet(torch.nn.Module):
    def __init__(self, D_in, H, D_out):
        super(TwoLayerNet, self).__init__()
        self.linear1 = torch.nn.Linear(D_in, H)
        self.linear2 = torch.nn.Linear(H, D_out)

    def forward(self, x):
        h_relu = self.linear1(x).clamp(min=0)
        return self.linear2(h_relu)


torch.manual_seed(0)
x = torch.randn(16, 8)
y = torch.randn(16, 2)
model = TwoLayerNet(8, 10, 2)
criterion = torch.nn.MSELoss(reduction="sum")
optimizer = torch.optim.SGD(model.parameters(), lr=2e-3, momentum=0.9)
scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size=40, gamma=0.5)
for t in range(121):
    loss = criterion(model(x), y)
    if t % 20 == 0:
        print(f"{t:3d} {loss.item():8.4f} lr {scheduler.get_last_lr()[0]:.4f}")
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    scheduler.step()
for name, p in model.named_parameters():
    print(f"{name:15s} {tuple(p.shape)} {p.norm().item():.3f}")
