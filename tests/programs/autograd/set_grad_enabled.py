# set_grad_enabled switches recording by a condition: the same code trains and evaluates.
import torch

w = torch.tensor([0.5, 1.5], requires_grad=True)
for phase in ("train", "evaluate"):
    with torch.set_grad_enabled(phase == "train"):
        loss = (w * w).sum()
    print(f"{phase}: {loss} can go backward: {loss.requires_grad}")
