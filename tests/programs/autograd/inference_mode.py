# Tensors made in inference mode track nothing, and stay outside of graphs for ever.
import torch

x = torch.ones(2, requires_grad=True)
z = torch.ones(2)
with torch.inference_mode():
    y = x * 2
    view = z[:1]
    made = torch.tensor([1.0])
    print(y, y.is_inference(), torch.is_inference_mode_enabled(), torch.is_grad_enabled())
    print(view.is_inference(), made.is_inference(), z.add_(1))
    with torch.enable_grad():
        print(torch.is_grad_enabled(), (x * 2).requires_grad)
    with torch.inference_mode(False):
        print((x * 2).requires_grad)
print(y + x, y.clone() * x, view.add_(1))
for wrong in [lambda: y * x, lambda: made.add_(1), lambda: y.requires_grad_(), lambda: y._version, lambda: y.sum().backward()]:
    try:
        wrong()
    except RuntimeError as error:
        print(error)


@torch.inference_mode()
def predict(x):
    return x * 3


print(predict(x).is_inference(), predict.__name__)
