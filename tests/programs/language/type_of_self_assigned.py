# An attribute of type(x) can be assigned to at the start of a line.
class Counted:
    count = 0

    def __init__(self):
        type(self).count = type(self).count + 1
        type(self).last = self
        type(self).log = log = []
        type(self).log[0:0] = [type(self).__name__]


print(Counted().count, Counted().count, Counted.log, Counted.last.count)
type(Counted()).describe = lambda self, word="is": f"{word} {type(self).count}"
print(Counted().describe(), Counted().describe("counts"))
text = """
type(x).y = 3
"""
print(text)
type = 4
print(type)
del type
type(3).real = 3
