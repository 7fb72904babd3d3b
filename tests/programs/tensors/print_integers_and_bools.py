# Integers and booleans are set in columns of equal width, and need no dtype in the text.
import torch

print(torch.tensor(7), torch.tensor(True))
print(torch.tensor([1, -20, 300]))
print(torch.tensor([[1, 2], [1000, -4]]))
print(torch.tensor([True, False]))
print(torch.tensor([[True, False], [False, True]]))
print(torch.arange(5), torch.arange(2, 20, 6))
