# A note added to an exception on its way.
def load(name):
    raise OSError(f"cannot read {name}")

try:
    load("weights")
except OSError as error:
    error.add_note("Train the model first.")
    raise
