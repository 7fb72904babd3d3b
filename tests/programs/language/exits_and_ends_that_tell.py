# __exit__ is told what was raised and where; next() hands on what a StopIteration carries.
class Count:
    def __init__(self, upto):
        self.n, self.upto = 0, upto

    def __next__(self):
        self.n += 1
        if self.n > self.upto:
            raise StopIteration("the end")
        return self.n

    def __iter__(self):
        return self

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        print(kind and kind.__name__, value, trace and trace.tb_lineno)
        return True


count = Count(2)
print(next(count), next(count), next(count, "default"))
try:
    next(count)
except StopIteration as stop:
    print(stop.value, list(Count(3)))
with Count(1):
    raise KeyError("k")
with Count(1) as count:
    print(count.n)
