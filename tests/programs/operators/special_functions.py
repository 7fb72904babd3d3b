# The gamma family, Bessel functions, the error function's relatives; in torch and in torch.special.
import torch

x = torch.tensor([0.3, 1.0, 2.5, 7.0], requires_grad=True)
print(torch.lgamma(x), torch.digamma(x))
print(torch.polygamma(2, x.detach()), torch.mvlgamma(x.detach() + 2, 2))
print(torch.i0(x), torch.special.i1(x), torch.special.i0e(x))
print(torch.special.ndtr(x.detach()), torch.special.log_ndtr(-x), torch.special.entr(x))
print(torch.erfinv(x / 10), torch.logit(x / 10), torch.sinc(x))
print(torch.special.expit(x), torch.special.gammaln(x).grad_fn.name())
(torch.lgamma(x) + torch.sinc(x) + torch.logit(x / 10)).sum().backward()
print(x.grad)
print(torch.special.xlog1py(torch.tensor(0.0), torch.tensor(-1.0)), torch.xlogy(2, x))
try:
    torch.mvlgamma(x, 0)
except RuntimeError as e:
    print(e)
