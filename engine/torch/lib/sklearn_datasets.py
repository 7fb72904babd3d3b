# sklearn.datasets: the small data sets that tutorials make or load. Points are drawn from numpy's legacy stream in scikit-learn's order,
# so that a random_state gives the same points.
import numpy as np


class Bunch(dict):
    """A dict whose keys are attributes too."""
    __module__ = 'sklearn.utils._bunch'

    def __getattr__(self, name):
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name)

    def __setattr__(self, name, value):
        self[name] = value

    def __dir__(self):
        return list(self.keys())


class _Names(list):
    """An array of strings, as far as names of classes are used."""
    def __str__(self):
        return '[' + ' '.join(map(repr, self)) + ']'

    def __repr__(self):
        return f"array([{', '.join(map(repr, self))}], dtype='<U{max(map(len, self))}')"

    def __getitem__(self, index):
        if hasattr(index, 'tolist'):
            index = index.tolist()
        return _Names([list.__getitem__(self, i) for i in index]) if isinstance(index, list) else list.__getitem__(self, index)

    def tolist(self):
        return list(self)

    @property
    def shape(self):
        return (len(self),)


def _generator(random_state):
    if random_state is None or random_state is np.random:
        return np.random
    if isinstance(random_state, int):
        return np.random.RandomState(random_state)
    if isinstance(random_state, np.random.RandomState):
        return random_state
    raise ValueError(f'{random_state!r} cannot be used to seed a numpy.random.RandomState instance')


def _shuffled(generator, *arrays):
    order = np.arange(len(arrays[0]))
    generator.shuffle(order)
    return [array[order] for array in arrays]


def _two_counts(n_samples):
    if isinstance(n_samples, int):
        return n_samples // 2, n_samples - n_samples // 2
    try:
        outer, inner = n_samples
    except ValueError as e:
        raise ValueError('`n_samples` can be either an int or a two-element tuple.') from e
    return outer, inner


def _two_curves(outer, inner, shuffle, noise, generator):
    """Points on two curves, each given as its xs and ys, labelled 0 and 1."""
    X = np.stack([np.concatenate([a, b]) for a, b in zip(outer, inner)], axis=1)
    y = np.concatenate([np.zeros(len(outer[0]), dtype=np.int64), np.ones(len(inner[0]), dtype=np.int64)])
    if shuffle:
        X, y = _shuffled(generator, X, y)
    if noise is not None:
        X = X + generator.normal(scale=noise, size=X.shape)
    return X, y


def make_moons(n_samples=100, *, shuffle=True, noise=None, random_state=None):
    out, inside = _two_counts(n_samples)
    generator = _generator(random_state)
    a, b = np.linspace(0, np.pi, out), np.linspace(0, np.pi, inside)
    return _two_curves((np.cos(a), np.sin(a)), (1 - np.cos(b), 1 - np.sin(b) - 0.5), shuffle, noise, generator)


def make_circles(n_samples=100, *, shuffle=True, noise=None, random_state=None, factor=0.8):
    if factor >= 1 or factor < 0:
        raise ValueError("'factor' has to be between 0 and 1.")
    out, inside = _two_counts(n_samples)
    generator = _generator(random_state)
    a, b = [np.linspace(0, 2 * np.pi, n + 1)[:n] for n in (out, inside)]
    return _two_curves((np.cos(a), np.sin(a)), (np.cos(b) * factor, np.sin(b) * factor), shuffle, noise, generator)


