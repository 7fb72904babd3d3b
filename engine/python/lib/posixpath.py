# The module `os.path`: paths are text; a folder is there when it was made or a file lies in it.
import _files

sep, curdir, pardir, extsep, altsep, pathsep = '/', '.', '..', '.', None, ':'
_folders = set()


def join(first, *rest):
    whole = str(first)
    for part in rest:
        part = str(part)
        whole = part if part.startswith('/') else whole + part if not whole or whole.endswith('/') else whole + '/' + part
    return whole


def split(p):
    head, slash, tail = str(p).rpartition('/')
    return (head or slash), tail


def basename(p):
    return split(p)[1]


def dirname(p):
    return split(p)[0]


def splitext(p):
    head, tail = split(p)
    stem, dot, extension = tail.rpartition('.')
    if not dot or not stem.strip('.'):
        return str(p), ''
    return str(p)[:len(str(p)) - len(extension) - 1], dot + extension


def isfile(p):
    return str(p) in _files.names()


def isdir(p):
    p = str(p).rstrip('/')
    return p in ('', '.') or p in _folders or any(name.startswith(p + '/') for name in _files.names())


def exists(p):
    return isfile(p) or isdir(p)


def getsize(p):
    return _files.size(p)


def abspath(p):
    return join('/', p)

realpath = abspath


def expanduser(p):
    return p


def isabs(p):
    return str(p).startswith('/')


def normpath(p):
    p = str(p)
    parts = []
    for part in p.split('/'):
        if part in ('', '.'):
            continue
        if part == '..' and (parts or p.startswith('/')):
            if parts and parts[-1] != '..':
                parts.pop()
                continue
            if p.startswith('/'):
                continue
        parts.append(part)
    return ('/' if p.startswith('/') else '') + '/'.join(parts) or '.'


def relpath(p, start='.'):
    there, here = [[part for part in normpath(abspath(one)).split('/') if part] for one in (p, start)]
    shared = 0
    while shared < min(len(there), len(here)) and there[shared] == here[shared]:
        shared += 1
    return '/'.join(['..'] * (len(here) - shared) + there[shared:]) or '.'


def commonprefix(names):
    names = list(names)
    if not names:
        return ''
    low, high = min(names), max(names)
    for i, c in enumerate(low):
        if c != high[i:i + 1]:
            return low[:i]
    return low


def expandvars(p):
    return p
