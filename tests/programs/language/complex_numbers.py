# Complex numbers: literals, arithmetic with ints and floats, printing, powers, and what they cannot do.
import cmath

z = 3 + 4j
print(z, z.real, z.imag, abs(z), z.conjugate(), -z, z * 2, 2 - z, z / (1 - 2j), z ** 2, z ** -1, 1j ** 2)
print(1j, -1j, 0j, complex(1.5), complex(1, -0.0), complex("1-2.5e3j"), complex(float("inf"), float("nan")))
print(f"{z:.2f}|{z:>12}|{z!r}|{1e20j:g}", "%s" % z, [1j], {1j: "i"}[1j])
print(z == 3 + 4j, 1 == 1 + 0j, hash(1 + 0j) == hash(1), bool(0j), isinstance(z, complex), type(1j), {1, 1 + 0j})
print((-8) ** (1 / 3), (-1) ** 0.5, 2 ** 1j, sum([1j, 2, 0.5]), sorted([3j, 1, -2], key=abs))
print(cmath.sqrt(-4), cmath.exp(1j * cmath.pi), cmath.phase(-1), cmath.polar(1j), cmath.rect(2, 0), cmath.log(1j))
for wrong in [lambda: z < 1, lambda: z // 2, lambda: int(z), lambda: z / 0, lambda: 0j ** -1, lambda: complex("a"), lambda: z + "a", lambda: complex([])]:
    try:
        wrong()
    except Exception as error:
        print(type(error).__name__, error)


def rounds(c):
    z = 0
    for n in range(30):
        if abs(z) > 2:
            return n
        z = z * z + c
    return 30


for y in range(-5, 6):
    print("".join("#" if rounds(x / 15 + y / 5 * 1j) == 30 else "." for x in range(-30, 10)))
