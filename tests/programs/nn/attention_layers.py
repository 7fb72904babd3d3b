# Multi-head attention and a transformer encoder layer, with a causal mask.
import torch
from torch import nn

torch.manual_seed(0)
x = torch.randn(1, 4, 8)
mask = torch.triu(torch.ones(4, 4, dtype=torch.bool), diagonal=1)
attention = nn.MultiheadAttention(8, 2, batch_first=True)
out, weights = attention(x, x, x, attn_mask=mask)
print(out[0, 0])
print(weights[0])
layer = nn.TransformerEncoderLayer(d_model=8, nhead=2, dim_feedforward=16, dropout=0.0, batch_first=True)
y = layer(x)
print(y.shape, y[0, -1])
y.sum().backward()
print(layer.linear1.weight.grad.shape, layer.self_attn.in_proj_weight.grad.abs().sum() > 0)
print(layer)
