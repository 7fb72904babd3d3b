# What dropout takes from the stream of random numbers: nothing at p = 0, at p = 1 and in evaluation.
import torch
import torch.nn.functional as F

x = torch.ones(2, 10, requires_grad=True)
for p in 0.0, 0.25, 0.5, 1.0:
    for training in True, False:
        torch.manual_seed(0)
        y = F.dropout(x, p, training)
        g, = torch.autograd.grad(y.sum(), x) if y is not x else (x,)
        print(p, training, y.sum(), torch.equal(g, y), torch.rand(1))
for kind in F.dropout1d, F.dropout2d, F.alpha_dropout, F.feature_alpha_dropout:
    torch.manual_seed(1)
    print(kind.__name__, kind(torch.ones(1, 3, 2, 1) if kind is F.dropout2d else torch.ones(1, 3, 2), 0.5, True).flatten(), torch.rand(1))
torch.manual_seed(0)
try:
    F.dropout(torch.ones(3, dtype=torch.int64))
except RuntimeError as e:
    print(e, torch.rand(1))
