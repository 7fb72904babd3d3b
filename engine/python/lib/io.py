# The module `io`, as far as programs use it without a disk: BytesIO and StringIO.
SEEK_SET, SEEK_CUR, SEEK_END = 0, 1, 2


DEFAULT_BUFFER_SIZE = 8192
open = open


class UnsupportedOperation(OSError, ValueError):
    pass


class IOBase:
    pass


class RawIOBase(IOBase):
    pass


class BufferedIOBase(IOBase):
    pass


class TextIOBase(IOBase):
    pass


class _MemoryIO:
    def __init__(self, initial=None):
        self._content = self._empty if initial is None else initial
        self._check(self._content)
        self._at = 0
        self.closed = False

    def _check(self, piece):
        if not isinstance(piece, self._kind):
            raise TypeError(self._wrong.format(type(piece).__name__))

    def _open(self):
        if self.closed:
            raise ValueError(self._closed)

    def write(self, piece):
        self._open()
        self._check(piece)
        content, at = self._content, self._at
        if at > len(content):
            content += self._gap * (at - len(content))
        self._content = content[:at] + piece + content[at + len(piece):]
        self._at = at + len(piece)
        return len(piece)

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def read(self, size=-1):
        self._open()
        end = len(self._content) if size is None or size < 0 else self._at + size
        piece = self._content[self._at:end]
        self._at += len(piece)
        return piece

    def readline(self):
        self._open()
        rest = self._content[self._at:]
        at = rest.find(self._newline)
        return self.read(len(rest) if at < 0 else at + 1)

    def readlines(self):
        return list(self)

    def __iter__(self):
        return self

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    def seek(self, offset, whence=0):
        self._open()
        start = (0, self._at, len(self._content))[whence]
        if start + offset < 0:
            raise ValueError(f'negative seek value {offset}')
        self._at = start + offset
        return self._at

    def tell(self):
        self._open()
        return self._at

    def truncate(self, size=None):
        size = self._at if size is None else size
        self._content = self._content[:size]
        return size

    def getvalue(self):
        self._open()
        return self._content

    def flush(self):
        self._open()

    def close(self):
        self.closed = True

    def readable(self):
        return True

    writable = seekable = readable

    def __enter__(self):
        self._open()
        return self

    def __exit__(self, kind, value, traceback):
        self.close()


class BytesIO(_MemoryIO, BufferedIOBase):
    _kind, _empty, _gap, _newline = bytes, b'', b'\0', b'\n'
    _wrong, _closed = "a bytes-like object is required, not '{}'", 'I/O operation on closed file.'

    def getbuffer(self):
        return self.getvalue()


class StringIO(_MemoryIO, TextIOBase):
    _kind, _empty, _gap, _newline = str, '', '\0', '\n'
    _wrong, _closed = "string argument expected, got '{}'", 'I/O operation on closed file'

    def __init__(self, initial='', newline='\n'):
        super().__init__(initial)
