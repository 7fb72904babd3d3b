# Fills, signs, groups, nested fields, conversions.
value, width, name = 1234.5678, 12, "∇"
print(f"{value:{width}.{2}f}|{value:<12,.1f}|{value:+.3e}|{value:012.1f}|{value:%}")
print(f"{255:#x} {255:08b} {255:o} {-5:+d} {5: d} {1000000:_} {65:c}")
print(f"{name!r:>6}|{name:^5}|{name:*<4}|{'abc':.2}|{value=:.1f}|{name = }")
print("{0} {1} {0}".format("a", "b"), "{x[0]} {y.real}".format(x=[7], y=3), "{:>{w}}".format("r", w=4), "{{}}".format())
print("%5.1f|%-6s|%06d|%x|%r|%%|%+d|%s" % (3.14159, "ab", 42, 255, "q", 5, None))
print("%(a)s %(b).2f" % {"a": 1, "b": 2.5})
