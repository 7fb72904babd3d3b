# Mixed precision, where there is no CUDA: autocast and the scaler say that they are off, and the training goes on in float32.
import torch
from torch.cuda.amp import GradScaler, autocast
from torch.nn.utils.clip_grad import clip_grad_norm_
from torch.nn.utils.convert_parameters import parameters_to_vector
from torch.optim.adam import Adam
from torch.utils.data.dataloader import DataLoader
from torch.utils.data.dataset import TensorDataset
from torch.utils.data.sampler import SubsetRandomSampler

torch.manual_seed(0)
use_amp = torch.cuda.is_available()
net = torch.nn.Linear(2, 1)
optimizer = Adam(net.parameters(), lr=0.1)
data = TensorDataset(torch.randn(8, 2), torch.randn(8, 1))
scaler = GradScaler(enabled=use_amp)
for x, y in DataLoader(data, batch_size=3, sampler=SubsetRandomSampler(range(6))):
    with torch.autocast(device_type="cuda", enabled=use_amp):
        loss = (net(x) - y).pow(2).mean()
    optimizer.zero_grad()
    scaler.scale(loss).backward()
    scaler.unscale_(optimizer)
    clip_grad_norm_(net.parameters(), 1.0)
    print(loss.item(), scaler.step(optimizer), scaler.update(), scaler.get_scale())
print(parameters_to_vector(net.parameters()), scaler.state_dict(), scaler.is_enabled())


@autocast()
def twice(x):
    return x * 2


scaler = GradScaler()
print(twice(torch.ones(1)), scaler.scale(loss).dtype, torch.is_autocast_enabled())
try:
    torch.autocast("tpu")
except RuntimeError as e:
    print(e)
