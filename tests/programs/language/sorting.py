# Sorting by keys, backwards, and stably.
people = [("Ada", 36), ("Alan", 41), ("Grace", 85), ("Emmy", 53), ("Kurt", 41)]
print(sorted(people))
print(sorted(people, key=lambda person: person[1]))
print(sorted(people, key=lambda person: (-person[1], person[0])))
print([name for name, age in sorted(people, key=lambda p: len(p[0]), reverse=True)])
print(max(people, key=lambda p: p[1]), min(people, key=lambda p: p[0][-1]))
words = ["banana", "Apple", "cherry"]
words.sort()
print(words, sorted(words, key=str.lower), sorted({"b": 1, "a": 2}))
try:
    sorted([1, "two"])
except TypeError as error:
    print(error)
