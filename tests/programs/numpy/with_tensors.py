# Arrays and tensors share memory, and mix as PyTorch 1.13 mixes them.
import numpy as np
import torch

a = np.zeros(3)
t = torch.from_numpy(a)
t += 1
a[0] = 5
print(a, t, t.numpy() is a, torch.ones(2).numpy())
print(torch.tensor(a), torch.as_tensor(np.float32([1, 2])), torch.Tensor(np.eye(2)), torch.from_numpy(np.arange(3)))
print(torch.tensor(np.float64(2)), torch.tensor([np.float32(1.5)]), torch.ones(2) * np.float64(3), np.float64(3) * torch.ones(2))
print(torch.ones(3) + a, np.array(torch.ones(2)), np.sqrt(torch.tensor([4.0])), t[np.array([0, 2])], t[a > 1], a[torch.tensor(0)])
print(torch.zeros(np.int64(2)), np.concatenate([torch.ones(1), torch.zeros(1)]), np.array([torch.tensor(1.0), torch.tensor(2.0)]))
w = torch.ones(2, requires_grad=True)
print(w.detach().numpy(), (w * 2).sum().item(), w.tolist())
attempts = [lambda: w.numpy(), lambda: a - t, lambda: torch.sin(a), lambda: torch.from_numpy([1]), lambda: torch.from_numpy(a[::-1])]
for attempt in attempts:
    try:
        attempt()
    except (RuntimeError, TypeError, ValueError) as e:
        print(f'{type(e).__name__}: {e}')
