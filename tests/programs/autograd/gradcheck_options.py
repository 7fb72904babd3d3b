# gradcheck looks further when it is told to: whether gradients are the same twice, come from batches and forward mode, and stand missing seeds.
import torch
from torch.autograd import Function, gradcheck, gradgradcheck

x = torch.linspace(0.2, 0.8, 3, dtype=torch.float64, requires_grad=True)


def asked(check, *args, **kwargs):
    try:
        print(check(*args, **kwargs))
    except Exception as error:
        print(type(error).__name__ + ":", str(error).split("\n\nNOTE")[0])


class Unsteady(Function):
    calls = 0

    @staticmethod
    def forward(ctx, x):
        return x * 2

    @staticmethod
    def backward(ctx, g):
        Unsteady.calls += 1
        return g * (2 + 1e-7 * Unsteady.calls)


asked(gradcheck, torch.sin, x, fast_mode=True, check_batched_grad=True, check_forward_ad=True, check_batched_forward_grad=True)
asked(gradcheck, Unsteady.apply, x)
asked(gradcheck, Unsteady.apply, x, nondet_tol=1e-4)
asked(gradcheck, Unsteady.apply, x, check_forward_ad=True, nondet_tol=1)
asked(gradcheck, torch.sin, x, check_forward_ad=False, check_backward_ad=False)
asked(gradgradcheck, torch.sin, x, check_fwd_over_rev=True, check_rev_over_rev=False)
asked(gradgradcheck, torch.sin, x, gen_non_contig_grad_outputs=True, fast_mode=True)
