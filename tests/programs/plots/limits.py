# Limits are taken from the data with a margin, as matplotlib takes them.
import matplotlib.pyplot as plt
import numpy as np


def limits(draw):
    plt.figure()
    draw()
    print(plt.xlim(), plt.ylim())


limits(lambda: plt.plot([0, 10], [1, 2]))
limits(lambda: plt.bar([1, 2], [3, 4]))
limits(lambda: plt.hist([1, 2, 2, 3.5], bins=3))
limits(lambda: plt.scatter([1, 2], [3, 4]))
limits(lambda: plt.imshow(np.ones((3, 4))))
limits(lambda: plt.semilogy([1, 2], [1, 100]))
limits(lambda: plt.axhline(3))
limits(lambda: plt.fill_between([0, 1], [1, 2]))
limits(lambda: plt.plot([1]))
limits(lambda: plt.title('empty'))
plt.axis([0, 5, -1, 1])
print(plt.axis(), plt.xlim(1, 2), plt.ylim(top=3))
plt.close('all')
