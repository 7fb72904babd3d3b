# assert stops a program that is on a wrong track.
def mean(values):
    assert len(values) > 0, "mean of nothing"
    return sum(values) / len(values)

print(mean([1, 2, 6]))
for values in ([], None):
    try:
        mean(values)
    except (AssertionError, TypeError) as error:
        print(f"{type(error).__name__}: {error}")
try:
    assert 1 > 2
except AssertionError as error:
    print(repr(error), str(error) == "")
