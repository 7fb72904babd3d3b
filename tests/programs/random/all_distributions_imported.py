# `import *` takes what a module names in __all__, and nothing else.
from torch.distributions import *

print([name for name in sorted(globals()) if name.islower() and name[0] != "_"])
print("ExpRelaxedCategorical" in globals(), "Normal" in globals())
print(kl_divergence(Normal(0.0, 1.0), Normal(1.0, 2.0)))
