# Sets: each thing once, and the operations of Venn diagrams.
evens, squares = {0, 2, 4, 6, 8}, {n * n for n in range(4)}
print(sorted(evens & squares), sorted(evens | squares), sorted(evens - squares), sorted(evens ^ squares))
print(4 in evens, {2, 4} <= evens, evens.isdisjoint({1, 3}), len(set("mississippi")))
seen = set()
for word in "the cat and the dog and the bird".split():
    if word in seen:
        print("again:", word)
    seen.add(word)
seen.discard("unicorn")
seen.remove("cat")
print(sorted(seen), set(), {1}, {True, 1, 1.0})
print(frozenset([1]) == {1}, sorted(set([3, 1, 3])))
try:
    {[1, 2]}
except TypeError as error:
    print(error)
