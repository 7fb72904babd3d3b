# Walking the graph of backward nodes from the result down to the leaves.
import torch

x = torch.tensor([1.0, 2.0], requires_grad=True)
y = torch.tensor([3.0, 4.0], requires_grad=True)
loss = ((x * y).exp() - y.t()).mean()

def show(node, depth=0):
    if node is None:
        return
    print("  " * depth + node.name())
    for following, _ in node.next_functions:
        show(following, depth + 1)

show(loss.grad_fn)
print(len(loss.grad_fn.next_functions), type(loss.grad_fn).__name__)
