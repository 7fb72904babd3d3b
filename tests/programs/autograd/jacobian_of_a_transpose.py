# A Jacobian for all rows at once is the same whatever the tensors look like in memory.
import torch
from torch.autograd.functional import hessian, jacobian

x = torch.arange(6.0).reshape(2, 3).t()
by_rows, at_once = jacobian(torch.sin, x), jacobian(torch.sin, x, vectorize=True)
print(torch.equal(by_rows, at_once), at_once.shape, at_once.stride())
print(at_once.sum(dim=(2, 3)))
pair = jacobian(lambda a: (a.t(), a.sum(0)), x, vectorize=True)
print([part.shape for part in pair], pair[1])
print(hessian(lambda a: (a.sin() * a).sum(), x, vectorize=True).sum(dim=(2, 3)))
