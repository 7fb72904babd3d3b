# What is written element by element must not be its own operand; a value read at first may lie there.
import torch

places = torch.tensor([0, 1, 2, 3])
for call in (
    lambda x: x.index_copy_(0, places, x),
    lambda x: x.index_add_(0, places, x),
    lambda x: x.scatter_(0, places, x),
    lambda x: x.scatter_add_(0, places, x),
    lambda x: x.put_(places, x),
    lambda x: x.index_put_((places,), x),
    lambda x: x.masked_fill_(x > 1, x[0]),
    lambda x: x.index_fill_(0, places[:2], x[3]),
    lambda x: torch.zeros(2, 2, 2).baddbmm_(torch.ones(2, 2, 3).double(), torch.ones(2, 3, 2).double()),
    lambda x: torch.arange(3, out=x),
    lambda x: torch.histc(x.clone().requires_grad_(), 4, out=x),
    lambda x: torch.randn(4, out=x.requires_grad_()),
    lambda x: torch.zeros(4, out=x.requires_grad_()),
):
    try:
        print(call(torch.arange(4.0)))
    except RuntimeError as error:
        print(error)
print(torch.bincount(torch.tensor([1]), weights=torch.ones(1, requires_grad=True)).grad_fn.name())
