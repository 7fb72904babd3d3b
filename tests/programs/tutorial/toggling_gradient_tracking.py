# Section 2 of the tutorial with a small model: nothing is recorded inside torch.no_grad().
import torch

weight = torch.tensor([[0.5, -1.0], [2.0, 0.25]], requires_grad=True)
image = torch.tensor([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])

def model(x):
    return torch.relu(x @ weight)

trained = model(image)
with torch.no_grad():
    evaluated = model(image)

print(trained)
print(evaluated)
print(trained.requires_grad, evaluated.requires_grad)
print(evaluated.shape, torch.equal(trained, evaluated))
