# Look-around, back references, conditions, flags, greedy and lazy repetition.
import re

print(re.findall(r"(?<=a)b", "ab cb"), re.findall(r"(?<!a)b", "ab cb"), re.findall(r"a(?=b)", "ab ac"), re.findall(r"a(?!b)", "ab ac"))
print(re.match(r"(a)?(?(1)b|c)", "ab"), re.match(r"(\w)\1", "aa"), re.match(r"(?P<q>['\"]).*?(?P=q)", "'x' 'y'"))
print(re.findall(r"(?i)HELLO", "Hello hELLo"), re.findall("^a", "a\na", re.M), re.findall("a.b", "a\nb a b", re.S))
print(re.match(r"a{2,3}", "aaaa"), re.match(r"a{2,3}?", "aaaa"), re.match(r"a++b", "aaab"), re.match(r"(?>a+)ab", "aaab"))
print(re.findall("x*", "axxb"), re.sub("x*", "-", "abxd"), re.findall("", "abc"))
print(re.match(r"(a+)+$", "a" * 25), re.match(r"(a*)*", "aaa").groups(), re.match(r"(a|b)*?c", "abc").groups())
print(re.findall(r"[^\W\d_]+", "héllo1 ∇x"), re.escape("a.b*c[d]"), re.compile("a", re.I | re.M))
pattern = re.compile(
    r"""
    (\d+)   # digits
    \s* px  # a unit
    """,
    re.VERBOSE,
)
print(pattern.findall("12px 7 px"))
