# A few tools for functions and for loops.
from functools import partial, reduce
from itertools import accumulate, chain, count, islice, product

print(reduce(lambda a, b: a * b, [1, 2, 3, 4]), partial(pow, 2)(5))
print(list(accumulate([1, 2, 3, 4])), list(chain("ab", [1])), list(islice(count(10, 5), 3)))
print(list(product([0, 1], "ab")))
