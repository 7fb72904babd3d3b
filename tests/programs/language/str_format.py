# str.format: by position, by number, by name, and with formats.
print("{} + {} = {}".format(1, 2, 1 + 2))
print("{0} {1} {0}".format("tick", "tock"))
print("{x:.2f} at {place[1]} of {n}".format(x=2 / 3, place=["a", "b"], n=10))
print("{:>8}|{:<8}|{:^8}|{:08.3f}".format("right", "left", "mid", 3.14159))
print("{!r} {!s}".format("text", "text"), "{:,}".format(10**7))
print("{:{}}|{:.{}f}".format("pad", 6, 1 / 7, 3))
try:
    "{} {}".format(1)
except IndexError as error:
    print(error)
