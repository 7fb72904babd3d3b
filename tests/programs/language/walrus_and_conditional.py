# An assignment inside an expression, and conditions as values.
data = [5, 12, 8, 130, 44, 3]
if (n := len(data)) > 3:
    print(f"{n} values")
print([half for x in data if (half := x / 2) > 5])
queue = list(data)
while queue and (item := queue.pop()) < 100:
    print(item, end=" ")
print("stopped at", item)
size = "large" if n > 10 else "medium" if n > 4 else "small"
print(size, (lambda x: x if x > 0 else -x)(-3))
