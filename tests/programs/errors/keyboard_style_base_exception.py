# A class that derives from BaseException.
class Stop(BaseException):
    pass


try:
    raise Stop('x')
except Exception:
    print('not here')