def make_blobs(n_samples=100, n_features=2, *, centers=None, cluster_std=1.0, center_box=(-10.0, 10.0), shuffle=True, random_state=None,
               return_centers=False):
    generator = _generator(random_state)
    if isinstance(n_samples, int):
        if centers is None:
            centers = 3
        if isinstance(centers, int):
            centers = generator.uniform(center_box[0], center_box[1], size=(centers, n_features))
        centers = np.asarray(centers, dtype=float)
        counts = [n_samples // len(centers) + (i < n_samples % len(centers)) for i in range(len(centers))]
    else:
        counts = [int(n) for n in n_samples]
        if centers is None:
            centers = generator.uniform(center_box[0], center_box[1], size=(len(counts), n_features))
        if len(centers) != len(counts):
            raise ValueError(f'Length of `n_samples` not consistent with number of centers. Got n_samples = {n_samples} and centers = {centers}')
        centers = np.asarray(centers, dtype=float)
    if hasattr(cluster_std, '__len__') and len(cluster_std) != len(centers):
        raise ValueError(f'Length of `clusters_std` not consistent with number of centers. Got centers = {centers} and cluster_std = {cluster_std}')
    stds = [cluster_std] * len(centers) if isinstance(cluster_std, (int, float)) else [float(s) for s in cluster_std]
    X = np.concatenate([generator.normal(loc=centers[i], scale=std, size=(n, centers.shape[1])) for i, (n, std) in enumerate(zip(counts, stds))])
    y = np.concatenate([np.full(n, i, dtype=np.int64) for i, n in enumerate(counts)])
    if shuffle:
        X, y = _shuffled(generator, X, y)
    return (X, y, centers) if return_centers else (X, y)


def make_regression(n_samples=100, n_features=100, *, n_informative=10, n_targets=1, bias=0.0, effective_rank=None, tail_strength=0.5, noise=0.0,
                    shuffle=True, coef=False, random_state=None):
    if effective_rank is not None:
        raise NotImplementedError('make_regression: effective_rank is not part of nabla; leave it out')
    n_informative = min(n_features, n_informative)
    generator = _generator(random_state)
    X = generator.standard_normal(size=(n_samples, n_features))
    truth = np.zeros((n_features, n_targets))
    truth[:n_informative, :] = 100 * generator.uniform(size=(n_informative, n_targets))
    y = np.dot(X, truth) + bias
    if noise > 0.0:
        y = y + generator.normal(scale=noise, size=y.shape)
    if shuffle:
        X, y = _shuffled(generator, X, y)
        order = np.arange(n_features)
        generator.shuffle(order)
        X, truth = X[:, order], truth[order]
    y = np.squeeze(y)
    return (X, y, np.squeeze(truth)) if coef else (X, y)


def _loaded(data, target, return_X_y, **more):
    if return_X_y:
        return data, target
    return Bunch(data=data, target=target, frame=None, **more)


def load_iris(*, return_X_y=False, as_frame=False):
    """150 flowers of three kinds. Fisher's data of 1936, in the UCI repository under CC BY 4.0."""
    from sklearn._iris import ROWS
    values = [int(n) / 10 for n in ROWS.split()]
    data = np.array(values).reshape(150, 4)
    target = np.arange(150) // 50
    return _loaded(data, target, return_X_y, target_names=_Names(['setosa', 'versicolor', 'virginica']), DESCR=load_iris.__doc__,
                   feature_names=['sepal length (cm)', 'sepal width (cm)', 'petal length (cm)', 'petal width (cm)'], filename='iris.csv',
                   data_module='sklearn.datasets.data')


def load_digits(*, n_class=10, return_X_y=False, as_frame=False):
    """1797 handwritten digits of 8 by 8 pixels, 0 to 16. E. Alpaydin and C. Kaynak, Optical Recognition of Handwritten Digits, in the UCI
    repository under CC BY 4.0 (https://doi.org/10.24432/C50P49); the test half, as scikit-learn has it."""
    from sklearn._digits import PIXELS, LABELS
    pixels = np.array([float(ord(c) - 97) for c in PIXELS]).reshape(1797, 64)
    target = np.array([int(c) for c in LABELS])
    if n_class < 10:
        kept = target < n_class
        pixels, target = pixels[kept], target[kept]
    more = dict(target_names=np.arange(10), images=pixels.reshape(-1, 8, 8), DESCR=load_digits.__doc__,
                feature_names=[f'pixel_{row}_{col}' for row in range(8) for col in range(8)])
    return _loaded(pixels, target, return_X_y, **more)
