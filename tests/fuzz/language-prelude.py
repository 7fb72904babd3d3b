# What a program of the language fuzzer stands on, run unchanged by CPython and by nabla: `program(seed, text)` runs it and prints in one
# line what it printed and the exception that ended it.
def program(seed, text):
    printed = []

    def note(*values, sep=" ", end="\n"):
        if sum(map(len, printed)) < 4000:
            printed.append(sep.join([str(value) for value in values]) + end)

    ended = ""
    try:
        exec(text, {"print": note, "__name__": "__main__"})
    except Exception as error:
        ended = f"{type(error).__name__}: {error}"
    print(repr("".join(printed) + ended))


