# The module `os`, as far as there is something to ask: the files that torch.save() keeps in memory, paths as text, an empty environment.
import _files
import sys as _sys

name, sep, linesep, curdir, pardir = 'posix', '/', '\n', '.', '..'
environ = {}
_folders = set()


def getenv(key, default=None):
    return environ.get(key, default)


def getcwd():
    return '/'


def getpid():
    return 1


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


class path:
    """os.path: paths are text; a folder is there when it was made or a file lies in it."""
    sep = '/'

    @staticmethod
    def join(first, *rest):
        whole = str(first)
        for part in rest:
            part = str(part)
            whole = part if part.startswith('/') else whole + part if not whole or whole.endswith('/') else whole + '/' + part
        return whole

    @staticmethod
    def split(p):
        head, slash, tail = str(p).rpartition('/')
        return (head or slash), tail

    @staticmethod
    def basename(p):
        return path.split(p)[1]

    @staticmethod
    def dirname(p):
        return path.split(p)[0]

    @staticmethod
    def splitext(p):
        head, tail = path.split(p)
        stem, dot, extension = tail.rpartition('.')
        if not dot or not stem.strip('.'):
            return str(p), ''
        return str(p)[:len(str(p)) - len(extension) - 1], dot + extension

    @staticmethod
    def isfile(p):
        return str(p) in _files.names()

    @staticmethod
    def isdir(p):
        p = str(p).rstrip('/')
        return p in ('', '.') or p in _folders or any(name.startswith(p + '/') for name in _files.names())

    @staticmethod
    def exists(p):
        return path.isfile(p) or path.isdir(p)

    @staticmethod
    def getsize(p):
        return _files.size(p)

    @staticmethod
    def abspath(p):
        return path.join(getcwd(), p)

    realpath = abspath

    @staticmethod
    def expanduser(p):
        return p
