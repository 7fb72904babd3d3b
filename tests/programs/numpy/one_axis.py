# What goes along one axis: numbers have none, None and tuples are not taken.
import numpy as np
def attempt(make):
    try:
        print(repr(make()))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")
number = np.array(3)
attempt(lambda: np.cumsum(number, axis=0))
attempt(lambda: np.sort(number, axis=0))
attempt(lambda: np.repeat(number, 2, axis=0))
attempt(lambda: np.argmax(number, axis=1))
attempt(lambda: np.argmax(np.ones((2, 3)), axis=(0, 1)))
attempt(lambda: np.argmax(np.ones((2, 0)), axis=0))
attempt(lambda: np.stack([np.ones(2), np.ones(2)], axis=None))
attempt(lambda: np.expand_dims(np.ones((2, 3)), 5))
attempt(lambda: np.take(np.array([]), 0))
attempt(lambda: np.arange(50).sum(dtype=np.uint8))
attempt(lambda: np.floor(np.array([1, 2])))
attempt(lambda: np.diff(np.array([True, True, False])))
attempt(lambda: np.heaviside([1.0, np.nan, 0.0, -1.0], 0.5))
attempt(lambda: np.zeros(5 / 2))
attempt(lambda: np.cov(np.ones((2, 2, 2))))
attempt(lambda: np.average([1, 2], weights=[1, -1]))
attempt(lambda: np.add(np.ones(2), 0.5, out=np.ones(2, int)))
attempt(lambda: np.vectorize(abs)(np.array([])))
def subtract():
    x = np.ones((3, 2))
    x -= np.ones((3, 3))
attempt(subtract)
