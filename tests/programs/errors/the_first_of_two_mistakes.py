# A call with several mistakes tells the one that PyTorch finds first.
import torch
import torch.nn.functional as F

calls = [
    lambda: torch.linalg.solve_triangular(torch.ones(2, 2).long(), torch.ones(3, 1), upper=True),
    lambda: F.conv2d(torch.ones(2, 3), torch.ones(2, 3), padding="around"),
    lambda: F.interpolate(torch.ones(1, 1, 4), size=2, scale_factor=2, antialias=True),
    lambda: F.nll_loss(torch.ones(2, 3), torch.zeros(2, 3).long(), torch.ones(2)),
    lambda: torch.meshgrid(torch.tensor([[1.5, -2.0], [10.25, 0.0]]), torch.arange(3), indexing="ab"),
    lambda: torch.zeros(2, 3).rot90(1, (0, 2)),
    lambda: F.pad(torch.ones(3), (1,), mode="mirror"),
    lambda: torch.linalg.lstsq(torch.ones(2), torch.ones(2), driver="best"),
]
for call in calls:
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, "-", error)
