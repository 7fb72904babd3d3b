# retain_grad keeps the gradient of intermediate values, all along a chain.
import torch

x = torch.tensor(2.0, requires_grad=True)
steps = [x]
for factor in (3.0, 5.0, 7.0):
    steps.append(steps[-1] * factor)
for step in steps[1:]:
    step.retain_grad()

steps[-1].backward()
for step in steps:
    print(f"value {step.item():5.1f}   gradient {step.grad.item():5.1f}   leaf: {step.is_leaf}")
print(steps[1].retains_grad, steps[0].retains_grad)
