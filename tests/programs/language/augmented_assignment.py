# += and its relatives on numbers, strings, lists, attributes and subscripts.
n = 10
n += 5; n -= 3; n *= 2; n //= 5; n **= 3; n %= 50; n /= 7
print(n)
text = "ab"
text += "c"
text *= 2
print(text)
items = alias = [1]
items += (2, 3)          # changes the list itself
print(alias, items is alias)
items = items + [4]      # makes a new one
print(alias, items)
counts = {}
for letter in "hello":
    counts[letter] = counts.get(letter, 0) + 1
counts["l"] **= 5
bits = 6
bits |= 1; bits &= 5; bits ^= 15; bits <<= 2; bits >>= 1
print(counts, bits)
