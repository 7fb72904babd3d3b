# Methods that Python asks by itself may answer wrongly, pass the question on, or raise: what becomes of it.
class Shy:
    def __eq__(self, other):
        return NotImplemented

    def __lt__(self, other):
        return NotImplemented


class Keen:
    def __eq__(self, other):
        return "equal"

    def __gt__(self, other):
        return 7


class Odd:
    def __init__(self, answer):
        self.__dict__["answer"] = answer

    def __getattr__(self, name):
        return self.answer

    __bool__ = __len__ = __str__ = __repr__ = __contains__ = lambda self, *args: self.answer


print(Shy() == Keen(), Shy() != Keen(), Shy() < Keen(), Shy() == Shy(), Keen() == 1, Keen() != 1)
for question in (lambda x: not x, lambda x: "yes" if x else "no", lambda x: x or 0, len, lambda x: f"{x}", repr, lambda x: 1 in x, lambda x: x.ask):
    for answer in (3, -1, "text", True):
        try:
            print(question(Odd(answer)), end="; ")
        except Exception as error:
            print(f"{type(error).__name__}: {error}", end="; ")
    print()
try:
    Shy() < Shy()
except TypeError as error:
    print(error)
