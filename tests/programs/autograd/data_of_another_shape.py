# A graph goes on as it was made when `.data` gets another shape or type: gradients fit what a tensor was.
import torch


def attempt(do):
    try:
        do()
    except RuntimeError as error:
        print(error)


a = torch.tensor(2., requires_grad=True)
b = a * a
a.data = torch.tensor(3., dtype=torch.float64)
b.backward()
print(a, a.grad)

a = torch.tensor([2., 3.], requires_grad=True)
total, double = a.sum(), a * 2
a.data = torch.tensor([3., 4., 5.])
triple = a * 3
attempt(total.backward)
attempt(lambda: triple.sum().backward())
attempt(lambda: double.sum().backward())
print(a.grad)

x = torch.ones(3, requires_grad=True) * 2
y = x.mean()
x.data = torch.zeros(2, 3)
x[0] = 1
print(x.grad_fn.next_functions[0][0].name(), y.grad_fn._saved_self_sizes)
y.backward()

p = torch.ones(2, requires_grad=True) * 2
q = p.detach()
q.data = torch.zeros(3)
q.add_(1)
print(p._version, q._version, p, q)
