# A parameter without its default value.
def step(w, lr=):
    return w - lr
