# A layer whose name is misspelt is missed by the module's __getattr__, and the traceback names what was meant; the module traceback does not.
import traceback

import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.Linear(2, 3)
        self.register_buffer("running_avg", torch.zeros(1))

    @property
    def size(self):
        raise AttributeError("not known yet")

    def forward(self, x):
        return self.encodr(x)


net = Net()
for look in [lambda: net.runing_avg, lambda: net.size, lambda: net.encoder.wieght, lambda: torch.optim.adam(net.parameters()), lambda: "a".uper()]:
    try:
        look()
    except AttributeError as error:
        print(error, "|", error.name, "|", type(error.obj).__name__)
        print(traceback.format_exception_only(type(error), error))
print(list(vars(nn.ReLU())))
net(torch.ones(1, 2))
