# A pattern that is wrong says what and where.
import re

for pattern in ["(", ")", "[a", "*a", "a**", r"\q", "a{3,2}", "(?P<1a>x)", r"\2", "(?P=zz)", "[z-a]", "(?<=a+)b", "(?z)", "a(?i)b", "(?<a)"]:
    try:
        re.compile(pattern)
    except re.error as error:
        print(repr(pattern), error)
for attempt in [lambda: re.sub("a", r"\1", "a"), lambda: re.match("a", "a").group(3), lambda: re.match("a", 5)]:
    try:
        attempt()
    except Exception as error:
        print(type(error).__name__, error)
