# finally and with blocks run before the error leaves the program.
class Timer:
    def __enter__(self):
        return self

    def __exit__(self, kind, value, traceback):
        print("timer stopped by", kind.__name__)

try:
    with Timer():
        numbers = [int(text) for text in "1 2 x".split()]
finally:
    print("cleaned up")
