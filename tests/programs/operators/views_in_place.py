# unsqueeze_, squeeze_, t_ and transpose_ change the tensor's own shape.
import torch

x = torch.arange(6.0).reshape(2, 3)
same = x
x.t_()
print(same.shape, x.stride(), x._version)
x.unsqueeze_(0).transpose_(0, 2)
print(same.shape)
print(x.squeeze_(), x.shape)
w = torch.ones(2, requires_grad=True)
y = (w * torch.tensor([3.0, 4.0])).unsqueeze_(0)
print(y, y.t_().grad_fn.name())
y.sum().backward()
print(w.grad)
try:
    w.unsqueeze_(0)
except RuntimeError as e:
    print(e)
