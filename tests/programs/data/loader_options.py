# What a DataLoader takes and refuses: workers, samplers, batches of its own; arrays, dicts and named tuples in batches.
from collections import namedtuple

import numpy as np
import torch
from torch.utils.data import BatchSampler, DataLoader, IterableDataset, SequentialSampler, TensorDataset, random_split

data = TensorDataset(torch.arange(6))


def attempt(**options):
    try:
        print(len(DataLoader(data, **options)))
    except (ValueError, TypeError) as e:
        print(f"{type(e).__name__}: {e}")


attempt(batch_size=0)
attempt(shuffle=True, sampler=SequentialSampler(data))
attempt(num_workers=-1)
attempt(workers=2)
torch.manual_seed(0)
print([b.tolist() for b, in DataLoader(data, 4, shuffle=True, num_workers=2)])
print([b.tolist() for b, in DataLoader(data, batch_sampler=BatchSampler(SequentialSampler(data), 4, True))])
Point = namedtuple("Point", "x y")
print(next(iter(DataLoader([Point(1, 2.0), Point(3, 4.0)], 2))))
print(next(iter(DataLoader([{"a": np.ones(2), "b": "one"}, {"a": np.zeros(2), "b": "two"}], 2))))


class Count(IterableDataset):
    def __iter__(self):
        return iter(range(5))


print(list(DataLoader(Count(), 2)), list(DataLoader(Count(), None)))
parts = random_split(data, [0.5, 0.3, 0.2], generator=torch.Generator().manual_seed(1))
print([part.indices for part in parts])
