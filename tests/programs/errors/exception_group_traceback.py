# An uncaught group is shown with its exceptions in boxes.
def check(n):
    if n % 2:
        raise ValueError(f"{n} is odd")


def check_all(numbers):
    errors = []
    for n in numbers:
        try:
            check(n)
        except ValueError as error:
            errors.append(error)
    raise ExceptionGroup("checks failed", errors + [ExceptionGroup("more", [TypeError("two\nlines"), KeyError("k")])])


try:
    check_all([1, 2, 3])
except* TypeError as part:
    part.add_note("seen")
    raise RuntimeError("while handling")
