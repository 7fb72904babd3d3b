# transpose and swapdims count dim0 and dim1, swapaxes axis0 and axis1; what their nodes keep, and the node of a norm of another type.
import torch

x = torch.arange(6.0).view(2, 3).requires_grad_()
y = x.detach()
for right in [x.transpose(dim0=0, dim1=1), x.swapdims(dim0=0, dim1=1), torch.swapaxes(x, axis0=0, axis1=1), y.clone().swapaxes_(axis0=0, axis1=1), y.clone().swapdims_(0, 1)]:
    print(right.tolist(), right.grad_fn and right.grad_fn.name())
for wrong in [lambda: torch.swapaxes(x, dim0=0, dim1=1), lambda: torch.swapdims(x, axis0=0, axis1=1), lambda: y.transpose_(axis0=0, axis1=1), lambda: y.swapaxes_(dim0=0, dim1=1)]:
    try:
        print(wrong())
    except TypeError as error:
        print(error)
print(x.transpose(0, -1).grad_fn._saved_dim1, x.swapaxes(axis0=-2, axis1=1).grad_fn._saved_dim0)
print(x.norm(2, 0).grad_fn.name(), x.norm(2, 0, dtype=torch.float64), torch.norm(x, 1, dtype=torch.float64).grad_fn._saved_p)
