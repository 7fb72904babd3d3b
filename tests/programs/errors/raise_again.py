# A bare raise hands on the error that is being handled.
def careful(function):
    try:
        return function()
    except ArithmeticError as error:
        print("noticed:", error)
        raise

careful(lambda: 1 // 0)
