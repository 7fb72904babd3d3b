# Same object or equal value: names, copies and what a function can change.
a = [1, 2]
b = a
c = a[:]
b.append(3)
print(a, c, a is b, a == c, a is c)

def change(items, number):
    items.append(number)
    number += 1
    items = ["rebound"]
    return number

n = 10
print(change(a, n), a, n)
nested = [[1], [2]]
shallow = list(nested)
shallow[0].append(9)
shallow.append([3])
print(nested, shallow, None is None, 1 == 1.0, n is not None, "a" != "b")
t = (1, [2])
t[1].append(3)
print(t)
