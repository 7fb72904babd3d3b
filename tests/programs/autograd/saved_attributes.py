# What nodes list of what they keep for backward, by PyTorch's names: tensors go once the graph is freed, sizes and numbers stay.
import torch
import torch.nn.functional as F

x = torch.tensor([[1.0, 2.0, 4.0], [3.0, 5.0, 0.5]], requires_grad=True)
image = torch.arange(16.0, requires_grad=True).view(1, 1, 4, 4)
weight = torch.ones(1, 1, 2, 2)


def kept(y):
    print(y.grad_fn.name())
    for name in sorted(dir(y.grad_fn)):
        if name.startswith("_saved_"):
            value = getattr(y.grad_fn, name)
            print("  ", name[7:], tuple(value.shape) if isinstance(value, torch.Tensor) and value.numel() > 2 else value)


for y in [x + 1, x * 2, x.sum(-1), x.unsqueeze(0), x[0], x[:, 1:], x[torch.tensor([0])], x.gather(1, torch.tensor([[0, 2]])), x.mean(0), x.var(1),
          x.max(1)[0], x.view(-1), x.squeeze(), x.transpose(0, -1), x.clamp(1, 3), F.cross_entropy(x, torch.tensor([0, 2])), F.max_pool2d(image, 2),
          F.conv2d(image, weight)]:
    kept(y)

y = x.cumsum(-1).exp()
y.sum().backward()
print(y.grad_fn.next_functions[0][0]._saved_dim)
try:
    y.grad_fn._saved_result
except RuntimeError as error:
    print(error)
try:
    y.grad_fn._saved_self
except AttributeError as error:
    print(error)
