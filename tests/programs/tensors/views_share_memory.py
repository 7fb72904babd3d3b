# A view shows the same memory; clone makes new memory.
import torch

t = torch.zeros(2, 3)
flat = t.view(6)
row = t[1]
copy = t.clone()
flat[0] = 1.0
row += 7
print(t)
print(copy)
print(flat.data_ptr() == t.data_ptr(), copy.data_ptr() == t.data_ptr())
same = t
same *= 2
print(t is same, t)
