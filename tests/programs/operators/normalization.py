# batch_norm with its running statistics, layer_norm, group_norm; gradients of weight and input.
import torch
import torch.nn.functional as F

x = torch.tensor([[1.0, 2.0], [3.0, 5.0], [-1.0, 0.5]], requires_grad=True)
mean, var = torch.zeros(2), torch.ones(2)
w, b = torch.tensor([1.0, 2.0], requires_grad=True), torch.zeros(2, requires_grad=True)
y = F.batch_norm(x, mean, var, w, b, training=True)
print(y, mean, var, sep="\n")
(y * torch.tensor([[1.0, 2.0], [0.0, 1.0], [3.0, 1.0]])).sum().backward()
print(x.grad, w.grad, b.grad, sep="\n")
print(F.batch_norm(x, mean, var), y.grad_fn.name())
print(F.layer_norm(x, (2,), w.detach()), F.layer_norm(x, (3, 2)))
image = torch.tensor([1.0, 4.0, 2.0, 8.0, 5.0, 7.0, 0.0, 3.0]).reshape(1, 4, 2)
print(F.group_norm(image, 2), F.instance_norm(image).shape)
for wrong in [
    lambda: F.batch_norm(torch.ones(1, 3), None, None, training=True),
    lambda: F.layer_norm(x, (3,)),
    lambda: F.group_norm(image, 3),
]:
    try:
        wrong()
    except (ValueError, RuntimeError) as e:
        print(e)
