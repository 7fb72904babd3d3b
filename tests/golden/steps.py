# Every optimizer and every scheduler with three sets of options: 25 steps on a quadratic, on Rosenbrock's valley and on a small network.
import warnings

import torch
from torch import nn, optim
from torch.optim import lr_scheduler as S

warnings.simplefilter("ignore")  # SequentialLR warns at PyTorch's own line

OPTIONS = {
    "SGD": [dict(lr=0.05), dict(lr=0.002, momentum=0.9, nesterov=True, weight_decay=0.01), dict(lr=0.002, momentum=0.8, dampening=0.3)],
    "Adam": [dict(), dict(lr=0.1, betas=(0.8, 0.99), weight_decay=0.1), dict(lr=0.05, amsgrad=True, eps=1e-4)],
    "AdamW": [dict(), dict(lr=0.1, weight_decay=0.3), dict(lr=0.05, betas=(0.7, 0.9), amsgrad=True)],
    "Adamax": [dict(), dict(lr=0.1, betas=(0.5, 0.9)), dict(lr=0.05, weight_decay=0.2, eps=1e-3)],
    "NAdam": [dict(), dict(lr=0.1, momentum_decay=0.1), dict(lr=0.05, betas=(0.6, 0.95), weight_decay=0.1)],
    "RAdam": [dict(), dict(lr=0.1, betas=(0.5, 0.9)), dict(lr=0.05, weight_decay=0.1, eps=1e-5)],
    "Adagrad": [dict(), dict(lr=0.2, lr_decay=0.1), dict(lr=0.1, weight_decay=0.1, initial_accumulator_value=0.5)],
    "Adadelta": [dict(), dict(lr=5.0, rho=0.5), dict(lr=2.0, eps=1e-3, weight_decay=0.1)],
    "RMSprop": [dict(), dict(lr=0.02, alpha=0.8, momentum=0.5), dict(lr=0.01, centered=True, weight_decay=0.1, eps=1e-4)],
    "Rprop": [dict(), dict(lr=0.05, etas=(0.3, 1.5)), dict(lr=0.02, step_sizes=(1e-3, 0.1))],
    "ASGD": [dict(lr=0.002), dict(lr=0.002, lambd=0.1, alpha=0.5, t0=10), dict(lr=0.001, weight_decay=0.1)],
    "LBFGS": [dict(lr=0.1, max_iter=2), dict(lr=1, max_iter=3, history_size=2, line_search_fn="strong_wolfe"), dict(lr=0.5, max_iter=1)],
}

SCHEDULERS = [
    lambda o: S.StepLR(o, 5), lambda o: S.StepLR(o, 1, gamma=0.9), lambda o: S.StepLR(o, step_size=7, gamma=2.0),
    lambda o: S.MultiStepLR(o, [3, 8, 20]), lambda o: S.MultiStepLR(o, [10], gamma=0.5), lambda o: S.MultiStepLR(o, [4, 4, 12], gamma=0.3),
    lambda o: S.LambdaLR(o, lambda e: 0.9 ** e), lambda o: S.LambdaLR(o, lambda e: 1 / (1 + e)), lambda o: S.LambdaLR(o, [lambda e: min(1, e / 5)]),
    lambda o: S.MultiplicativeLR(o, lambda e: 0.95), lambda o: S.MultiplicativeLR(o, lambda e: 1 - 0.01 * e), lambda o: S.MultiplicativeLR(o, [lambda e: 1.02]),
    lambda o: S.ConstantLR(o), lambda o: S.ConstantLR(o, factor=0.5, total_iters=10), lambda o: S.ConstantLR(o, 0.1, 2),
    lambda o: S.LinearLR(o), lambda o: S.LinearLR(o, 0.1, 0.8, 12), lambda o: S.LinearLR(o, start_factor=1.0, end_factor=0.0, total_iters=30),
    lambda o: S.ExponentialLR(o, 0.9), lambda o: S.ExponentialLR(o, gamma=0.5), lambda o: S.ExponentialLR(o, 1.01),
    lambda o: S.PolynomialLR(o), lambda o: S.PolynomialLR(o, 20, power=2.0), lambda o: S.PolynomialLR(o, total_iters=30, power=0.5),
    lambda o: S.CosineAnnealingLR(o, 25), lambda o: S.CosineAnnealingLR(o, T_max=6, eta_min=0.001), lambda o: S.CosineAnnealingLR(o, 10),
    lambda o: S.CosineAnnealingWarmRestarts(o, 5), lambda o: S.CosineAnnealingWarmRestarts(o, 3, T_mult=2),
    lambda o: S.CosineAnnealingWarmRestarts(o, 10, 1, eta_min=0.002),
    lambda o: S.OneCycleLR(o, 0.02, total_steps=30), lambda o: S.OneCycleLR(o, max_lr=0.01, epochs=3, steps_per_epoch=10, anneal_strategy="linear"),
    lambda o: S.OneCycleLR(o, 0.02, total_steps=26, three_phase=True, pct_start=0.4, cycle_momentum=False, div_factor=10, final_div_factor=100),
    lambda o: S.CyclicLR(o, 0.001, 0.01, step_size_up=4), lambda o: S.CyclicLR(o, 0.001, 0.02, 3, 5, mode="triangular2", cycle_momentum=False),
    lambda o: S.CyclicLR(o, 0.001, 0.01, step_size_up=5, mode="exp_range", gamma=0.95),
    lambda o: S.ReduceLROnPlateau(o, patience=2, threshold=0.2), lambda o: S.ReduceLROnPlateau(o, factor=0.5, patience=0, cooldown=2, threshold=0.05),
    lambda o: S.ReduceLROnPlateau(o, mode="max", factor=0.7, patience=1, threshold_mode="abs", min_lr=0.002),
    lambda o: S.SequentialLR(o, [S.ConstantLR(o, 0.1, 5), S.ExponentialLR(o, 0.9)], milestones=[5]),
    lambda o: S.SequentialLR(o, [S.LinearLR(o, 0.2, 1.0, 8), S.CosineAnnealingLR(o, 10)], [8]),
    lambda o: S.SequentialLR(o, [S.ConstantLR(o, 0.5, 3), S.StepLR(o, 2, 0.5), S.LinearLR(o, 0.1)], [3, 12]),
    lambda o: S.ChainedScheduler([S.ConstantLR(o, 0.1, 2), S.ExponentialLR(o, 0.9)]),
    lambda o: S.ChainedScheduler([S.LinearLR(o, 0.5), S.StepLR(o, 10)]), lambda o: S.ChainedScheduler([S.ExponentialLR(o, 0.99)]),
]


