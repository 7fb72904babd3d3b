# Sets of texts and objects: few, many, emptied again, mixed with numbers, and with items that are equal.
class Even:
    def __init__(self, value):
        self.value = value

    def __eq__(self, other):
        return isinstance(other, Even) and self.value % 2 == other.value % 2

    def __hash__(self):
        return 7


words = set()
for i in range(25):
    words.add(f"w{i % 20}")
    if i in (0, 7, 8, 9, 24):
        print(len(words), f"w{i % 20}" in words, "w19" in words)
for i in range(17):
    words.remove(f"w{i}")
print(sorted(words), sorted(words | {"x"}), sorted(words & {"w18", "y"}), sorted(words ^ {"w17", "z"}), sorted(words - {"w19"}))
words.discard("w17"), words.discard("nothing")
while words:
    words.pop()
print(words, words == set(), frozenset("ab") == frozenset("ba"), hash(frozenset("ab")) == hash(frozenset("ba")))
mixed = {3, 1, 2}
mixed.add("text")
mixed.update([5, "text"])
mixed.remove("text")
print(sorted(mixed), mixed == {1, 2, 3, 5}, {1, 2, 3, 5} <= mixed, 5 in mixed, "text" in mixed)
mixed.clear()
mixed.update([3, 1, 2])
print(mixed)
objects = {Even(i) for i in range(30)}
print(len(objects), Even(4) in objects, 4 in objects)
try:
    grows = {"a", "b"}
    for item in grows:
        grows.add(item + "!")
except RuntimeError as error:
    print(error)
