# The data sets and tools of scikit-learn, for seeds: shapes, types, first values, sums, and what they refuse.
import numpy as np
from sklearn.datasets import load_digits, load_iris, make_blobs, make_circles, make_moons, make_regression
from sklearn.metrics import accuracy_score, confusion_matrix, mean_squared_error, r2_score
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import MinMaxScaler, StandardScaler


def show(*xs):
    for x in xs:
        print(x if not hasattr(x, "shape") else (x.shape, x.dtype, np.round(x.ravel()[:6], 5), np.round(x.sum(), 4)))


show(*make_moons(10, noise=0.1, random_state=0))
show(*make_moons(7, shuffle=False))
show(*make_moons((3, 4), random_state=3))
show(*make_circles(11, noise=0.05, factor=0.5, random_state=1))
show(*make_circles(200, noise=0.2, factor=0.5, random_state=1))
show(*make_blobs(10, centers=3, random_state=0))
show(*make_blobs([3, 4], random_state=0, return_centers=True))
show(*make_blobs(20, centers=[[0, 0], [5, 5]], cluster_std=[0.5, 1.5], random_state=42))
show(*make_blobs(100, n_features=3, centers=4, cluster_std=0.6, random_state=7))
show(*make_regression(20, 1, noise=5, random_state=0))
show(*make_regression(30, 4, n_informative=2, bias=3.0, coef=True, random_state=2))
show(*make_regression(5, 3, n_targets=2, random_state=1))
np.random.seed(3)
show(*make_moons(6, noise=0.1))
i = load_iris()
show(i.data, i.target)
print(i.target_names, repr(i.target_names), i.target_names[i.target[:2]], i.target_names[2], list(i.target_names), i.feature_names)
show(*load_iris(return_X_y=True))
print(sorted(i.keys())[:3])
d = load_digits()
show(d.data, d.target, d.images, d.target_names)
print(d.images[0])
show(*load_digits(n_class=3, return_X_y=True))
X, y = make_moons(50, noise=0.1, random_state=0)
show(*train_test_split(X, y, test_size=0.2, random_state=1))
show(*train_test_split(X, y, random_state=4))
show(*train_test_split(X, test_size=10, shuffle=False))
print(train_test_split([1,2,3,4,5,6], test_size=0.33, random_state=42))
s = StandardScaler()
show(s.fit_transform(X), s.mean_, s.scale_, s.inverse_transform(s.transform(X)))
print(s)
m = MinMaxScaler()
show(m.fit_transform(X), m.inverse_transform(m.transform(X)))
print(m)
print(accuracy_score([0,1,1],[0,1,0]), mean_squared_error([1.,2],[1.,4]), r2_score([1.,2,3],[1.,2,4]))
print(confusion_matrix([0,1,1,2],[0,1,0,2]))
for f in (lambda: make_moons((1,2,3)), lambda: make_circles(3, factor=2), lambda: make_blobs([1,2], centers=[[0,0]]), lambda: make_moons(3, random_state="a"), lambda: i.nope, lambda: train_test_split(X, [1,2])):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)
