# Sizes may be tensors of one whole number; a device and a type are told from what is neither.
import torch

n = torch.tensor([3])
x = torch.arange(6.)
print(torch.zeros(n), torch.zeros((2, n)), torch.zeros(2, n).shape)
print(x.reshape(2, n), x.view(n, 2).shape, x.reshape(n, 2).flip(torch.tensor([1])))
print(x.reshape(2, 3).hsplit(torch.tensor([1])), x.split(torch.tensor([4])))
print(torch.tensordot(x, x, torch.tensor(1)), torch.nn.functional.normalize(x.reshape(2, 3), dim=(0, 1)))
print(x.reshape(2, 3).count_nonzero(0, 1), x.roll(2, None), torch.histc(torch.tensor([0.345, 0.1]), max=0.5).nonzero())
for attempt in [
    lambda: x.reshape(torch.tensor([2, 3])),
    lambda: x.to('float64'),
    lambda: x.to('gpu'),
    lambda: x.type(float),
    lambda: +torch.tensor([True]),
    lambda: torch.nn.functional.normalize(x, axis=0),
]:
    try:
        attempt()
    except Exception as error:
        print(type(error).__name__, error)

q = torch.tensor([0.25, 0.6], requires_grad=True)
x.quantile(q).sum().backward()
print(q.grad, torch.special.round(x.requires_grad_()).grad_fn.name(), x.diff(0).grad_fn.name())
