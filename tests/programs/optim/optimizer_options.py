# Options of the optimizers, after 25 steps.
import torch

options = {
    "Adam": [dict(lr=0.1, betas=(0.8, 0.9), weight_decay=0.1), dict(lr=0.05, amsgrad=True, maximize=True)],
    "AdamW": [dict(lr=0.1, betas=(0.8, 0.9), weight_decay=0.1), dict(lr=0.05, amsgrad=True)],
    "Adamax": [dict(lr=0.1, weight_decay=0.1)], "NAdam": [dict(lr=0.1, momentum_decay=0.1)], "RAdam": [dict(lr=0.1, betas=(0.5, 0.9))],
    "Adagrad": [dict(lr=0.1, lr_decay=0.1, initial_accumulator_value=0.5)], "Adadelta": [dict(lr=0.5, rho=0.5, weight_decay=0.1)],
    "RMSprop": [dict(lr=0.01, momentum=0.9, centered=True), dict(alpha=0.5, weight_decay=0.1)],
    "Rprop": [dict(lr=0.1, etas=(0.3, 1.5), step_sizes=(0.001, 0.05))], "ASGD": [dict(lr=0.05, lambd=0.01, t0=5)],
}
for name, sets in options.items():
    for chosen in sets:
        p = torch.tensor([3.0, 2.0], requires_grad=True)
        optimizer = getattr(torch.optim, name)([p], **chosen)
        for i in range(25):
            optimizer.zero_grad()
            (p[0] ** 2 + 5 * (p[1] - 1) ** 2).backward()
            optimizer.step()
        print(name, chosen, [f"{x:.4f}" for x in p.tolist()])
