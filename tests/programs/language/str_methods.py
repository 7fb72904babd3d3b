# What a string can do.
text = "  Gradient descent, step by step  "
print(repr(text.strip()), repr(text.lstrip()), text.strip().lower(), text.strip().title())
print("a,b,,c".split(","), "a b  c".split(), "key=value=x".split("=", 1), "x-y-z".rsplit("-", 1))
print("-".join(["1", "2"]), "banana".replace("a", "o", 2), "banana".count("an"), "banana".find("x"))
print("loss.txt".endswith(".txt"), "loss".startswith(("a", "l")), "7".zfill(3), "ab".center(6, "*") + "|")
print("12".isdigit(), "ab1".isalnum(), "Ab".isupper(), "hello".capitalize(), "aBc".swapcase())
print("line one\nline two".splitlines(), "a\tb".expandtabs(4), "x".ljust(3) + "|", "x".rjust(3))
print("name.py".removesuffix(".py"), "a=1".partition("="), "abc" in "xabcx", "é".upper(), len("naïve ∇"))
print("abc" < "abd", sorted("hello"), "".join(reversed("abc")), "%" * 3)
