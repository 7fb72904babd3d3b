# try, except, else and finally, in the order in which they run.
def divide(a, b):
    try:
        result = a / b
    except ZeroDivisionError as error:
        print("error:", error)
        return None
    except (TypeError, ValueError) as error:
        print("wrong type:", error)
        raise
    else:
        print("fine")
        return result
    finally:
        print("always")

print(divide(6, 3))
print(divide(1, 0))
try:
    divide("6", 3)
except TypeError:
    print("raised again")

def finally_wins():
    for n in range(3):
        try:
            return n
        finally:
            if n < 2:
                continue

print(finally_wins())
