# Curves with labels, a legend, a grid and limits.
import matplotlib.pyplot as plt
import numpy as np

x = np.linspace(-3, 3, 100)
plt.figure(figsize=(6, 4))
plt.plot(x, np.sin(x), label='sin')
plt.plot(x, np.cos(x), 'r--', lw=2, label='cos')
plt.plot(x[::10], x[::10] / 3, 'go', alpha=0.5, label='points')
plt.axhline(0, color='k', linewidth=1)
plt.title('Waves')
plt.xlabel('x')
plt.ylabel('value')
plt.legend()
plt.grid(True)
print(plt.xlim(), plt.gca().get_title(), plt.gcf())
plt.show()
