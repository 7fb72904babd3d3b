# What a hook gives in the place of a gradient must be of its kind; a node's hook gives a tuple.
import torch


def asked(make, function):
    x = torch.ones(2, requires_grad=True)
    y = x * 2
    try:
        make(x, y)(function)
        y.sum().backward()
        print(x.grad)
    except Exception as error:
        print(type(error).__name__ + ":", error)


def on_tensor(x, y):
    return y.register_hook


def on_node(x, y):
    return y.grad_fn.register_hook


def before_node(x, y):
    return y.grad_fn.register_prehook


for given in (3, torch.ones(3), torch.ones(2, dtype=torch.float64)):
    asked(on_tensor, lambda g, given=given: given)
    asked(on_node, lambda gives, came, given=given: given)
    asked(on_node, lambda gives, came, given=given: (given, None))
    asked(before_node, lambda came, given=given: (given,))
asked(on_node, lambda gives, came: (gives[0] * 10, torch.ones(2)))
asked(on_node, lambda gives, came: (gives[0] * 10, None))
asked(before_node, lambda came: (came[0] * 3,))
