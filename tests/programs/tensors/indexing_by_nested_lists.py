# A list with lists, slices or None in it indexes as a tuple does; a list of numbers picks rows.
import torch

x = torch.arange(24).reshape(4, 6)
print(x[[0, 2]], x[[[0, 2]]], x[[[0, 1], [2, 3]]], x[[slice(1), 2]], x[[None, 1]].shape, x[[..., 0]])
print(x[[torch.tensor([1, 2]), torch.tensor([3, 4])]], x[([0, 1], [2, 3])], x[[True, False, True, False]])
y = x.clone()
y[[[0, 1], [2, 3]]] = -1
print(y[:2])
mask = torch.tensor([1, 0, 0, 1], dtype=torch.uint8)
print(x[mask], x[mask.bool()].shape)
print(torch.masked_select(x[:, 0], mask))
for key in [[0, 1], [0, 5]], [[0.5]], [['a']], [[[[0, 1]]]]:
    try:
        print(x[key])
    except (IndexError, TypeError, ValueError) as e:
        print(type(e).__name__, e)
