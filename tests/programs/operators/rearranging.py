# Turning, repeating, splitting and stacking.
import torch

x = torch.arange(6.0).reshape(2, 3).requires_grad_()
v = torch.arange(3.0)
print(torch.fliplr(x), torch.flipud(x), torch.rot90(x), sep="\n")
print(torch.repeat_interleave(v, 2), x.repeat_interleave(torch.tensor([1, 2]), dim=0), sep="\n")
print(torch.diag_embed(v), torch.diagflat(v, 1), torch.block_diag(x, v), sep="\n")
print(v.unfold(0, 2, 1), x.unfold(1, 2, 1).sum())
print(torch.tril_indices(3, 3), torch.triu_indices(2, 3, 1))
print(torch.dstack([v, v]).shape, torch.column_stack([v, v]), torch.atleast_2d(v))
print(torch.tensor_split(torch.arange(7), 3), torch.hsplit(v, 3))
rows, columns = torch.meshgrid(v, torch.arange(2.0), indexing="ij")
print(rows, columns, torch.cartesian_prod(v, v).shape)
print(torch.combinations(torch.tensor([1, 2, 3])), torch.broadcast_to(v, (2, 3)))
print([t.shape for t in torch.broadcast_tensors(x, v)])
(x.unfold(1, 2, 1) * torch.rot90(x).sum()).sum().backward()
print(x.grad)
for wrong in [lambda: torch.vsplit(torch.ones(3, 2), 2), lambda: torch.fliplr(v), lambda: v.unfold(0, 4, 1)]:
    try:
        wrong()
    except RuntimeError as e:
        print(e)
