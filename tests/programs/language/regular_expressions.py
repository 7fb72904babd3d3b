# The module re: searching, groups, replacing, splitting.
import re

print(re.findall(r"\d+", "a1 b22 c333"), re.sub(r"(\w+) (\w+)", r"\2 \1", "hello world"))
print(re.split(r"[,;]\s*", "a, b;c,d"), re.split("(-)", "a-b-c", 1))
found = re.match(r"(?P<year>\d{4})-(?P<month>\d\d)", "2024-05-06")
print(found, found.group(), found.groups(), found["year"], found.groupdict(), found.span("month"))
print(re.search(r"b+", "aabbb"), re.fullmatch(r"a*", "aaa"), re.match("x", "y"))
print(re.sub(r"a|b", lambda m: m.group().upper(), "cab"), re.subn("a", "b", "aaa", 2))
print([m.span() for m in re.finditer(r"\w+", "ab cd")])
epoch = re.compile(r"epoch (\d+): loss=([\d.]+)")
for line in ["epoch 1: loss=0.52", "epoch 2: loss=0.31", "done"]:
    m = epoch.search(line)
    print(m and (int(m[1]), float(m[2])))
