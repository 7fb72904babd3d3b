# A traceback through several functions, the innermost last, each with its place in the line.
def ratio(a, b):
    return a / b

def percent(part, whole):
    return 100 * ratio(part, whole)

def report(counts):
    for name, (part, whole) in counts.items():
        print(f"{name}: {percent(part, whole):.0f} %")

report({"train": (3, 4), "test": (0, 0)})
