# `timeit`: how long a statement or a function takes. Runs in the module's own namespace.
default_number, default_repeat = 1000000, 5

class Timer:
    def __init__(self, stmt="pass", setup="pass", timer=default_timer, globals=None):
        self._space = {} if globals is None else globals
        self._stmt, self._setup, self._timer = self._ready(stmt), self._ready(setup), timer
    def _ready(self, what):
        return what if callable(what) else compile(what, "<timeit-src>", "exec")
    def _run(self, what):
        if callable(what):
            what()
        else:
            exec(what, self._space)
    def timeit(self, number=default_number):
        self._run(self._setup)
        stmt, timer = self._stmt, self._timer
        if callable(stmt):
            start = timer()
            for _ in range(number):
                stmt()
            return timer() - start
        space = self._space
        start = timer()
        for _ in range(number):
            exec(stmt, space)
        return timer() - start
    def repeat(self, repeat=default_repeat, number=default_number):
        return [self.timeit(number) for _ in range(repeat)]
    def autorange(self, callback=None):
        number = 1
        while True:
            for factor in (1, 2, 5):
                taken = self.timeit(number * factor)
                if callback:
                    callback(number * factor, taken)
                if taken >= 0.2:
                    return number * factor, taken
            number *= 10

def timeit(stmt="pass", setup="pass", timer=default_timer, number=default_number, globals=None):
    return Timer(stmt, setup, timer, globals).timeit(number)
def repeat(stmt="pass", setup="pass", timer=default_timer, repeat=default_repeat, number=default_number, globals=None):
    return Timer(stmt, setup, timer, globals).repeat(repeat, number)
