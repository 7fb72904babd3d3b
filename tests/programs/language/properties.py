# Attributes that are computed, checked when set, and methods of the class.
class Temperature:
    made = 0

    def __init__(self, celsius):
        self.celsius = celsius
        Temperature.made += 1

    @property
    def celsius(self):
        return self._celsius

    @celsius.setter
    def celsius(self, value):
        if value < -273.15:
            raise ValueError("colder than possible")
        self._celsius = value

    @property
    def fahrenheit(self):
        return self._celsius * 9 / 5 + 32

    @classmethod
    def from_fahrenheit(cls, value):
        return cls((value - 32) * 5 / 9)

    @staticmethod
    def unit():
        return "degrees"

t = Temperature.from_fahrenheit(212)
print(t.celsius, t.fahrenheit, Temperature.unit(), Temperature.made)
for change in (lambda: setattr(t, "celsius", -300), lambda: setattr(t, "fahrenheit", 1)):
    try:
        change()
    except (ValueError, AttributeError) as error:
        print(f"{type(error).__name__}: {error}")
