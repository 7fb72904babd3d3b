# backward(inputs=[h]) runs h's own node too: its graph is freed, and what it kept is checked.
import torch

x = torch.tensor([1.0, 2.0], requires_grad=True)
h = x.exp()
h.sum().backward(inputs=[h])
print(h.grad, x.grad)
try:
    h.sum().backward()
except RuntimeError as error:
    print(str(error)[:60])

h = x.exp()
loss = h.sum()
with torch.no_grad():
    h.mul_(2)
try:
    loss.backward(inputs=[h])
except RuntimeError as error:
    print(str(error)[:90])
for wrong in ["h", [1]]:
    try:
        x.sum().backward(inputs=wrong)
    except RuntimeError as error:
        print(error)
with torch.no_grad():
    print(x.numpy(), (x * 2).numpy())
