# close(), throw(), return values, GeneratorExit.
def counter():
    try:
        n = 0
        while True:
            sent = yield n
            n = n + 1 if sent is None else sent
    except GeneratorExit:
        print("closed at", n)
        raise
    finally:
        print("cleaned")


c = counter()
print(next(c), next(c), c.send(10), next(c))
c.close()


def careful():
    while True:
        try:
            yield "ok"
        except ValueError as error:
            yield f"caught {error}"


g = careful()
print(next(g), g.throw(ValueError("bad")), next(g))
