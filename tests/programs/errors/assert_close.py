# torch.testing.assert_close says what differs, by how much and where.
import torch
from torch.testing import assert_close

t = torch.tensor
cases = [(t([1., 2.]), t([1., 2.])), (t([1., 2.]), t([1., 2.1])), (t([1., 2.]), t([1., 2., 3.])), (t([1., 2.]), t([1, 2])), (t([1, 2]), t([1, 3])), (t(1.), t(2.)), (1., 2.),
         (1, 2), (1, 2.), ([1., t(2.)], [1., t(3.)]), ([1.], [1., 2]), ({'a': 1.}, {'a': 2.}), ({'a': 1.}, {'b': 2.}), (t(float('nan')), t(float('nan'))),
         (t([1., 2.]), [1., 2.1]), ('a', 'b'), (t([1., 2.], dtype=torch.float64), t([1., 2.1], dtype=torch.float64)), (t([True, False]), t([True, True])),
         (t([[1., 2.], [3, 4]]), t([[1., 2.1], [3, 5]])), (True, False), (None, None), (torch.ones(0), torch.ones(0))]
options = [(t([1., 2.]), t([1., 2.1]), dict(rtol=0.1, atol=0)), (t([1., 2.]), t([1., 2.1]), dict(rtol=0.1)), (t([1., 2.]), t([1., 2.1]), dict(msg='no good')),
           (t([1.]), t([2.]), dict(rtol=0, atol=0)), (t(float('nan')), t(float('nan')), dict(equal_nan=True)), (t([1.]), t([1.]).double(), dict(check_dtype=False))]
for actual, expected, *more in cases + options:
    try:
        print(assert_close(actual, expected, **more[0] if more else {}))
    except Exception as error:
        print(type(error).__name__, error)
