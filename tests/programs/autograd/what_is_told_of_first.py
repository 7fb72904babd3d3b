# Of several saved tensors that were changed the error names that which PyTorch unpacks first; views follow a base that needs no gradient any more.
import torch

a = torch.tensor([[1., 2., 3.]], requires_grad=True)
b = a.narrow(0, 0, 1)
c = a / b
a.detach().mul_(2)
try:
    c.sum().backward()
except RuntimeError as error:
    print(error)

a = torch.ones(2, 3, requires_grad=True)
b = a[0]
a.requires_grad = False
b.detach().mul_(2)
print(b.grad_fn.name(), b.grad_fn.next_functions)

a = torch.zeros(4, requires_grad=True)
seed = torch.ones(2, 2)
a.view(2, 2).backward(seed)
a.view(2, 2).backward(seed)
print(a.grad, a.grad._version, seed)  # what comes in may become the gradient itself

s = torch.diag(torch.tensor([3., 2.])).requires_grad_().svd()[1]
print(s.output_nr, s.detach_().output_nr, s.requires_grad)
print(torch.ones(2, 4, requires_grad=True).chunk(2, -1)[0].grad_fn._saved_dim)

x = torch.arange(4.).requires_grad_()
g, = torch.autograd.grad(x.prod(), x, create_graph=True)
print(g, [to.name() for to, _ in g.grad_fn.next_functions[0][0].next_functions[1][0].next_functions])
print(torch.autograd.functional.jacobian(torch.detach, x[:0], vectorize=True))
print((torch.ones(2, 1).t() ** 2).stride(), (torch.ones(2, 1).t() * 2).stride())

p = torch.zeros(2, 3, requires_grad=True)
p.grad = torch.ones(3, 2).t()
p.sum().backward()
