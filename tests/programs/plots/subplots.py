# Four kinds of plots in one figure: points by value, histograms, bars and a loss on a log scale.
import matplotlib.pyplot as plt
import numpy as np

np.random.seed(0)
p = np.random.randn(200, 2)
fig, axes = plt.subplots(2, 2, figsize=(9, 7))
points = axes[0, 0].scatter(p[:, 0], p[:, 1], c=p[:, 0], cmap='coolwarm', s=30)
axes[0, 0].set_title('scatter')
fig.colorbar(points, ax=axes[0, 0])
counts, edges, bars = axes[0, 1].hist(p[:, 0], bins=10, alpha=0.7, label='a')
axes[0, 1].hist(p[:, 1], bins=10, alpha=0.7, label='b')
axes[0, 1].legend()
print(counts, edges.round(3), bars)
axes[1, 0].bar(['cat', 'dog', 'emu'], [3, 5, 2])
axes[1, 0].set_ylabel('count')
axes[1, 1].semilogy(np.exp(-np.arange(50) / 5), label='loss')
axes[1, 1].legend()
print(axes.shape, len(axes), axes[1, 0].get_ylim())
fig.suptitle('Four')
plt.tight_layout()
plt.show()
