# A number meets small integers in their type: what is too large for it, or negative, goes round.
import torch

x = torch.tensor([0, 1, 128, 253, 255], dtype=torch.uint8)
print(x > -1, x <= -3, x == 256, x != torch.tensor(-1))
print(x + 300, x % -1, x // -3, x.fmod(-3))
y = torch.tensor([-128, -1, 44], dtype=torch.int8)
print(y < 200, y == 300, y // 300, y % 130)
try:
    torch.multinomial(torch.ones(0), 3, True)
except RuntimeError as error:
    print(error)
