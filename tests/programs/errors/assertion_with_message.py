# An assertion with a message.
loss = 2.0
assert loss < 1, f'loss is {loss}'
