# Patterns inside patterns, values with dots, and names that stay.
class Op:
    ADD = "+"
    NEG = "-"


def evaluate(tree):
    match tree:
        case (Op.ADD, left, right):
            return evaluate(left) + evaluate(right)
        case (Op.NEG, [*inner]):
            return -sum(evaluate(i) for i in inner)
        case int() | float() as n:
            return n
        case {"value": {"deep": [_, n]}}:
            return n
        case str(s) if s.isdigit():
            return int(s)
    return "?"


print(evaluate(("+", 1, ("+", "2", 3))), evaluate(("-", [1, 2])), evaluate({"value": {"deep": [0, 9]}}), evaluate("x"))
match [1, [2, 3]]:
    case [a, [b, c]]:
        pass
print(a, b, c)
