# with calls __enter__ and __exit__, also on errors, and may swallow them.
class Section:
    def __init__(self, name, swallow=False):
        self.name, self.swallow = name, swallow

    def __enter__(self):
        print("enter", self.name)
        return self.name.upper()

    def __exit__(self, kind, value, traceback):
        print("leave", self.name, kind.__name__ if kind else None, value)
        return self.swallow

with Section("a") as name, Section("b"):
    print("inside", name)

with Section("safe", swallow=True):
    raise ValueError("lost")
print("goes on")

def early():
    with Section("f"):
        return "returned"

print(early())
