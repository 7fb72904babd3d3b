# Functions that wrap functions, with and without arguments.
def traced(function):
    def wrapper(*args, **kwargs):
        result = function(*args, **kwargs)
        print(f"{function.__name__}{args}{kwargs or ''} -> {result}")
        return result
    return wrapper

def repeat(times):
    def decorate(function):
        def wrapper(*args):
            return [function(*args) for _ in range(times)]
        return wrapper
    return decorate

@traced
def area(width, height=1):
    return width * height

@repeat(times=3)
@traced
def shout(word):
    return word.upper() + "!"

area(2)
area(3, height=4)
print(shout("hey"))
