# Samplers say in which order a loader goes: a part of the data, by weights, or in batches of one's own.
import torch
from torch.utils.data import BatchSampler, DataLoader, IterableDataset, SequentialSampler, SubsetRandomSampler, TensorDataset, WeightedRandomSampler

torch.manual_seed(0)
data = TensorDataset(torch.arange(10.0).view(10, 1), torch.arange(10))
for x, y in DataLoader(data, batch_size=4, sampler=SubsetRandomSampler(range(6))):
    print(x.flatten().tolist(), y)
rare = WeightedRandomSampler([0.1] * 8 + [1.0] * 2, num_samples=10)
print([int(y) for x, y in DataLoader(data, batch_size=None, sampler=rare)])
print(list(BatchSampler(SequentialSampler(range(7)), batch_size=3, drop_last=True)))


class Counting(IterableDataset):
    def __iter__(self):
        return iter(range(5))


print(list(DataLoader(Counting(), batch_size=2)))
for make in (lambda: DataLoader(data, batch_size=0), lambda: DataLoader(data, shuffle=True, sampler=rare), lambda: DataLoader(Counting(), shuffle=True),
             lambda: WeightedRandomSampler([1.0], 0), lambda: len(DataLoader(Counting()))):
    try:
        make()
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
