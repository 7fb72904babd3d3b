# Hooks on nodes see what comes in and what goes out, and can change it.
import torch

x = torch.tensor([1.0, 2.0], requires_grad=True)
y = x * x
z = y.sum()
z.grad_fn.register_hook(lambda grads_in, grads_out: print("sum ", grads_in, grads_out))
handle = y.grad_fn.register_hook(lambda grads_in, grads_out: (grads_in[0] * 10, grads_in[1]))
sink = y.grad_fn.next_functions[0][0]
sink.register_hook(lambda grads_in, grads_out: print("leaf", grads_in, grads_out))
z.backward(retain_graph=True)
print(x.grad)
handle.remove()
x.grad = None
z.backward()
print(x.grad)
print(y.grad_fn.metadata, y.grad_fn.requires_grad)
for wrong in [lambda i, o: (i[0],), lambda i, o: ("a", "b")]:
    y = x * x
    y.grad_fn.register_hook(wrong)
    try:
        y.sum().backward()
    except (RuntimeError, TypeError) as error:
        print(type(error).__name__, error)
