# The tutorial's exercise: when y is a vector, backward() needs to know what to weigh its entries with.
import torch

x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
y = x**2
print(y)

y.backward(gradient=torch.tensor([1.0, 1.0, 1.0]))
print("all entries weigh the same:", x.grad)

x.grad = None
(x**2).backward(torch.tensor([0.0, 1.0, 0.0]))
print("only the second one counts:", x.grad)

x.grad = None
(x**2).sum().backward()
print("the same as the sum:       ", x.grad)
