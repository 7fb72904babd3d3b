# Losses with weights and margins, their gradients, whole vectors and what is left over.
import torch
import torch.nn.functional as F

torch.manual_seed(6)
weight = torch.tensor([0.3, 1.7, 0.9, 2.1, 0.6])
target, several = torch.randint(0, 5, (6,)), torch.tensor([[3, 0, -1, 1, 2]] * 6)
losses = {
    'cross_entropy': lambda x, r: F.cross_entropy(x, target, weight, reduction=r),
    'smooth': lambda x, r: F.cross_entropy(x, target, weight, reduction=r, label_smoothing=0.1),
    'multi_margin': lambda x, r: F.multi_margin_loss(x, target, reduction=r),
    'squared': lambda x, r: F.multi_margin_loss(x, target, p=2, weight=weight, margin=0.7, reduction=r),
    'multilabel_margin': lambda x, r: F.multilabel_margin_loss(x, several, reduction=r),
    'huber': lambda x, r: F.huber_loss(x, x.detach() * 0.2, delta=0.7, reduction=r),
    'smooth_l1': lambda x, r: F.smooth_l1_loss(x, x.detach() * 0.2, beta=0.7, reduction=r),
    'cosine': lambda x, r: F.cosine_embedding_loss(x, x.detach().flip(0), torch.tensor([1, -1] * 3), margin=0.1, reduction=r),
}
for name, loss in losses.items():
    for reduction in 'mean', 'sum', 'none':
        x = torch.randn(6, 5, requires_grad=True)
        y = loss(x, reduction)
        (y * torch.randn(y.shape)).sum().backward()
        print(name, reduction, y.flatten()[:5].tolist(), x.grad.flatten()[-8:].tolist())
