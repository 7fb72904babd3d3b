# A network with one hidden layer learns XOR, written with nothing but tensors.
import torch

X = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
Y = torch.tensor([[0.0], [1.0], [1.0], [0.0]])
W1 = torch.tensor([[0.5, -0.6, 0.9], [-0.4, 0.7, 0.8]], requires_grad=True)
b1 = torch.zeros(3, requires_grad=True)
W2 = torch.tensor([[0.6], [0.9], [-0.8]], requires_grad=True)
b2 = torch.zeros(1, requires_grad=True)
optimizer = torch.optim.SGD([W1, b1, W2, b2], lr=0.3, momentum=0.9)

for epoch in range(401):
    out = torch.sigmoid(torch.tanh(X @ W1 + b1) @ W2 + b2)
    loss = (out - Y).pow(2).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    if epoch % 200 == 0:
        print(f"epoch {epoch}: loss {loss.item():.3f}")
print([round(p) for p in out.flatten().tolist()])
