# The path of gradient descent over the contours of what it minimises.
import matplotlib.pyplot as plt
import numpy as np
import torch

p = torch.tensor([-1.5, 2.0], requires_grad=True)
path = [p.detach().numpy().copy()]
optimizer = torch.optim.SGD([p], lr=0.1, momentum=0.5)
for step in range(20):
    loss = p[0] ** 2 + 3 * p[1] ** 2
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    path.append(p.detach().numpy().copy())
path = np.array(path)
X, Y = np.meshgrid(np.linspace(-2, 2, 60), np.linspace(-2.5, 2.5, 60))
Z = X ** 2 + 3 * Y ** 2
filled = plt.contourf(X, Y, Z, 12, cmap='viridis')
plt.colorbar()
plt.contour(X, Y, Z, levels=[1, 4, 9], colors='white', linewidths=0.7)
plt.plot(path[:, 0], path[:, 1], 'r.-', label='steps')
plt.annotate('minimum', (0, 0), xytext=(0.7, 1.5), arrowprops=dict(arrowstyle='->'), color='white')
plt.legend(loc='upper right')
print(path[:3].round(4), filled.levels, plt.xlim(), plt.ylim())
plt.show()
