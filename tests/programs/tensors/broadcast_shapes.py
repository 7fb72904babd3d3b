# Shapes that fit and shapes that do not, without any tensor.
import torch

print(torch.broadcast_shapes((5, 1, 4), (3, 1)), torch.broadcast_shapes((2,), (), 1), torch.broadcast_shapes(), torch.broadcast_shapes(3, [1, 3]))
for shapes in ((2,), (3,)), ((2, 3), (2,)), ((-1,), (2,)), ('ab', (2,)):
    try:
        print(torch.broadcast_shapes(*shapes))
    except RuntimeError as e:
        print(e)
print(torch.angle(torch.tensor([1.0, -2.0, 0.0, float('nan')])), torch.tensor([-1, 2]).angle(), torch.tensor([-1.0], requires_grad=True).angle())
v = torch.tensor([0.3, 0.6, 0.9])
print(torch.cross(v, v, dim=0), torch.linalg.cross(v, torch.tensor([3, 2, 1.0])), torch.tensor([1.0, 2.0]).clone(memory_format=torch.preserve_format))
