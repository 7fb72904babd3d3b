# Functions of torch.nn.functional are Python: an argument of a wrong type fails where it is first used.
import torch
import torch.nn.functional as F


def told(call):
    try:
        call()
    except Exception as error:
        print(type(error).__name__, error)


x = torch.ones(2)
told(lambda: F.mse_loss(x, "a"))
told(lambda: F.mse_loss([1.0], [2.0]))
told(lambda: F.softmax([1, 2], dim=0))
told(lambda: F.softmax(x, dim="a"))
told(lambda: F.cross_entropy(torch.ones(2, 3), [0, 1]))
told(lambda: F.dropout(x, "a"))
told(lambda: F.relu())
told(lambda: torch.autograd.grad(x))
told(lambda: x.backward(retain_grad=True))
