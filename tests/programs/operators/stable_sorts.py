# sort and argsort say whether equal elements keep their order (here they always do), and count_nonzero counts along dimensions.
import torch

x = torch.tensor([[3., 1, 2], [1, 1, 0]], requires_grad=True)
for f in [lambda: torch.sort(x, stable=True), lambda: x.sort(stable=True, dim=0, descending=True).indices, lambda: torch.argsort(x, stable=True), lambda: x.argsort(dim=0, stable=True),
          lambda: torch.sort(x, stable=True, dim=7), lambda: torch.argsort(x, stable=3), lambda: torch.count_nonzero(x), lambda: torch.count_nonzero(x, dim=0), lambda: x.count_nonzero((0, 1)),
          lambda: torch.count_nonzero(x, 5), lambda: torch.count_nonzero(x, (0, 0)), lambda: torch.count_nonzero(torch.ones(0, 3), 0), lambda: torch.count_nonzero(torch.tensor(5), 0)]:
    try:
        print(f())
    except Exception as error:
        print(type(error).__name__, error)
print(torch.autograd.grad((torch.sort(x, stable=True, dim=0).values * torch.tensor([[1.], [2.]])).sum(), x))
