# Large integers as text and from text: formats, bases, hashes, dict keys.
a = 2**100
print(f"{a:,} {a:x} {a:#X} {a:>40} {a:e} {a:.3f} {a:_b}")
print("%d %x %20d %+d" % (a, a, 5, a), "{:,}".format(10**21))
print(int("123456789012345678901234567890"), int("ff" * 10, 16), int("-0x" + "f" * 20, 0), int("1_0" * 10))
print(hash(a), hash(-a), hash(2**61 - 1), hash(2**61), hash(10**30) == hash(1e30))
print({2**64: "there"}[2**64], 10**30 in {10**30}, {2**70, 2**70})
print(int(1e25), float(a), round(12345678901234567890123, -5), round(25, -1), round(-35, -1))
print((0.1).as_integer_ratio(), (1e22).as_integer_ratio())
