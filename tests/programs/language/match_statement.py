# match takes values apart by their shape.
def describe(shape):
    match shape:
        case []:
            return "a number"
        case [n]:
            return f"a vector of {n}"
        case [rows, columns] if rows == columns:
            return f"a square matrix of {rows}"
        case [rows, columns]:
            return f"a matrix, {rows} by {columns}"
        case {"shape": inner}:
            return "holds " + describe(inner)
        case str() | None:
            return "no shape"
        case _:
            return "something else"

for shape in ([], [3], [2, 2], (2, 3), {"shape": [4]}, "abc", None, 7):
    print(describe(shape))
