# A tensor of several elements is no number.
import torch

losses = torch.tensor([0.5, 0.25])
print(f"loss: {losses.item():.4f}")
