# What operators give at the edges: of nothing, of singular and asymmetric matrices, of truth values, of nan, and in the layout of what was converted.
import numpy as np
import torch
import torch.nn.functional as F

nan = float('nan')
x = torch.tensor([nan, 7.0, 3.0] * 6, requires_grad=True)
F.relu6(x).sum().backward()
print(x.grad)
print(torch.norm(torch.ones(2, 0), -1.5, 1), torch.dist(torch.ones(0), torch.ones(0), -1))
print(F.l1_loss(torch.tensor(0.5, dtype=torch.float64), torch.ones(3)).dtype, F.cosine_similarity(torch.ones(()).double(), torch.ones(3), 0).dtype)
print(torch.linalg.cond(torch.ones(2, 2), 1), torch.linalg.cond(torch.zeros(2, 0, 0), 'fro'))
print(torch.linalg.pinv(torch.tensor([[2.0, 9.0], [1.0, 1.0]]), hermitian=True).round(), torch.linalg.pinv(torch.ones(1, 0), hermitian=True))
print(F.nll_loss(torch.zeros(0), torch.zeros(0).long(), reduction='none'), F.nll_loss(torch.zeros(3), torch.tensor(1), reduction='none'))
x = torch.tensor([-1e6, -100.0, -2.0, 1.0], requires_grad=True)
torch.special.log_ndtr(x).sum().backward()
print(x.grad)
torch.manual_seed(1)
print(torch.zeros(2, 3).bernoulli_(torch.tensor([0.1, 0.5, 0.9])), torch.zeros(2).bernoulli_(torch.tensor(0.5, dtype=torch.float64)))
print((torch.ones((), dtype=torch.int8).expand(2, 2) + torch.ones(2, 2).t()).stride(), torch.constant_pad_nd(torch.ones(3, 2).t(), (-1, 0)).stride())
print(torch.tensor([True, False]) | np.array([False, False]), F.adaptive_avg_pool2d(torch.ones(1, 2, 2), np.array([1, 2])))
a = np.arange(4)
a **= 2.0
print(a)
for mistake in (lambda: torch.tensor([1.0, 2.0], requires_grad=True).pow(torch.tensor(True)).backward(), lambda: torch.clamp(torch.ones(2).bool(), False, True),
                lambda: torch.norm(torch.ones(2), axis=0), lambda: torch.inner(torch.ones(1).int(), torch.ones(1).int()), lambda: F.unfold(torch.ones(1, 1, 3, 3), 2, padding=(1,)),
                lambda: torch.zeros(2).bernoulli_(torch.tensor(1)), lambda: torch.normal(0.5, torch.tensor([1.0, nan])), lambda: torch.cdist(torch.ones(2, 1), torch.ones(2, 1), nan),
                lambda: exec('x = torch.tensor(2); x *= [5]'), lambda: exec('a = np.ones(2); a *= torch.ones(2)')):
    try:
        print(mistake())
    except Exception as error:
        print(type(error).__name__, error)
