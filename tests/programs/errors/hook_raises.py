# An error inside a hook comes out of backward().
import torch

def check(gradient):
    if gradient.abs().max() > 100:
        raise OverflowError(f"gradient is too large: {gradient.tolist()}")

w = torch.tensor([1.0, 50.0], requires_grad=True)
w.register_hook(check)
(w * 3).sum().backward()
print(w.grad)
(w**2 * 10).sum().backward()
