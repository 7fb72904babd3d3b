# while and for with break, continue and the else that runs when there was no break.
def smallest_factor(n):
    for k in range(2, n):
        if k * k > n:
            break
        if n % k == 0:
            return k
    return n

print([smallest_factor(n) for n in (7, 9, 15, 49, 97)])

for target in (4, 5):
    for n in (1, 4, 9):
        if n == target:
            print(target, "found")
            break
    else:
        print(target, "not found")

n, steps = 27, 0
while n != 1:
    n = 3 * n + 1 if n % 2 else n // 2
    steps += 1
    if n > 9000:
        continue
else:
    print("reached 1 in", steps, "steps")
print(list(range(10, 0, -3)), range(5)[2], len(range(0, 100, 7)), 3 in range(5), range(2, 8))
