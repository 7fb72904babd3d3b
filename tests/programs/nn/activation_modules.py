# Activations as modules: printed form and values.
import torch
from torch import nn

x = torch.tensor([-2.0, -0.5, 0.0, 1.5])
for act in (nn.ReLU(), nn.ReLU(inplace=True), nn.LeakyReLU(0.1), nn.ELU(), nn.GELU(), nn.SiLU(), nn.Sigmoid(), nn.Tanh(), nn.Softplus(),
            nn.Hardtanh(), nn.ReLU6(), nn.LogSigmoid(), nn.Softmax(dim=0), nn.LogSoftmax(dim=0), nn.Flatten(0), nn.Identity()):
    print(act, act(x.clone()))
