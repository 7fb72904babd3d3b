# A Jacobian, one backward pass for each row.
import torch

x = torch.tensor([1.0, 2.0], requires_grad=True)
y = torch.stack([x[0] * x[1], x[0] ** 2, x[0] + 3 * x[1]])

rows = []
for i in range(len(y)):
    one_hot = torch.zeros(3)
    one_hot[i] = 1.0
    (row,) = torch.autograd.grad(y, x, grad_outputs=one_hot, retain_graph=True)
    rows.append(row)
print(torch.stack(rows))
