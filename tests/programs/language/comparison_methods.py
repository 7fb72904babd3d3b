# Ordering objects with __lt__, using them as keys with __hash__.
class Version:
    def __init__(self, text):
        self.parts = tuple(int(part) for part in text.split("."))

    def __lt__(self, other):
        return self.parts < other.parts

    def __eq__(self, other):
        return isinstance(other, Version) and self.parts == other.parts

    def __hash__(self):
        return hash(self.parts)

    def __str__(self):
        return ".".join(str(part) for part in self.parts)

versions = [Version(v) for v in ("1.13.1", "1.9.0", "2.0", "1.13.0")]
print(" < ".join(str(v) for v in sorted(versions)))
print(max(versions), Version("2.0") > Version("1.9"), Version("1.0") == "1.0")
print(len({Version("1.0"), Version("1.0"), Version("1.1")}))
try:
    Version("1.0") <= Version("2.0")
except TypeError as error:
    print(error)