def quadratic():
    x = torch.tensor([3.0, -2.0], dtype=torch.float64, requires_grad=True)
    return [x], lambda: 2 * (x[0] - 1) ** 2 + x[0] * x[1] + (x[1] + 2) ** 2


def rosenbrock():
    x = torch.tensor([-0.5, 1.0], dtype=torch.float64, requires_grad=True)
    return [x], lambda: ((1 - x[0]) ** 2 + 10 * (x[1] - x[0] ** 2) ** 2) / 10


def network(dtype=torch.float32):
    torch.manual_seed(1)
    model = nn.Sequential(nn.Linear(2, 4), nn.Tanh(), nn.Linear(4, 1)).to(dtype)
    X, y = torch.randn(16, 2, dtype=dtype), torch.randn(16, 1, dtype=dtype)
    return list(model.parameters()), lambda: nn.functional.mse_loss(model(X), y)


def fine_network():
    return network(torch.float64)  # where a last digit would grow: line searches, large steps


def number(x):
    return f"{float(x):.6g}"


def state_of(optimizer, parameter):
    out = []
    for name, value in sorted(optimizer.state[parameter].items()):
        if isinstance(value, torch.Tensor):
            out.append(name + " " + number(value.double().sum()))
        elif isinstance(value, (int, float)):
            out.append(name + " " + number(value))
    return ", ".join(out)


def train(name, options, problem, maximize=False):
    parameters, loss_of = problem()
    optimizer = getattr(optim, name)(parameters, **options)
    losses = []

    def closure():
        optimizer.zero_grad(set_to_none=True)
        loss = -loss_of() if maximize else loss_of()
        loss.backward()
        return loss

    for step in range(25):
        loss = optimizer.step(closure)
        if step % 6 == 0:
            losses.append(number(loss))
    ends = [number(p.detach().double().sum()) if len(parameters) > 1 else " ".join(map(number, p)) for p in parameters]
    print(f"{name} {options} {problem.__name__}: loss {' '.join(losses)}; ends at {' '.join(ends)}; {state_of(optimizer, parameters[0])}")


for name, sets in OPTIONS.items():
    for options in sets:
        for problem in quadratic, rosenbrock, network if options is sets[0] and name != "LBFGS" else fine_network:
            train(name, options, problem)
for name in "SGD", "Adam", "AdamW", "Adamax", "Adagrad", "Adadelta", "RMSprop", "ASGD":
    train(name, dict(lr=0.01, maximize=True), quadratic, maximize=True)
for at, make in enumerate(SCHEDULERS):
    for problem in quadratic, rosenbrock, network:
        parameters, loss_of = problem()
        optimizer = optim.SGD(parameters, lr=0.01, momentum=0.5)
        scheduler = make(optimizer)
        rates = [number(optimizer.param_groups[0]["lr"])]
        for step in range(25):
            optimizer.zero_grad(set_to_none=True)
            loss = loss_of()
            loss.backward()
            optimizer.step()
            if isinstance(scheduler, S.ReduceLROnPlateau):
                scheduler.step(loss)
            else:
                scheduler.step()
            rates.append(number(optimizer.param_groups[0]["lr"]))
        if problem is quadratic:
            print(f"{at} {type(scheduler).__name__}: {' '.join(rates)}; last {' '.join(map(number, scheduler._last_lr))}; momentum {number(optimizer.param_groups[0]['momentum'])}")
        ends = [number(p.detach().double().sum()) for p in parameters]
        print(f"{at} {problem.__name__}: rate {rates[-1]}, loss {number(loss)}; ends at {' '.join(ends)}")
