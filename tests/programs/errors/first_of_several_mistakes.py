# Of several mistakes in a call, products, losses and changes in place tell the one that PyTorch finds first.
import torch
import torch.nn.functional as F


def tell(call):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__ + ":", error)


ones, flags = torch.ones, torch.ones(2, 2).bool()
tell(lambda: ones(2, 3).addmm_(ones(2, 3), ones(3, 2)))
tell(lambda: ones(2, 2).addmm_(ones(2, 3).int(), ones(3, 2)))
tell(lambda: flags.addmm_(flags, flags))
tell(lambda: ones(3).baddbmm_(ones(2, 2, 3), ones(2, 3, 2)))
tell(lambda: ones(2, 2, 2).baddbmm_(ones(2, 2, 3).double(), ones(2, 3, 2).double()))
tell(lambda: torch.addbmm(ones(2, 2), ones(3), ones(2, 2, 2)))
tell(lambda: ones(3).addmv_(ones(2, 3), ones(3)))
tell(lambda: ones(2) >> ones(3).int())
tell(lambda: torch.gcd(ones(2), other=ones(3).int()))
tell(lambda: torch.tensor([1]).floor_divide_(torch.tensor([0, 0, 0])))
tell(lambda: ones(3).masked_fill_(torch.tensor([[2.0], [3.0]]), 1.0))
tell(lambda: ones(3).cumsum_(2, dtype=torch.float64))
tell(lambda: F.cross_entropy(ones(2, 3).int(), torch.tensor([0, 1])))
tell(lambda: F.cross_entropy(ones(2, 3), ones(2, 3), ignore_index=1))
tell(lambda: F.cross_entropy(ones(2, 3, 2), ones(2, 2).long(), weight=ones(2)))
tell(lambda: F.nll_loss(ones(2), torch.tensor([0, 1, 1]), weight=ones(5)))
tell(lambda: F.huber_loss(ones(2).int(), ones(2).long()))
tell(lambda: torch.linalg.norm(ones(2, 2), dim=()))
tell(lambda: torch.tensordot(torch.tensor(1.0), ones(1), 1))
tell(lambda: torch.unique_consecutive(torch.tensor(1.0), dim=0))
tell(lambda: ones(2, 3).index_put((ones(2, 3).bool(), ones(2, 3).bool()), ones(6)))
tell(lambda: F.conv1d(ones(1, 2, 5), ones(3, 2, 3), dilation=-1))
tell(lambda: F.pad(ones(1, 1, 1), (1, -3, 0, 2), mode="replicate"))
tell(lambda: torch.linalg.multi_dot([flags, ones(2, 2)]))
tell(lambda: torch.float_power(ones(2), 2, out=ones(2)))
