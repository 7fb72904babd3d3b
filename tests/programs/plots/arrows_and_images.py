# Arrows between points, an image, a band around a curve, error bars and words.
import matplotlib.pyplot as plt
import numpy as np
import torch

plt.figure(figsize=(9, 3))
plt.subplot(1, 3, 1)
plt.imshow(torch.arange(12).reshape(3, 4), cmap='gray')
plt.axis('off')
plt.subplot(132)
plt.quiver([0, 0], [0, 0], [1, 2], [2, 1], color=['r', 'b'], angles='xy', scale_units='xy', scale=1)
plt.xlim(-1, 3)
plt.ylim(-1, 3)
plt.grid()
plt.subplot(1, 3, 3)
x = np.linspace(0, 2, 20)
plt.fill_between(x, x ** 2 - 0.3, x ** 2 + 0.3, alpha=0.3)
plt.plot(x, x ** 2)
plt.errorbar([0, 1, 2], [0, 1, 4], yerr=0.5, fmt='o', color='C3')
plt.text(0.2, 3, r'$x^2$', fontsize=14)
print(plt.gcf(), plt.gca().get_xlim())
plt.show()
