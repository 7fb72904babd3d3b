# A generator's state is PyTorch's own bytes, and takes its stream up where it was.
import torch

g = torch.Generator()
g.manual_seed(5)
fresh = g.get_state()
print(fresh.shape, fresh.dtype, fresh[:24].tolist(), int(fresh.long().sum()))
first = torch.rand(3, generator=g)
state = g.get_state()
print(state[:24].tolist(), int(state.long().sum()))
torch.randn(3, generator=g)  # keeps the fourth normal number back
print(g.get_state()[5016:].tolist())
g.set_state(fresh)
print(torch.equal(torch.rand(3, generator=g), first))
for _ in range(208):
    torch.rand(3, generator=g)
print(g.get_state()[:24].tolist())
for wrong in torch.zeros(3), torch.zeros(3, dtype=torch.uint8):
    try:
        g.set_state(wrong)
    except (TypeError, RuntimeError) as e:
        print(type(e).__name__, e)
print(torch.manual_seed(1) is torch.default_generator, torch.default_generator.get_state().equal(torch.get_rng_state()))
try:
    torch.Generator('cuda')
except RuntimeError as e:
    print(e)
