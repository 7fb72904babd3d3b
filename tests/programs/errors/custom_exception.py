# An exception of one's own, of a class inside the program.
class Diverged(RuntimeError):
    def __init__(self, step):
        super().__init__(f"the loss is not finite at step {step}")

loss = 1.0
for step in range(1000):
    loss = loss * 1e10
    if loss == float("inf"):
        raise Diverged(step)
