# Attention looks at its masks, adds them in one operator, and an encoder that is not trained leaves padding out: zeros stand there.
import torch
import torch.nn as nn

torch.manual_seed(0)
attention, x = nn.MultiheadAttention(6, 2), torch.randn(3, 2, 6)
later = torch.ones(3, 3).triu(1).bool()
padded = torch.tensor([[False, False, True], [False, False, False]])
out, weights = attention(x, x, x, key_padding_mask=padded, attn_mask=later)
print(weights)
node = weights.grad_fn
for _ in range(5):
    print(type(node).__name__, end=" ")
    node = node.next_functions[0][0]
print()
for masks in [dict(attn_mask=later.int()), dict(attn_mask=later[:2]), dict(key_padding_mask=padded.T), dict(key_padding_mask=padded.long()),
              dict(attn_mask=later[0]), dict(attn_mask=later.byte(), need_weights=False)]:
    try:
        print(attention(x, x, x, **masks)[1])
    except (AssertionError, RuntimeError) as error:
        print(type(error).__name__, error)
for shapes in [((3, 6), (3, 2, 6)), ((3, 2, 6), (3, 6)), ((6,), (6,)), ((3, 2, 5), (3, 2, 5))]:
    query, key = (torch.ones(shape) for shape in shapes)
    try:
        attention(query, key, key)
    except AssertionError as error:
        print(error)

encoder = nn.TransformerEncoder(nn.TransformerEncoderLayer(6, 2, 8, activation=nn.ReLU(), batch_first=True), 1)
print(encoder.layers[0].activation, len(list(encoder.modules())))
encoder = nn.TransformerEncoder(nn.TransformerEncoderLayer(6, 2, 8, batch_first=True), 2).eval()
lengths = torch.tensor([[False, False, True, True], [False, False, False, True]])
with torch.no_grad():
    print(encoder(torch.randn(2, 4, 6), src_key_padding_mask=lengths))
try:
    nn.Transformer(6, 2, 1, 1, 8)(x, x[:, :1])
except RuntimeError as error:
    print(error)
