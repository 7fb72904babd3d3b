# The module `pathlib`: paths as objects, over os.path. What lies on a disk cannot be read.
import os as _os
import posixpath as _path

class PurePath:
    def __init__(self, *parts):
        whole = _path.join(*[_os.fspath(part) for part in parts]) if parts else ""
        kept = [part for part in whole.split("/") if part not in ("", ".")]
        self._text = ("/" if whole.startswith("/") else "") + "/".join(kept) or "."
    def __fspath__(self):
        return self._text
    def __str__(self):
        return self._text
    def __repr__(self):
        return f"{type(self).__name__}({self._text!r})"
    def as_posix(self):
        return self._text
    def __truediv__(self, other):
        return type(self)(self, other) if isinstance(other, (str, PurePath)) else NotImplemented
    def __rtruediv__(self, other):
        return type(self)(other, self) if isinstance(other, str) else NotImplemented
    def joinpath(self, *others):
        return type(self)(self, *others)
    def __eq__(self, other):
        return self._text == other._text if isinstance(other, PurePath) else NotImplemented
    def __lt__(self, other):
        return self.parts < other.parts if isinstance(other, PurePath) else NotImplemented
    def __hash__(self):
        return hash(self._text)
    root = anchor = property(lambda self: "/" if self._text.startswith("/") else "")
    drive = ""
    @property
    def parts(self):
        parts = tuple([part for part in self._text.split("/") if part]) if self._text != "." else ()
        return ("/",) + parts if self.root else parts
    @property
    def name(self):
        return "" if self._text in (".", "/") else _path.basename(self._text)
    @property
    def suffix(self):
        return _path.splitext(self.name)[1] if not self.name.endswith(".") else ""
    @property
    def suffixes(self):
        return [] if self.name.endswith(".") else ["." + part for part in self.name.lstrip(".").split(".")[1:]]
    @property
    def stem(self):
        return self.name[:len(self.name) - len(self.suffix)] if self.suffix else self.name
    @property
    def parent(self):
        return type(self)(_path.dirname(self._text) if self._text not in (".", "/") else self._text)
    @property
    def parents(self):
        found, here = [], self
        while here.parent != here:
            here = here.parent
            found.append(here)
        return tuple(found)
    def is_absolute(self):
        return self.root == "/"
    def is_relative_to(self, other):
        other = type(self)(other)
        return self.parts[:len(other.parts)] == other.parts
    def relative_to(self, other):
        other = type(self)(other)
        if not self.is_relative_to(other):
            raise ValueError(f"{str(self)!r} is not in the subpath of {str(other)!r} OR one path is relative and the other is absolute.")
        return type(self)(*self.parts[len(other.parts):])
    def with_name(self, name):
        if not self.name:
            raise ValueError(f"{self!r} has an empty name")
        return self.parent / name
    def with_suffix(self, suffix):
        if suffix and (not suffix.startswith(".") or suffix == "."):
            raise ValueError("Invalid suffix %r" % suffix)
        return self.with_name(self.stem + suffix)
    def with_stem(self, stem):
        return self.with_name(stem + self.suffix)
PurePosixPath = type("PurePosixPath", (PurePath,), {})

class Path(PurePath):
    def __new__(cls, *parts):
        return object.__new__(PosixPath if cls is Path else cls)
    @classmethod
    def cwd(cls):
        return cls(_os.getcwd())
    @classmethod
    def home(cls):
        return cls("/")
    def exists(self):
        return _path.exists(self._text)
    def is_file(self):
        return _path.isfile(self._text)
    def is_dir(self):
        return _path.isdir(self._text)
    def mkdir(self, mode=511, parents=False, exist_ok=False):
        if not parents and not self.parent.exists():
            raise FileNotFoundError(f"[Errno 2] No such file or directory: {str(self)!r}")
        _os.makedirs(self._text, exist_ok=exist_ok)
    def rmdir(self):
        _os.rmdir(self._text)
    def unlink(self, missing_ok=False):
        if not (missing_ok and not self.is_file()):
            _os.remove(self._text)
    def iterdir(self):
        for name in _os.listdir(self._text):
            yield self / name
    def resolve(self, strict=False):
        return type(self)(_path.normpath(_path.abspath(self._text)))
    def absolute(self):
        return type(self)(_path.abspath(self._text))
    def expanduser(self):
        return self
    def open(self, mode="r", *args, **kwargs):
        return open(self._text, mode, *args, **kwargs)
    def read_text(self, encoding=None, errors=None):
        with self.open("r") as file:
            return file.read()
    def read_bytes(self):
        with self.open("rb") as file:
            return file.read()
    def write_text(self, data, encoding=None, errors=None, newline=None):
        with self.open("w") as file:
            return file.write(data)
    def write_bytes(self, data):
        with self.open("wb") as file:
            return file.write(data)
    def __getattr__(self, name):
        if name in ("glob", "rglob", "stat", "touch", "rename", "replace", "samefile", "chmod", "owner", "symlink_to", "is_symlink", "readlink", "match"):
            raise NotImplementedError(f"pathlib.Path.{name}() is not part of nabla")
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
PosixPath = type("PosixPath", (Path,), {})
for _kind in (PosixPath, PurePosixPath):
    _kind.__module__ = "pathlib"
