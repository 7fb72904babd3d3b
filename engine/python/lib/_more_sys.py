# What else `sys` can answer. Runs in the module's own namespace.
import _machine
from collections import namedtuple as _namedtuple
class _VersionInfo(_namedtuple("version_info", "major minor micro releaselevel serial")):
    def __repr__(self):
        return "sys." + super().__repr__()
_VersionInfo.__name__ = _VersionInfo.__qualname__ = "version_info"
version_info = _VersionInfo(3, 11, 2, "final", 0)
hexversion, api_version, abiflags, float_repr_style = 0x030b02f0, 1013, "", "short"
executable = prefix = exec_prefix = base_prefix = base_exec_prefix = ""
dont_write_bytecode, warnoptions, orig_argv = True, [], [""]
copyright = "nabla: see its repository"
def getdefaultencoding():
    return "utf-8"
getfilesystemencoding = getdefaultencoding
def intern(string, /):
    if not isinstance(string, str):
        raise TypeError("intern() argument must be str, not " + type(string).__name__)
    return string
def is_finalizing():
    return False
def get_int_max_str_digits():
    return 4300
def exception():
    return _machine.handled()
def exc_info():
    handled = _machine.handled()
    return (None, None, None) if handled is None else (type(handled), handled, handled.__traceback__)
