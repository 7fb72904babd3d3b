# A class derived from a container is as true as its own __len__ says.
class Always(list):
    def __len__(self):
        return 7


class Never(dict):
    def __len__(self):
        return 0


class Number(int):
    def __len__(self):
        return 0


print(bool(Always()), len(Always()), bool(Never(a=1)), bool(Number(5)))
print("yes" if Always() else "no", not Never(a=1))
