# Taking and writing by position: take, index_add and its like, scatter_reduce, masked_scatter.
import torch

x = torch.tensor([[1.0, 3.0, 2.0], [5.0, -1.0, 4.0]], requires_grad=True)
at, row = torch.tensor([0, 2, 1]), torch.tensor([[0, 1, 0]])
print(torch.take(x, at), torch.take_along_dim(x, row, 1), x.put(at, torch.ones(3)))
print(x.index_add(1, at, x), x.index_copy(1, at, x), x.index_fill(1, at[:2], 9.0), sep="\n")
for reduce in ["sum", "prod", "mean", "amax", "amin"]:
    y = x.scatter_reduce(0, row, x[:1], reduce)
    print(reduce, y, torch.autograd.grad(y.sum(), x)[0])
print(x.masked_scatter(x > 2, torch.arange(6.0)), torch.select_scatter(x, torch.zeros(3), 0, 1), torch.diagonal_scatter(x, torch.zeros(2)))
counts = torch.zeros(4).index_add_(0, torch.tensor([1, 3, 3]), torch.ones(3))
print(counts, x.sum_to_size(1, 3))
(x.index_add(1, at, x) * torch.take(x, at)).sum().backward()
print(x.grad)
for wrong in [lambda: torch.take(x, torch.tensor([9])), lambda: x.index_copy(0, torch.tensor([7]), x[:1]), lambda: x.index_add(0, at, x)]:
    try:
        wrong()
    except (RuntimeError, IndexError) as e:
        print(e)
