# An optimizer over nothing; frames inside PyTorch are not shown.
import torch

parameters = [t for t in (torch.ones(2), torch.zeros(3)) if t.requires_grad]
print(len(parameters))
optimizer = torch.optim.SGD(parameters, lr=0.1)
