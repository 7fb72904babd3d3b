# Recurrent layers trained for some steps: losses and gradients to the last digit.
import torch
import torch.nn as nn
import torch.nn.functional as F

for kind, options in ((nn.RNN, {}), (nn.LSTM, {}), (nn.GRU, {}), (nn.RNN, {'num_layers': 2, 'nonlinearity': 'relu'}), (nn.LSTM, {'bidirectional': True})):
    torch.manual_seed(3)
    layer = kind(3, 6, batch_first=True, **options)
    head = nn.Linear(12 if layer.bidirectional else 6, 2)
    parameters = [*layer.parameters(), *head.parameters()]
    optimizer = torch.optim.Adam(parameters, lr=0.02)
    x, y = torch.randn(8, 5, 3), torch.randint(0, 2, (8,))
    for step in range(6):
        loss = F.cross_entropy(head(layer(x)[0][:, -1]), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        print(kind.__name__, step, loss.item(), parameters[1].grad.sum().item())
    print([p.grad.norm().item() for p in parameters])
