# The module `os`, as far as there is something to ask: the files that torch.save() keeps in memory, paths as text, an empty environment.
import _files
import sys as _sys

import posixpath as path

name, sep, linesep, curdir, pardir, pathsep, altsep, extsep, devnull = 'posix', '/', '\n', '.', '..', ':', None, '.', '/dev/null'
environ = {}
_folders = path._folders


def getenv(key, default=None):
    return environ.get(key, default)


def getcwd():
    return '/'


def getpid():
    return 1


def getppid():
    return 0


def cpu_count():
    return 1


def fspath(path):
    return path if isinstance(path, (str, bytes)) else path.__fspath__()


def remove(path):
    _files.remove(path)


unlink = remove


def listdir(path='.'):
    start = '' if path in ('.', '', '/') else str(path).rstrip('/') + '/'
    return sorted({name[len(start):].split('/')[0] for name in _files.names() if name.startswith(start)})


def makedirs(name, mode=511, exist_ok=False):
    if not exist_ok and path.isdir(name):
        raise FileExistsError(f"[Errno 17] File exists: '{name}'")
    _folders.add(str(name).rstrip('/'))


def mkdir(path, mode=511):
    makedirs(path)


def rmdir(path):
    _folders.discard(str(path).rstrip('/'))


def walk(top):
    here = str(top).rstrip('/')
    names = listdir(top)
    folders = [name for name in names if path.isdir(path.join(here, name))]
    yield top, folders, [name for name in names if name not in folders]
    for name in folders:
        yield from walk(path.join(here, name))


def get_terminal_size(fd=1):
    return terminal_size((80, 24))


class terminal_size(tuple):
    columns = property(lambda self: self[0])
    lines = property(lambda self: self[1])

    def __repr__(self):
        return f'os.terminal_size(columns={self[0]}, lines={self[1]})'
