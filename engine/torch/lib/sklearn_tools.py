# sklearn.model_selection, preprocessing and metrics: the few tools that come with the data sets in tutorials.
import math

import numpy as np
from sklearn.datasets import _generator


def train_test_split(*arrays, test_size=None, train_size=None, random_state=None, shuffle=True, stratify=None):
    if not arrays:
        raise ValueError('At least one array required as input')
    if stratify is not None:
        raise NotImplementedError('train_test_split: stratify is not part of nabla')
    n = len(arrays[0])
    if any(len(a) != n for a in arrays):
        raise ValueError(f'Found input variables with inconsistent numbers of samples: {[len(a) for a in arrays]}')
    if test_size is None and train_size is None:
        test_size = 0.25
    test = None if test_size is None else math.ceil(test_size * n) if isinstance(test_size, float) else test_size
    train = None if train_size is None else math.floor(train_size * n) if isinstance(train_size, float) else train_size
    test = n - train if test is None else test
    train = n - test if train is None else train
    if not 0 < test < n or not 0 < train <= n - test:
        raise ValueError(f'The sum of train_size and test_size = {train + test}, should be smaller than the number of samples {n}. Reduce test_size and/or '
                         'train_size.')
    if shuffle:
        order = _generator(random_state).permutation(n)
        tests, trains = order[:test], order[test:test + train]
    else:
        trains, tests = np.arange(train), np.arange(train, train + test)
    out = []
    for array in arrays:
        if isinstance(array, (list, tuple)):
            out += [[array[i] for i in trains.tolist()], [array[i] for i in tests.tolist()]]
        elif type(array).__module__.startswith('torch'):
            out += [array[trains.tolist()], array[tests.tolist()]]
        else:
            out += [array[trains], array[tests]]
    return out


class _Scaler:
    def fit_transform(self, X, y=None):
        return self.fit(X).transform(X)

    def _check(self):
        if not hasattr(self, 'scale_'):
            raise ValueError(f"This {type(self).__name__} instance is not fitted yet. Call 'fit' with appropriate arguments before using this estimator.")

    def __repr__(self):
        return type(self).__name__ + '()'


class StandardScaler(_Scaler):
    __module__ = 'sklearn.preprocessing._data'

    def fit(self, X, y=None):
        X = np.asarray(X, dtype=float)
        self.mean_, self.var_, self.n_samples_seen_ = X.mean(axis=0), X.var(axis=0), len(X)
        scale = np.sqrt(self.var_)
        self.scale_ = np.where(scale == 0, 1.0, scale)
        return self

    def transform(self, X):
        self._check()
        return (np.asarray(X, dtype=float) - self.mean_) / self.scale_

    def inverse_transform(self, X):
        self._check()
        return np.asarray(X, dtype=float) * self.scale_ + self.mean_


class MinMaxScaler(_Scaler):
    __module__ = 'sklearn.preprocessing._data'

    def __init__(self, feature_range=(0, 1)):
        self.feature_range = feature_range

    def fit(self, X, y=None):
        X = np.asarray(X, dtype=float)
        low, high = self.feature_range
        self.data_min_, self.data_max_ = X.min(axis=0), X.max(axis=0)
        self.data_range_ = self.data_max_ - self.data_min_
        self.scale_ = (high - low) / np.where(self.data_range_ == 0, 1.0, self.data_range_)
        self.min_ = low - self.data_min_ * self.scale_
        return self

    def transform(self, X):
        self._check()
        return np.asarray(X, dtype=float) * self.scale_ + self.min_

    def inverse_transform(self, X):
        self._check()
        return (np.asarray(X, dtype=float) - self.min_) / self.scale_


def accuracy_score(y_true, y_pred):
    return float(np.mean(np.asarray(y_true) == np.asarray(y_pred)))


def mean_squared_error(y_true, y_pred):
    return float(np.mean((np.asarray(y_true, dtype=float) - np.asarray(y_pred, dtype=float)) ** 2))


def r2_score(y_true, y_pred):
    y_true, y_pred = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    return float(1 - ((y_true - y_pred) ** 2).sum() / ((y_true - y_true.mean()) ** 2).sum())


def confusion_matrix(y_true, y_pred):
    labels = sorted(set(np.asarray(y_true).tolist()) | set(np.asarray(y_pred).tolist()))
    counts = [[0] * len(labels) for _ in labels]
    for a, b in zip(np.asarray(y_true).tolist(), np.asarray(y_pred).tolist()):
        counts[labels.index(a)][labels.index(b)] += 1
    return np.array(counts)
