# Calls that do not fit the function.
def train(model, lr, *, epochs=1):
    return model

attempts = [
    lambda: train(),
    lambda: train("net"),
    lambda: train("net", 0.1, 3),
    lambda: train("net", 0.1, epoch=3),
    lambda: train("net", 0.1, lr=0.2),
    lambda: len(),
    lambda: len(1, 2),
    lambda: train("net", 0.1)(),
    lambda: int("x"),
    lambda: [].append(),
]
for attempt in attempts:
    try:
        attempt()
    except (TypeError, ValueError) as error:
        print(f"{type(error).__name__}: {error}")
