# A class derived from torch.Tensor: what is made of its instances is an instance too, but gradients are plain tensors.
import torch


class Distance(torch.Tensor):
    def in_km(self):
        return self / 1000


d = Distance([1500.0, 250.0])
print(d, type(d), isinstance(d, torch.Tensor))
print(d.in_km(), type(d + 1), type(torch.ones(2) * d), type(d.sum()), type(d[0]), type(torch.stack([d, d])))
print(type(d.shape), type(d.detach()), type(d.clone()), d.tolist())
plain = torch.tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)
e = plain.as_subclass(Distance)
print(e, e.in_km())
e.in_km().sum().backward()
print(plain.grad, type(plain.grad))


class Named(torch.Tensor):
    @staticmethod
    def __new__(cls, data, name):
        return torch.Tensor(data).as_subclass(cls)

    def __init__(self, data, name):
        self.label = name


n = Named([1.0, 2.0], 'pair')
print(n, n.label, hasattr(n * 2, 'label'))
