# Options out of range.
import torch

p = torch.ones(1, requires_grad=True)
for attempt in (lambda: torch.optim.Adam([p], lr=-1), lambda: torch.optim.Adam([p], betas=(1.5, 0.9)), lambda: torch.optim.RMSprop([p], alpha=-1),
                lambda: torch.optim.Rprop([p], etas=(2, 3)), lambda: torch.optim.Adadelta([p], rho=3), lambda: torch.optim.Adagrad([p], lr_decay=-1),
                lambda: torch.optim.NAdam([p], momentum_decay=-1), lambda: torch.optim.AdamW([p], eps=-1), lambda: torch.optim.Adam([])):
    try:
        attempt()
    except ValueError as error:
        print(error)
