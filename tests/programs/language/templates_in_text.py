# string.Template fills in names, and operator has the rarer signs.
import operator
import string

t = string.Template("$name scored ${points}points, $$5 and $other")
print(t.safe_substitute(name="Ada", points=3), t.get_identifiers())
for make in (lambda: t.substitute(name="x"), lambda: string.Template("a\n $ b").substitute()):
    try:
        make()
    except (KeyError, ValueError) as error:
        print(type(error).__name__, error)
print(string.capwords("the  quick fox"), operator.countOf([1, 2, 1], 1), operator.indexOf("abc", "b"), operator.abs(-3), operator.ipow(2, 5), operator.length_hint([1, 2]), operator.call(max, 1, 2))
