# Norms of vectors and matrices, and distances.
import torch

x = torch.tensor([[3.0, -4.0], [1.0, 2.0]], requires_grad=True)
print(torch.linalg.norm(x), torch.linalg.norm(x, dim=1), torch.linalg.vector_norm(x, 3))
for order in ["fro", "nuc", 1, -1, 2, float("inf")]:
    y = torch.linalg.matrix_norm(x, order)
    print(order, y, torch.autograd.grad(y, x)[0])
print(torch.dist(x, x + 1), torch.cdist(x, torch.tensor([[0.0, 0.0], [3.0, 0.0]])), torch.renorm(x, 2, 0, 3.0))
torch.cdist(x, x.detach() + 1).sum().backward()
print(x.grad)
for wrong in [lambda: torch.linalg.norm(x, "foo"), lambda: torch.linalg.norm(torch.ones(2, 2, 2), 2), lambda: torch.cdist(x, x[:, :1])]:
    try:
        wrong()
    except RuntimeError as e:
        print(e)
