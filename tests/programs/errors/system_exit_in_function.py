# sys.exit() in a function.
import sys


def f():
    sys.exit('stopped')


f()
