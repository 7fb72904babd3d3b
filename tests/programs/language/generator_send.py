# A generator can be sent values, return one, hand over to another, and be closed.
def running_mean():
    total, count, mean = 0.0, 0, None
    while True:
        value = yield mean
        total, count = total + value, count + 1
        mean = total / count

means = running_mean()
next(means)
print([means.send(v) for v in (10, 20, 60)])

def inner():
    try:
        got = yield 1
        print("got", got)
        return "result"
    finally:
        print("inner ends")

def outer():
    answer = yield from inner()
    yield answer

g = outer()
print(next(g), g.send("hello"))
g.close()
