# What backward() and grad() are told beside the tensors: flags are ints, one warning is given once, seeds of batches have a row for each.
import warnings

import torch

x = torch.tensor([1.0, 2.0], requires_grad=True)


def asked(function):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            print(function())
        except Exception as error:
            print(type(error).__name__ + ":", str(error)[-180:])
    for warning in caught:
        print(warning.category.__name__, str(warning.message)[:60])


asked(lambda: x.sum().backward(retain_graph="yes"))
asked(lambda: x.sum().backward(create_graph=None))
asked(lambda: torch.autograd.grad(x.sum(), x, retain_graph=[1]))
asked(lambda: (x**3).sum().backward(create_graph=True))
asked(lambda: (x**3).sum().backward(create_graph=1))
asked(lambda: torch.autograd.grad(x.sum(), x, only_inputs=False))
asked(lambda: torch.autograd.grad(x**2, x, torch.ones(4, 3), is_grads_batched=True))
asked(lambda: (x * 2).grad_fn(3))
asked(lambda: x.to(x.dtype, copy=True))
