# Containers inside containers, and one that holds itself.
matrix = [[0] * 3 for _ in range(2)]
matrix[0][1] = 5
print(matrix)
shared = [[0] * 2] * 2         # the same row twice
shared[0][0] = 1
print(shared)
loop = [1, 2]
loop.append(loop)
print(loop, {"loop": loop})
print({"list": [1, (2,)], "dict": {"k": None}}, [{"a": {1.5}}], ((), ((),)))
print(range(3), slice(1, None), type(1), type([]), int, Exception("a", 1), ValueError())
