# A plot that is drawn again while the training runs.
import matplotlib.pyplot as plt
import torch

x = torch.linspace(-1, 1, 50).unsqueeze(1)
y = x ** 2
torch.manual_seed(1)
net = torch.nn.Sequential(torch.nn.Linear(1, 10), torch.nn.ReLU(), torch.nn.Linear(10, 1))
optimizer = torch.optim.SGD(net.parameters(), lr=0.2)
plt.ion()
for t in range(100):
    prediction = net(x)
    loss = ((prediction - y) ** 2).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    if t % 25 == 0:
        plt.cla()
        plt.scatter(x.numpy(), y.numpy())
        plt.plot(x.numpy(), prediction.detach().numpy(), 'r-', lw=5)
        plt.text(0.5, 0, 'Loss=%.4f' % loss.item(), fontdict={'size': 20, 'color': 'red'})
        plt.pause(0.1)
        print(t, f'{loss.item():.4f}')
plt.ioff()
plt.show()
