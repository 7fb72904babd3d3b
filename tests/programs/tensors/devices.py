# The device idiom: everything stays on the CPU, and what asks for a GPU says so.
import torch
from torch import nn

device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
print(f"Using {device} device", repr(device), device.type, device.index, torch.cuda.device_count())
model = nn.Linear(2, 2).to(device)
x = torch.ones(1, 2, device=device)
print(x.device, next(model.parameters()).device, model(x).device == device, {device: 1}[torch.device("cpu")])
print(x.to(device, dtype=torch.float64).dtype, torch.device("cuda", 1), torch.device(type="cpu"))
torch.backends.cudnn.deterministic = True
print(torch.backends.cudnn.is_available(), torch.backends.mps.is_available(), torch.version.cuda)
for f in (lambda: x.cuda(), lambda: model.to("cuda"), lambda: torch.zeros(2, device="cuda:0"), lambda: torch.device("gpu"),
          lambda: torch.cuda.get_device_name(0)):
    try:
        f()
    except (AssertionError, RuntimeError) as error:
        print(type(error).__name__, error)
torch.set_default_dtype(torch.float64)
print(torch.tensor(1.5).dtype, nn.Linear(1, 1).weight.dtype, torch.get_default_dtype())
torch.set_default_tensor_type(torch.FloatTensor)
print(torch.ones(1).dtype)
state = torch.get_rng_state()
first = torch.rand(3)
torch.set_rng_state(state)
print(torch.equal(first, torch.rand(3)), torch.finfo(torch.float32).eps, torch.iinfo(torch.int8).max)
