# Lists nested more than 128 deep make no tensor.
import torch

nested = 1.0
for _ in range(128):
    nested = [nested]
print(torch.tensor(nested).dim())
for deep in ([nested], (nested,), [[nested] for _ in range(2)]):
    try:
        torch.tensor(deep)
    except ValueError as error:
        print(error)
