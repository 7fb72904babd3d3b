# Losses of distributions, margins and distances.
import torch
import torch.nn.functional as F

x = torch.tensor([[1.0, -2.0, 0.3], [-0.5, 0.25, 2.0]], requires_grad=True)
classes, signs = torch.tensor([0, 2]), torch.tensor([[1.0, -1.0, 1.0], [-1.0, 1.0, 1.0]])
weight = torch.tensor([0.5, 2.0, 1.0])
print(F.kl_div(x.log_softmax(1), signs.softmax(1), reduction="batchmean"), F.poisson_nll_loss(x, signs + 1))
print(F.gaussian_nll_loss(x, signs, x.detach().abs()), F.soft_margin_loss(x, signs), F.hinge_embedding_loss(x, signs))
print(F.multi_margin_loss(x, classes, p=2, weight=weight), F.multilabel_soft_margin_loss(x, (signs + 1) / 2))
print(F.multilabel_margin_loss(x, torch.tensor([[0, 1, -1], [2, -1, 0]])))
print(F.triplet_margin_loss(x, x + 1, x * 2), F.cosine_embedding_loss(x, signs, torch.tensor([1, -1])))
print(F.margin_ranking_loss(x[0], x[1], signs[0], margin=0.5), F.pairwise_distance(x, signs), F.cosine_similarity(x, signs))
print(F.cross_entropy(x, classes, weight=weight, label_smoothing=0.1).item(), F.cross_entropy(x, signs.softmax(1), weight=weight).item())
F.multi_margin_loss(x, classes).backward()
print(x.grad)
x.grad = None
F.cross_entropy(x, torch.tensor([2, -100]), label_smoothing=0.2).backward()
print(x.grad)
