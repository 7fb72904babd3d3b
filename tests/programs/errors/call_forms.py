# What PyTorch says of arguments that fit none of a function's call forms.
import torch


def told(call):
    try:
        call()
    except (TypeError, RuntimeError) as error:
        print(error)


x = torch.ones(2, 3)
told(lambda: x.add())
told(lambda: x.add(1, 2, 3))
told(lambda: torch.add(other=x))
told(lambda: torch.add(x, "a"))
told(lambda: torch.full((2,)))
told(lambda: torch.ones(2, dtype="float"))
told(lambda: x.transpose(0))
told(lambda: x.view("a"))
told(lambda: x.sum("a"))
told(lambda: x.sum(dims=0, keep=True))
told(lambda: torch.max([1, 2], 0))
told(lambda: torch.where([True], 1, 2))
told(lambda: torch.index_select(x, 0, [0]))
told(lambda: x.size(1.5))
told(lambda: torch.nn.functional.leaky_relu(x, "a"))
told(lambda: torch.randn((2, 2), 3))
