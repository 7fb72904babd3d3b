# The quote of an f-string inside its braces ends it (newer Pythons allow it).
scores = {"a": 1}
print(f"{scores["a"]}")
