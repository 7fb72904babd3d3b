# An operator's method that raises stands in the traceback between its caller and its error; so does an __init__.
class Amount:
    def __init__(self, value, unit="m"):
        if unit not in ("m", "s"):
            raise ValueError(f"no such unit: {unit}")
        self.value = value
        self.unit = unit

    def __add__(self, other):
        if self.unit != other.unit:
            raise TypeError("units differ")
        return Amount(self.value + other.value, self.unit)


class Strange:
    def __init__(self):
        return 3


try:
    Amount(1) + Amount(2, "s")
except TypeError as error:
    print(error)
try:
    Strange()
except TypeError as error:
    print(error)
for wrong in (lambda: Amount(), lambda: Amount(1, 2, 3), lambda: Amount(1, units="m")):
    try:
        wrong()
    except TypeError as error:
        print(error)
total = Amount(1) + Amount(2)
print(total.value, total.unit)
print(Amount(3) + Amount(4, "kg"))
