# L-BFGS with and without a line search: sums and products are PyTorch's to the last digit, so that losses stay equal for long.
import torch

torch.manual_seed(123)
net = torch.nn.Sequential(torch.nn.Linear(1, 16), torch.nn.Tanh(), torch.nn.Linear(16, 16), torch.nn.Tanh(), torch.nn.Linear(16, 1))
t = torch.linspace(0, 1, 20).view(-1, 1)
start = {k: v.clone() for k, v in net.state_dict().items()}
for options in ({"lr": 0.5, "max_iter": 10, "history_size": 5, "line_search_fn": "strong_wolfe"}, {"lr": 0.3}, {"lr": 1, "line_search_fn": "strong_wolfe"}):
    net.load_state_dict(start)
    optimizer = torch.optim.LBFGS(net.parameters(), **options)

    def closure():
        optimizer.zero_grad()
        loss = (net(t) - torch.sin(6 * t)).pow(2).mean()
        loss.backward()
        return loss

    for step in range(3):
        print(step, optimizer.step(closure).item())
    state = optimizer.state_dict()["state"][0]
    print(state["n_iter"], state["func_evals"], float(state["t"]), state["d"].abs().max().item(), state["H_diag"])
