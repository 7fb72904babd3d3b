# Random numbers of float64, every digit of them.
import torch

torch.manual_seed(3)
print(torch.randn(5, dtype=torch.float64).tolist())
print(torch.randn(17, dtype=torch.float64)[:3].tolist())
for rate in 1, 3.0:
    print(torch.empty(4, dtype=torch.float64).exponential_(rate).tolist())
x = torch.empty(4, dtype=torch.float64)
print(x.cauchy_().tolist(), x.log_normal_().tolist(), x.geometric_(0.3).tolist())
print(torch.multinomial(torch.rand(8, dtype=torch.float64), 5))
