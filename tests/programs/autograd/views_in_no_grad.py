# A view that is made in no_grad mode says requires_grad=True, as its base does, but no gradient flows through it.
import torch

w = torch.tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)
with torch.no_grad():
    row = w[0]
    print(row, row.is_leaf, row.grad_fn)
    print(row * 2)
    print(w[torch.tensor([0])], w.detach()[0])
    for each in w:
        print(each)
loss = (row * 2).sum()
loss.backward()
print(loss.grad_fn.name(), row.grad, w.grad)
