# eval() and exec() of texts, in the program's names or in a dict.
x = 3
print(eval("x * 2 + 1"), eval("[i for i in range(x)]"), eval("a + b", {"a": 1, "b": 2}))
exec("y = x + 1\nprint('inside', y)")
print(y)
space = {}
exec("def f(n):\n    return n * 2", space)
print(space["f"](4))


def local(a):
    return eval("a * x")


print(local(5))
for text in ["1 +", "undefined", "1 / 0"]:
    try:
        eval(text)
    except Exception as error:
        print(type(error).__name__)
