# ExceptionGroup gathers errors; split, subgroup and derive take it apart.
group = ExceptionGroup("checks", [ValueError("a"), TypeError("b"), ExceptionGroup("inner", [ValueError("c"), KeyError("d")])])
print(group, group.message, group.exceptions)
print(repr(group.subgroup(ValueError)))
matched, rest = group.split((TypeError, KeyError))
print(repr(matched), repr(rest), group.subgroup(OSError))
print(group.split(lambda error: "c" in str(error))[0])


class Coded(ExceptionGroup):
    def __new__(cls, message, errors, code=0):
        made = super().__new__(cls, message, errors)
        made.code = code
        return made

    def derive(self, errors):
        return Coded(self.message, errors, self.code)


coded = Coded("coded", [ValueError(1), OSError(2)], 7)
print(type(coded.subgroup(OSError)), coded.subgroup(OSError).code)
for wrong in [("only a message",), (1, [ValueError()]), ("empty", []), ("no", [3]), ("stop", [KeyboardInterrupt()])]:
    try:
        ExceptionGroup(*wrong)
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
print(type(BaseExceptionGroup("", [ValueError()])), type(BaseExceptionGroup("", [KeyboardInterrupt()])))
