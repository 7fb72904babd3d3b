# Batches in order and shuffled by a seed, the last one smaller or dropped.
import torch
from torch.utils.data import DataLoader, Dataset, Subset, TensorDataset, random_split


class Squares(Dataset):
    def __len__(self):
        return 7

    def __getitem__(self, i):
        return {"x": torch.tensor([float(i)]), "y": i * i, "name": str(i)}


for batch in DataLoader(Squares(), batch_size=3):
    print(batch)
torch.manual_seed(0)
data = TensorDataset(torch.arange(10.0).view(10, 1), torch.arange(10))
loader = DataLoader(data, batch_size=4, shuffle=True, drop_last=True)
for epoch in range(2):
    print([y.tolist() for x, y in loader], len(loader), len(data))
train, test = random_split(data, [7, 3], generator=torch.Generator().manual_seed(42))
print(train.indices, test.indices, test[0], len(Subset(data, [1, 2])))
print(next(iter(DataLoader(train, batch_size=2))))
x, y = next(iter(loader))
print(x.shape, y.dtype, torch.rand(2))
