# The inverse hyperbolic functions have no derivative in place: the pass backward says so.
import torch
import torch.autograd.forward_ad as forward

x = torch.tensor([1.5, 1.7], requires_grad=True)
for name in "acosh", "asinh", "atanh":
    y = getattr(x / 2 + (name == "acosh"), name + "_")()
    print(y.grad_fn.name(), [known for known in dir(y.grad_fn) if "saved" in known])
    try:
        y.sum().backward()
    except NotImplementedError as error:
        print(error)
    print(torch.autograd.grad(getattr(x / 2 + (name == "acosh"), name)().sum(), x))
    with torch.no_grad():
        print(getattr(x * 0 + 1, name + "_")())
    with forward.dual_level():
        dual = forward.make_dual(torch.ones(2), torch.ones(2)) * 1
        try:
            getattr(dual, name + "_")()
        except NotImplementedError as error:
            print(error)
(x / 2).asinh_().sum().backward()
