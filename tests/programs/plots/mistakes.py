# matplotlib's errors have matplotlib's words.
import matplotlib.pyplot as plt
import numpy as np
import torch

attempts = [
    lambda: plt.plot([1, 2, 3], [1, 2]), lambda: plt.plot([1, 2], 'zz'), lambda: plt.plot([1, 2], color='foo'), lambda: plt.plot([1, 2], foo=1),
    lambda: plt.plot([1, 2], marker='foo'), lambda: plt.plot([1, 2], linestyle='foo'), lambda: plt.scatter([1, 2], [1]),
    lambda: plt.scatter([1, 2], [1, 2], c='foo'), lambda: plt.scatter([1, 2], [1, 2], s=[1, 2, 3]), lambda: plt.bar([1, 2], [1, 2, 3]),
    lambda: plt.plot(torch.ones(2, requires_grad=True)), lambda: plt.plot(np.ones((2, 2, 2))), lambda: plt.subplot(2, 2, 5),
    lambda: plt.legend(loc='foo'), lambda: plt.imshow(np.ones(3)), lambda: plt.contour([1, 2], [1, 2], [1, 2]), lambda: plt.contour([1, 2], [1, 2], np.ones((3, 3))),
    lambda: plt.fill_between([1, 2], [1, 2, 3]), lambda: plt.foo, lambda: plt.gca().foo,
]
for attempt in attempts:
    try:
        print(attempt())
    except Exception as e:
        print(f'{type(e).__name__}: {e}')
