# Matrices as lists of lists: product, transpose and a power.
def product(A, B):
    return [[sum(a * b for a, b in zip(row, column)) for column in zip(*B)] for row in A]

def transpose(A):
    return [list(column) for column in zip(*A)]

def power(A, n):
    if n == 0:
        return [[int(i == j) for j in range(len(A))] for i in range(len(A))]
    half = power(A, n // 2)
    square = product(half, half)
    return product(square, A) if n % 2 else square

A = [[1, 2], [3, 4], [5, 6]]
print(transpose(A))
print(product(A, transpose(A)))
print(power([[1, 1], [1, 0]], 90)[0][1])
