# cauchy_, geometric_, log_normal_, poisson and binomial draw PyTorch's own numbers, and refuse as there.
import torch

torch.manual_seed(3)
print(torch.empty(5).cauchy_(), torch.empty(2, 2, dtype=torch.float64).cauchy_(1, 0.5))
print(torch.empty(5).log_normal_(), torch.empty(20).log_normal_(0, 0.5))
print(torch.empty(20).geometric_(0.1), torch.empty(3, dtype=torch.int32).geometric_(0.4))
print(torch.poisson(torch.full((20,), 4.0)), torch.poisson(torch.tensor([[0.0, 0.5], [20.0, 1000.0]])))
print(torch.binomial(torch.full((6,), 100.0), torch.tensor([0.01, 0.3, 0.5, 0.7, 0.99, 1.0])))

generator = torch.Generator().manual_seed(5)
print(torch.empty(2).cauchy_(generator=generator), torch.poisson(torch.tensor([4.0]), generator=generator), torch.rand(2))

rate = torch.tensor([1.0, 30.0], requires_grad=True)
torch.poisson(rate).sum().backward()
print(rate.grad)


def refused(call):
    try:
        call()
    except RuntimeError as error:
        print(str(error).split("\n")[0])


refused(lambda: torch.zeros(3, dtype=torch.int64).cauchy_())
refused(lambda: torch.zeros(3).log_normal_(0, -1))
refused(lambda: torch.zeros(3).geometric_(1))
refused(lambda: torch.poisson(torch.tensor([-1.0])))
refused(lambda: torch.binomial(torch.ones(1), torch.ones(1, dtype=torch.float64)))
refused(lambda: torch.zeros(2, requires_grad=True).cauchy_())
