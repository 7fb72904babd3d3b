# Every name of CPython's builtins is there: it works, or says that it is not part of nabla.
import builtins

names = """
ArithmeticError AssertionError AttributeError BaseException BaseExceptionGroup BlockingIOError BrokenPipeError BufferError
BytesWarning ChildProcessError ConnectionAbortedError ConnectionError ConnectionRefusedError ConnectionResetError
DeprecationWarning EOFError Ellipsis EncodingWarning EnvironmentError Exception ExceptionGroup False FileExistsError
FileNotFoundError FloatingPointError FutureWarning GeneratorExit IOError ImportError ImportWarning IndentationError IndexError
InterruptedError IsADirectoryError KeyError KeyboardInterrupt LookupError MemoryError ModuleNotFoundError NameError None
NotADirectoryError NotImplemented NotImplementedError OSError OverflowError PendingDeprecationWarning PermissionError
ProcessLookupError RecursionError ReferenceError ResourceWarning RuntimeError RuntimeWarning StopAsyncIteration StopIteration
SyntaxError SyntaxWarning SystemError SystemExit TabError TimeoutError True TypeError UnboundLocalError UnicodeDecodeError
UnicodeEncodeError UnicodeError UnicodeTranslateError UnicodeWarning UserWarning ValueError Warning ZeroDivisionError
__build_class__ __debug__ __import__ abs aiter all anext any ascii bin bool breakpoint bytearray bytes callable chr classmethod
compile complex delattr dict dir divmod enumerate eval exec filter float format frozenset getattr globals hasattr hash hex id
input int isinstance issubclass iter len list locals map max memoryview min next object oct open ord pow print property range repr
reversed round set setattr slice sorted staticmethod str sum super tuple type vars zip
""".split()
print(len(names), [name for name in names if not hasattr(builtins, name)])
kinds = {name: type(getattr(builtins, name)).__name__ for name in names if isinstance(getattr(builtins, name), type)}
print(len(kinds), [name for name in kinds if issubclass(getattr(builtins, name), BaseException) and not getattr(builtins, name).__name__ in names])
print(sorted(name for name in kinds if not issubclass(getattr(builtins, name), BaseException)))
for error in (BlockingIOError, ConnectionResetError, EncodingWarning, UnicodeTranslateError, NotADirectoryError):
    print(error.__mro__[:-1])
