# An assignment without its value, and a statement under it.
import torch
x = torch.tensor(3.0, requires_grad=True)
loss =
loss.backward()
