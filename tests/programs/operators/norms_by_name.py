# torch.norm by name: 'fro' over one or two dimensions, 'nuc' from singular values; nodes as PyTorch makes them.
import torch

w = torch.tensor([[1., 2.], [3., 4.], [5., 6.]], requires_grad=True)
cube = torch.arange(8.).view(2, 2, 2).requires_grad_()
for f in [lambda: torch.norm(w), lambda: w.norm(), lambda: torch.norm(w, 'fro', (0, 1)), lambda: torch.norm(w, 'fro', 0), lambda: torch.norm(w, dim=(0, 1)), lambda: torch.norm(w, 2, (0, 1)),
          lambda: torch.norm(w, p='fro', keepdim=True), lambda: torch.norm(w, 'nuc'), lambda: torch.norm(w, 'nuc', (0, 1)), lambda: torch.norm(w, 'nuc', 1), lambda: w.norm('fro', (1, 0), True),
          lambda: torch.norm(cube, 'fro', (0, 1)), lambda: torch.norm(cube, 'nuc', (0, 2)), lambda: torch.norm(cube, 'fro', (0, 1, 2)), lambda: torch.norm(w, 'x'), lambda: torch.norm(cube, 'nuc'),
          lambda: torch.norm(w, 'nuc', (0, 0)), lambda: torch.norm(w, 'fro', (0, 0)), lambda: torch.norm(w, 'nuc', (0, 4))]:
    try:
        print(f())
    except Exception as error:
        print(type(error).__name__, error)
torch.norm(w, 'nuc').backward()
print(w.grad)
