# differs from PyTorch: it says where the warning about the failed node comes from by a line of its own file, nabla by the program's.
import torch

x = torch.tensor([-1.0, 4.0], requires_grad=True)


def root(x):
    return x.sqrt()


with torch.autograd.detect_anomaly():
    y = root(x).sum()
    try:
        y.backward()
    except RuntimeError as error:
        print(error)
with torch.autograd.set_detect_anomaly(True):
    y = x.exp()
    y.add_(1)
    try:
        y.sum().backward()
    except RuntimeError as error:
        print(error)
print(torch.is_anomaly_enabled())
