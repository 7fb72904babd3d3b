# A surface with the way down on it; a wire frame with points.
import matplotlib.pyplot as plt
import numpy as np
from mpl_toolkits.mplot3d import Axes3D

x = np.linspace(-2, 2, 30)
X, Y = np.meshgrid(x, x)
fig = plt.figure(figsize=(9, 4))
ax = fig.add_subplot(1, 2, 1, projection="3d")
surface = ax.plot_surface(X, Y, X**2 + 3 * Y**2, cmap="viridis", alpha=0.8)
way = np.array([(1.8 * 0.8**i, 1.5 * 0.5**i) for i in range(12)])
ax.plot(way[:, 0], way[:, 1], way[:, 0] ** 2 + 3 * way[:, 1] ** 2, "r.-", label="descent")
ax.set(xlabel="w0", ylabel="w1", zlabel="loss", title="Down the valley")
ax.view_init(elev=40, azim=-50)
print(ax.get_zlabel(), ax.elev, ax.azim, isinstance(ax, Axes3D))
other = fig.add_subplot(122, projection="3d")
other.plot_wireframe(X[::3, ::3], Y[::3, ::3], np.sin(X + Y)[::3, ::3])
other.scatter(way[:, 0], way[:, 1], 0 * way[:, 0], c="r", marker="^")
plt.show()
