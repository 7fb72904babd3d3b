# Rows of a Jacobian at once, and gradients of inputs that are not leaves.
import torch

x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
print(torch.autograd.grad(x**2, x, torch.eye(3), is_grads_batched=True))
z = x * 2
(z * 3).sum().backward(inputs=[z])
print(z.grad, x.grad)
for wrong in [lambda: torch.autograd.grad(z.sum(), []), lambda: torch.autograd.grad(z.sum(), 3), lambda: z.sum().backward(inputs=[torch.ones(2)])]:
    try:
        wrong()
    except (RuntimeError, TypeError, ValueError) as error:
        print(error)
y = x * 2
y.register_hook(lambda g: g[:1])
try:
    y.sum().backward()
except RuntimeError as error:
    print(error)
