# fill, as_strided_scatter, index_reduce, shifts of a number, triangular_solve, dropouts of channels, the deterministic mode.
import torch
import torch.nn.functional as F

x, place = torch.zeros(4, 4, requires_grad=True), torch.ones(2, 2, requires_grad=True)
print(torch.fill(x, 2.0).grad_fn.name(), torch.fill(x, torch.tensor(2.0)).grad_fn.name())
y = torch.as_strided_scatter(x, place, (2, 2), (1, 2))
print(y)
(y * torch.arange(16.0).view(4, 4)).sum().backward()
print(place.grad)
for reduce in 'prod', 'mean', 'amax', 'amin':
    print(torch.ones(3, 2).index_reduce(0, torch.tensor([0, 2, 0]), torch.arange(6.0).view(3, 2), reduce))
print(torch.bitwise_right_shift(9, torch.tensor([1, 2])), torch.bitwise_left_shift(3, torch.tensor([1, 2])))
print(torch.triangular_solve(torch.tensor([[1.0], [2]]), torch.tensor([[2.0, 1], [0, 3]])))
torch.manual_seed(2)
print(torch.feature_dropout(torch.ones(2, 3, 2), 0.4, True).tolist(), F.rrelu_(torch.randn(3), training=True))
torch.use_deterministic_algorithms(True)
print(torch.are_deterministic_algorithms_enabled(), torch.get_deterministic_debug_mode())
torch.set_deterministic_debug_mode('warn')
print(torch.is_deterministic_algorithms_warn_only_enabled())
layer, q = torch.nn.MultiheadAttention(8, 2), torch.randn(5, 2, 8)
own = F.multi_head_attention_forward(q, q, q, 8, 2, layer.in_proj_weight, layer.in_proj_bias, None, None, False, 0.0, layer.out_proj.weight, layer.out_proj.bias)
print(torch.equal(own[0], layer(q, q, q)[0]), own[1].shape)
try:
    torch.tensor([3], dtype=torch.uint8) ** 300
except RuntimeError as error:
    print(error)
