# What operators in place, out= and dimensions of a lone number say when they fail.
import torch
import torch.nn.functional as F


def tell(call):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)


whole, real, truth = torch.tensor([1, 2, 3]), torch.ones(3), torch.tensor([True, False, True])
tell(lambda: whole.clone().pow_(0.5))
tell(lambda: truth.clone().square_())
tell(lambda: torch.square_(truth.clone()))
tell(lambda: whole.clone().clamp_(min=0.5))
tell(lambda: whole.clone().bitwise_and_(real))
tell(lambda: whole.clone().bitwise_left_shift_(2.0))
tell(lambda: whole.clone().gcd_(torch.ones(2)))
tell(lambda: torch.ones(4).addmm_(torch.ones(2, 3), torch.ones(3, 4)))
tell(lambda: torch.ones(2).baddbmm_(torch.ones(2, 2, 3), torch.ones(2, 3, 2)))
tell(lambda: torch.ones(()).addmv_(torch.ones(2, 3), real))
tell(lambda: torch.ones(3).addr_(real, real))
tell(lambda: torch.stack([real], out=torch.zeros(1, 3, dtype=torch.int64)))
tell(lambda: torch.zeros(3, out=torch.ones(3, requires_grad=True)))
tell(lambda: torch.nonzero(real, as_tuple=False, out=torch.zeros(0, dtype=torch.int64)))
tell(lambda: torch.ones(()).size(-1))
tell(lambda: torch.where(1, real, real))
tell(lambda: F.alpha_dropout(whole, training=True))
tell(lambda: F.dropout3d(whole.reshape(1, 3)))
tell(lambda: F.soft_margin_loss(whole, whole))
tell(lambda: F.multi_margin_loss(whole, torch.tensor(0)))
tell(lambda: F.pad(whole.reshape(1, 3), (1, 1), 'replicate'))
tell(lambda: torch.constant_pad_nd(real, (-4, 4)))
tell(lambda: [hasattr(torch, name) for name in ('sign_', 'absolute_', 'sgn_', 'abs_')])
