# A class derived from int: instances are numbers, results of arithmetic are plain.
class Celsius(int):
    def __repr__(self):
        return f"{int(self)} degrees"


warm = Celsius(21)
print(warm, [warm], warm + 1, type(warm + 1).__name__, isinstance(warm, int))
print(warm == 21, hash(warm) == hash(21), {21: "same key"}[warm], Celsius(2**70))
print(sum([warm, warm]), f"{warm:05d}", range(30)[warm], warm.real)
