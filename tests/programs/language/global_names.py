# Reading a global name is free; rebinding one needs the word global.
steps = 0
log = []

def advance():
    global steps
    steps += 1
    log.append(steps)

def shadow():
    steps = 100
    return steps

advance()
advance()
print(steps, log, shadow(), steps)

def broken():
    steps += 1

try:
    broken()
except UnboundLocalError as error:
    print(error)
