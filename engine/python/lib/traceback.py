# The module `traceback`: the machine's own texts, in the pieces that CPython gives them in.
import sys
import _machine

class FrameSummary:
    def __init__(self, filename, lineno, name, line):
        self.filename, self.lineno, self.name, self.line = filename, lineno, name, line
    def __iter__(self):
        return iter((self.filename, self.lineno, self.name, self.line))
    def __getitem__(self, index):
        return tuple(self)[index]
    def __len__(self):
        return 4
    def __repr__(self):
        return f"<FrameSummary file {self.filename}, line {self.lineno} in {self.name}>"

def _shown(exc, value):
    exception = exc if value is None else value
    if not isinstance(exception, BaseException):
        raise TypeError(f"Exception expected for value, {type(exception).__name__} found")
    return exception

def _pieces(text):
    pieces = []
    for line in text.splitlines(keepends=True):
        if pieces and line.startswith("    ") and pieces[-1].startswith("  File "):
            pieces[-1] += line
        else:
            pieces.append(line)
    return pieces

def format_exception(exc, /, value=None, tb=None, limit=None, chain=True):
    return _pieces(_machine.format(_shown(exc, value)))
def format_exception_only(exc, /, value=None):
    return _pieces(_machine.format_only(_shown(exc, value)))
def format_exc(limit=None, chain=True):
    handled = _machine.handled()
    return "NoneType: None\n" if handled is None else _machine.format(handled)
def _print(text, file):
    (sys.stderr if file is None else file).write(text)
def print_exception(exc, /, value=None, tb=None, limit=None, file=None, chain=True):
    _print("".join(format_exception(exc, value)), file)
def print_exc(limit=None, file=None, chain=True):
    _print(format_exc(), file)

def walk_tb(tb):
    while tb is not None:
        yield tb, tb.tb_lineno
        tb = tb.tb_next
def extract_tb(tb, limit=None):
    return [FrameSummary(one._filename, line, one._name, one._line) for one, line in walk_tb(tb)]
def format_tb(tb, limit=None):
    return [] if tb is None else _pieces(_machine.format(Exception().with_traceback(tb)))[1:-1]
def print_tb(tb, limit=None, file=None):
    _print("".join(format_tb(tb)), file)
def format_list(extracted_list):
    return [f'  File "{file}", line {number}, in {name}\n' + (f"    {line}\n" if line else "") for file, number, name, line in extracted_list]
def print_list(extracted_list, file=None):
    _print("".join(format_list(extracted_list)), file)
