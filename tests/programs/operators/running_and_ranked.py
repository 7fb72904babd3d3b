# Running extremes, differences, areas; ranks; sums without nan; spread and mean at once.
import torch

x = torch.tensor([[1.0, 3.0, 2.0], [5.0, -1.0, 5.0]], requires_grad=True)
holes = torch.tensor([[1.0, float("nan"), 3.0], [2.0, 5.0, float("nan")]], requires_grad=True)
print(torch.cummax(x, 1), torch.logcumsumexp(x, 0))
print(torch.diff(x), torch.diff(torch.tensor([1, 4, 9]), n=2), torch.cumulative_trapezoid(x.detach()))
print(torch.trapezoid(x.detach(), dx=2.0), torch.trapz(x[0].detach(), torch.tensor([0.0, 1.0, 3.0])))
print(torch.mode(torch.tensor([2, 1, 2, 1])), torch.kthvalue(x, 2), torch.msort(x.detach()))
print(torch.quantile(x, 0.3), torch.quantile(x, torch.tensor([0.25, 0.5]), dim=1), torch.nanquantile(holes, 0.5, dim=1))
print(torch.nansum(holes), torch.nanmean(holes, 1), torch.nanmedian(holes))
print(torch.var_mean(x), torch.std_mean(x, 1), torch.aminmax(x))
(torch.cummax(x, 1)[0].sum() + torch.quantile(x, 0.3) + torch.std_mean(x)[0]).backward()
torch.nanmean(holes).backward()
print(x.grad, holes.grad)
for wrong in [lambda: torch.kthvalue(x, 4), lambda: torch.quantile(x, 2.0)]:
    try:
        wrong()
    except RuntimeError as e:
        print(e)
