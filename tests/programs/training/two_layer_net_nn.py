# The same with torch.nn: layers hold the parameters, and the loss is a module too.
import torch

torch.manual_seed(0)
N, D_in, H, D_out = 16, 8, 10, 2
x = torch.randn(N, D_in)
y = torch.randn(N, D_out)
model = torch.nn.Sequential(
    torch.nn.Linear(D_in, H),
    torch.nn.ReLU(),
    torch.nn.Linear(H, D_out),
)
loss_fn = torch.nn.MSELoss(reduction="sum")
learning_rate = 2e-3
for t in range(101):
    y_pred = model(x)
    loss = loss_fn(y_pred, y)
    if t % 20 == 0:
        print(t, f"{loss.item():.4f}")
    model.zero_grad()
    loss.backward()
    with torch.no_grad():
        for param in model.parameters():
            param -= learning_rate * param.grad
print(model)
