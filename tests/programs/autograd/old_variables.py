# Programs of before 2018 wrap data in Variable: that is a tensor now, and isinstance() says so.
import warnings

import torch
from torch.autograd import Variable, gradcheck
from torch.autograd.gradcheck import GradcheckError

x = Variable(torch.ones(2), requires_grad=True)
(x * 3).sum().backward()
print(x, x.grad, type(x), isinstance(x, Variable), isinstance(x.grad, Variable), isinstance(3, Variable))
print(Variable(x * 2), Variable(data=torch.tensor([1, 2])))
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    Variable(torch.ones(1), volatile=True)
    print(caught[0].message)
for attempt in (lambda: Variable([1.0]), lambda: Variable(torch.tensor([1]), requires_grad=True)):
    try:
        attempt()
    except Exception as error:
        print(type(error).__name__ + ":", error)
try:
    gradcheck(lambda x: x.detach() + x, torch.ones(1, dtype=torch.float64, requires_grad=True))
except GradcheckError as error:
    print(str(error).splitlines()[0])
