# Numpy's functions of elements make a tensor of a tensor; what reduces calls the tensor's method, which refuses numpy's words.
import numpy as np
import torch

x = torch.tensor([3.0, 1.0, 2.0])
for function in (np.exp, np.sqrt, np.cumsum, np.argmax, np.argsort, np.round, np.squeeze, np.transpose, np.sort, np.shape, np.median, np.ravel, np.copy):
    print(repr(function(x)))
print(np.add(x, 1), np.maximum(x, 2.0), np.multiply(np.ones(3), x), np.greater(x, 1), np.clip(x, 1.5, 2.5), np.dot(x, x), np.where(x > 1, x, 0))
for function in (np.max, np.min, np.sum, np.mean, np.std, np.any, np.prod, np.average):
    try:
        print(function(x))
    except TypeError as error:
        print(str(error).splitlines()[0])
for call in (lambda: np.sum(x, axis=0), lambda: np.mean(x, 0), lambda: np.var(x, ddof=1), lambda: np.exp(x, 2), lambda: np.mean(x.numpy()), lambda: x.numpy().max(),
             lambda: np.argmax(torch.ones(2, requires_grad=True)), lambda: np.max(torch.ones(2, requires_grad=True))):
    try:
        print(call())
    except (TypeError, RuntimeError) as error:
        print(str(error).splitlines()[0])
print(torch.tensor([np.ones(2), np.zeros(2)]))
print(torch.tensor((np.ones(2), np.zeros(2))))
