# set_ leaves a node without a derivative, and what a Function changed in place may be saved.
import torch


class Exp(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.mark_dirty(x)
        ctx.save_for_backward(x.exp_())
        return x

    @staticmethod
    def backward(ctx, g):
        return g * ctx.saved_tensors[0]


a = torch.tensor([1.0, 2.0], requires_grad=True)
x = torch.ones(2)
x.set_(a)
print(x, x.grad_fn.name(), [edge[0] for edge in x.grad_fn.next_functions][0], x._version)
try:
    x.sum().backward()
except RuntimeError as error:
    print(error)
y = a * 2
top = y[:1]
top.set_(torch.ones(1))
print(y.grad_fn.name(), top.grad_fn.name(), top)
b = a * 1
c = Exp.apply(b)
(b.amax(0) + c.sum()).backward()
print(a.grad)
