# Shifts and bits of integers of any size follow two's complement.
a = 2**100
print(a >> 90, -a >> 90, 1 << 70, -1 << 70, (-5) >> 200)
print(~a, a & (a - 1), -a & 0xFFFF, a | 1, -a | 1, a ^ 5, -a ^ 5, (-a) ^ (-5))
print(a.bit_length(), (a - 1).bit_count(), (2**64 - 1).bit_length(), (0).bit_length())
print((1000).to_bytes(2, "big"), (-5).to_bytes(3, "little", signed=True))
print(int.from_bytes(b"\x00\x10", "big"), int.from_bytes(b"\xfb\xff\xff", "little", signed=True))
print(bin(2**70), oct(2**70), hex(2**70)[2:])
