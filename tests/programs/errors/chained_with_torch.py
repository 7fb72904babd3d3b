# An error of PyTorch's as the cause of one's own.
import torch

class BadBatch(ValueError):
    pass

def forward(batch, weight):
    try:
        return torch.mm(batch, weight)
    except RuntimeError as error:
        raise BadBatch(f"batch has shape {tuple(batch.shape)}") from error

forward(torch.ones(4, 3), torch.ones(2, 1))
