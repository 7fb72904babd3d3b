# When a statement runs over several lines, the traceback shows the one where the failing part begins.
def scale(value, factor):
    return value * factor

results = [
    scale(1, 2),
    scale(
        "text",
        1.5,
    ),
]
