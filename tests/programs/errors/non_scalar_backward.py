# backward() of a vector without weights, inside a function.
import torch

def train_step(w, x):
    loss = w * x
    loss.backward()
    return loss

w = torch.tensor([1.0, 2.0], requires_grad=True)
print(train_step(w, 3.0))
