# With retain_graph=True the graph may be walked again, and the gradients add up.
import torch

x = torch.tensor([2.0], requires_grad=True)
y = x**3
y.backward(retain_graph=True)
print(x.grad)
y.backward(retain_graph=True)
print(x.grad)
y.backward()
print(x.grad)

linear = x + 1       # saves no values: nothing is missing the second time
linear.backward()
linear.backward()
print(x.grad)
