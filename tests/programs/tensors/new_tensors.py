# x.new_zeros and its like make tensors of x's dtype.
import torch

x = torch.tensor([1.0, 2.0], dtype=torch.float64)
print(x.new_zeros(2), x.new_ones((1, 2)), x.new_full((2,), 7), x.new_empty(0).dtype, x.new_tensor([1, 2]))
print(x.new_zeros(2, dtype=torch.int64), x.new_ones(1, requires_grad=True), torch.arange(2).new_ones(3))
