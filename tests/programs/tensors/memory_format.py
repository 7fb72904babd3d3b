# memory_format=torch.contiguous_format lays a copy row by row, where copies keep the order of the dimensions else.
import torch

x = torch.arange(6.0).reshape(2, 3).t()
for form in torch.contiguous_format, torch.preserve_format:
    print(form, x.clone(memory_format=form).stride(), torch.zeros_like(x, memory_format=form).stride(), torch.full_like(x, 3, memory_format=form).stride())
    print(x.double(memory_format=form).stride(), x.to(torch.int64, memory_format=form).stride(), x.to(torch.float32, memory_format=form) is x)
    print(x.to(torch.float32, copy=True, memory_format=form).stride(), x.type(torch.float64, memory_format=form).stride(), x.cpu(memory_format=form) is x)
torch.manual_seed(0)
print(torch.rand_like(x, memory_format=torch.contiguous_format), torch.rand_like(x))
w = x.clone().requires_grad_()
y = w.clone(memory_format=torch.contiguous_format)
print(y.grad_fn.name(), w.double(memory_format=torch.contiguous_format).grad_fn.name())
(y * y).sum().backward()
print(w.grad, w.grad.stride(), y.is_contiguous(memory_format=torch.contiguous_format))
for wrong in (lambda: x.contiguous(memory_format=torch.preserve_format), lambda: x.clone(memory_format=3), lambda: x.float(1), lambda: x.float(memory_format="rows"), lambda: x.cpu(3)):
    try:
        wrong()
    except (RuntimeError, TypeError) as error:
        print(type(error).__name__, error)
for fill in torch.rand, torch.randn:
    out = torch.zeros(5, 4).t()
    print(fill(4, 5, out=out), out.stride())
