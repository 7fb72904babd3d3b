# Exceptions of one's own, with a hierarchy, attributes and causes.
class TrainingError(Exception):
    pass

class Diverged(TrainingError):
    def __init__(self, step, loss):
        super().__init__(f"loss {loss} at step {step}")
        self.step = step

def train(lr):
    loss = 1.0
    for step in range(100):
        loss *= lr
        if loss > 1000:
            raise Diverged(step, loss)
    return loss

print(f"{train(0.5):.1e}")
try:
    train(4)
except TrainingError as error:
    print(type(error).__name__, error.step, error, error.args, repr(error))

try:
    try:
        {}["missing"]
    except KeyError as error:
        raise TrainingError("no such setting") from error
except TrainingError as error:
    print(error, "because of", repr(error.__cause__), error.__context__ is error.__cause__)
