# Numbers before tensors, as old tutorials write them, are still taken, and told of once.
import torch

p, g = torch.ones(2, requires_grad=True), torch.tensor([1.0, 2.0])
p.data.add_(-0.1, g)
print(p)
p.data.addcmul_(0.5, g, g).addcdiv_(-1, g, g)
print(p, torch.add(g, 0.5, g), g.add(2, g), torch.sub(g, 2, g), torch.addcmul(g, 2, g, g), torch.add(g, 2, 3))
m = torch.ones(2, 2)
print(torch.addmm(1, m, 2, m, m), m.addmm(2, m, m), torch.addmv(1, g, m, g), g.addmv(1, 2, m, g))
print((p * 1).add(2, g).sum().grad_fn.next_functions[0][0].name())
for call in (lambda: g.add(2, "a"), lambda: g.add(2, g, g), lambda: g.mul(2, g), lambda: torch.sub(2, g, g), lambda: g.add(g, 2), lambda: p.add_(1, g)):
    try:
        print(call())
    except (TypeError, RuntimeError) as error:
        print(error)
