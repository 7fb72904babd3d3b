# Values inside strings: expressions, formats, conversions, debugging and nested widths.
name, value, width = "loss", 0.0345678, 10
print(f"{name} is {value}")
print(f"{value:.3f}|{value:10.2e}|{value:<10.1%}|{value:^10.4g}|{value:+.1f}")
print(f"{42:d}|{42:05}|{42:>6}|{42:<6}|{42:x}|{42:#b}|{1234567:,}|{1234567:_}")
print(f"{name!r:>8}|{name:*^12}|{name:.2}|{name.upper()}")
print(f"{value = :.2f}, {2 + 3 = }, {name=}")
print(f"{value:{width}.{2}f}|{{braces}}|{'quoted'}")
print(f"{[n * n for n in range(4)]} {len(name) if name else 0}")
