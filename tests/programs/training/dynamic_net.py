# Control flow and shared weights: the middle layer is applied a random number of times.
import random
import torch


class DynamicNet(torch.nn.Module):
    def __init__(self, D_in, H, D_out):
        super().__init__()
        self.input_linear = torch.nn.Linear(D_in, H)
        self.middle_linear = torch.nn.Linear(H, H)
        self.output_linear = torch.nn.Linear(H, D_out)

    def forward(self, x):
        h = self.input_linear(x).clamp(min=0)
        for _ in range(random.randint(0, 3)):
            h = self.middle_linear(h).clamp(min=0)
        return self.output_linear(h)


random.seed(4)
torch.manual_seed(0)
x = torch.randn(16, 8)
y = torch.randn(16, 2)
model = DynamicNet(8, 10, 2)
optimizer = torch.optim.SGD(model.parameters(), lr=1e-3, momentum=0.9)
for t in range(101):
    loss = torch.nn.functional.mse_loss(model(x), y, reduction="sum")
    if t % 20 == 0:
        print(t, f"{loss.item():.3f}")
    optimizer.zero_grad(set_to_none=True)  # a layer that was not used keeps still
    loss.backward()
    optimizer.step()
