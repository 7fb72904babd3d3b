# backward() adds to .grad, so it has to be cleared between two passes.
import torch

w = torch.tensor([1.0, 2.0], requires_grad=True)
for step in range(3):
    (w * 3).sum().backward()
    print(f"pass {step}: {w.grad}")

w.grad.zero_()
print("cleared:", w.grad)
(w * 3).sum().backward()
print("afresh: ", w.grad)

w.grad = None
print("forgotten:", w.grad)
