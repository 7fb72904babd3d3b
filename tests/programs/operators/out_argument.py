# out= writes a result into a tensor that is there already, and leaves gradients out.
import torch

a = torch.tensor([1.0, 2.0])
out = torch.empty(2)
print(torch.add(a, a, out=out) is out, out)
print(torch.add(a, a, out=torch.empty(0)), torch.add(a, a, out=torch.empty(2, dtype=torch.float64)))
values, indices = torch.empty(0), torch.empty(0, dtype=torch.int64)
torch.sort(a, descending=True, out=(values, indices))
print(values, indices)
print(torch.arange(3, out=torch.empty(0)), torch.matmul(torch.eye(2), a, out=out), torch.cat([a, a], out=torch.empty(0)))
wrong = [lambda: torch.add(a, a, out=torch.empty(2, dtype=torch.int64)), lambda: torch.exp(a, out=3),
         lambda: torch.mul(a, a, out=torch.empty(2, requires_grad=True)), lambda: torch.exp(torch.ones(2, requires_grad=True), out=out)]
for call in wrong:
    try:
        call()
    except (RuntimeError, TypeError) as error:
        print(error)
