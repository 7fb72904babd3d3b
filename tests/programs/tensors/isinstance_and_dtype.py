# Asking a tensor what it is.
import torch

t = torch.tensor([1.0])
print(isinstance(t, torch.Tensor), isinstance(1.0, torch.Tensor), torch.is_tensor(t))
print(type(t), t.type(), t.dtype, t.device, t.dtype == torch.float32)
print(torch.tensor([1]).type(), torch.tensor([1.0]).double().type(), torch.tensor([True]).type())
print(t.ndim, t.nelement(), t.is_floating_point(), t.element_size())
print(torch.float is torch.float32, torch.double, torch.long, torch.bool)
