# The module `re`: what can be asked of a pattern and of a match. Patterns are read by _sre_parser, written for PCRE2 by _sre_writer, matched by
# PCRE2 (modules/pcre.cpp).
import _pcre
from _sre_writer import compile as _compile
from _sre_parser import DIGITS as _DIGITS, ESCAPES as _ESCAPES, error

_NAMES = ((2, "IGNORECASE"), (4, "LOCALE"), (8, "MULTILINE"), (16, "DOTALL"), (32, "UNICODE"), (64, "VERBOSE"), (128, "DEBUG"), (256, "ASCII"))

class RegexFlag(int):
    def __repr__(self):
        names = ["re." + name for bit, name in _NAMES if self & bit]
        return "|".join(names) if names else "re.NOFLAG"
    __str__ = __repr__
    def __or__(self, other):
        return RegexFlag(int(self) | int(other))
    def __and__(self, other):
        return RegexFlag(int(self) & int(other))
    def __xor__(self, other):
        return RegexFlag(int(self) ^ int(other))
    def __invert__(self):
        return RegexFlag(~int(self) & 511)
    __ror__, __rand__, __rxor__ = __or__, __and__, __xor__
    name = property(lambda self: repr(self)[3:])
    value = property(lambda self: int(self))

NOFLAG = RegexFlag(0)
I = IGNORECASE = RegexFlag(2)
L = LOCALE = RegexFlag(4)
M = MULTILINE = RegexFlag(8)
S = DOTALL = RegexFlag(16)
U = UNICODE = RegexFlag(32)
X = VERBOSE = RegexFlag(64)
DEBUG = RegexFlag(128)
A = ASCII = RegexFlag(256)

class Pattern:
    def __init__(self, pattern, flags):
        self._program, flags, self.groups, self.groupindex, self._translate = _compile(pattern, int(flags))
        self.pattern, self.flags = pattern, flags | (0 if flags & 256 else 32)
    def _find(self, subject, pos, endpos, mode, not_empty=0):
        while isinstance(pos, int):
            pos = _pcre.match(self._program, subject, pos, endpos, mode, not_empty)
            not_empty = 0
        return pos if pos is None or self._translate is None else self._translate(pos)
    def _run(self, string, pos, endpos, mode):
        if not isinstance(string, str):
            if isinstance(string, bytes):
                raise TypeError("cannot use a string pattern on a bytes-like object")
            raise TypeError("expected string or bytes-like object, got %r" % type(string).__name__)
        size = len(string)
        pos, endpos = min(max(pos, 0), size), min(max(endpos, 0), size)
        slots = self._find(_pcre.subject(string), pos, endpos, mode)
        return None if slots is None else Match(self, string, pos, endpos, slots)
    def match(self, string, pos=0, endpos=9223372036854775807):
        return self._run(string, pos, endpos, 1)
    def fullmatch(self, string, pos=0, endpos=9223372036854775807):
        return self._run(string, pos, endpos, 2)
    def search(self, string, pos=0, endpos=9223372036854775807):
        return self._run(string, pos, endpos, 0)
    def finditer(self, string, pos=0, endpos=9223372036854775807):
        if not isinstance(string, str):
            self._run(string, 0, 0, 1)
        size = len(string)
        first, endpos = min(max(pos, 0), size), min(max(endpos, 0), size)
        return self._each(string, first, endpos)
    def _each(self, string, first, endpos):
        subject, at, empty = _pcre.subject(string), first, 0
        while at <= endpos:
            slots = self._find(subject, at, endpos, 0, empty)
            if slots is None:
                return
            yield Match(self, string, first, endpos, slots)
            at = slots[1]
            empty = int(slots[0] == at)
    def findall(self, string, pos=0, endpos=9223372036854775807):
        found = self.finditer(string, pos, endpos)
        if self.groups == 0:
            return [one.group() for one in found]
        if self.groups == 1:
            return [one.group(1) or "" for one in found]
        return [one.groups("") for one in found]
    def split(self, string, maxsplit=0):
        pieces, at = [], 0
        for one in self.finditer(string):
            if maxsplit and len(pieces) >= maxsplit * (self.groups + 1):
                break
            pieces.append(string[at:one.start()])
            pieces.extend(one.groups())
            at = one.end()
        pieces.append(string[at:])
        return pieces
    def sub(self, repl, string, count=0):
        return self.subn(repl, string, count)[0]
    def subn(self, repl, string, count=0):
        if not callable(repl):
            template = _template(self, repl)
        out, at, done = [], 0, 0
        for one in self.finditer(string):
            if count and done >= count:
                break
            out.append(string[at:one.start()])
            if callable(repl):
                text = repl(one)
                if not isinstance(text, str):
                    raise TypeError(f"sequence item {len(out)}: expected str instance, {type(text).__name__} found")
                out.append(text)
            else:
                out.append(_fill(template, one))
            at = one.end()
            done += 1
        out.append(string[at:])
        return "".join(out), done
    def __repr__(self):
        flags = RegexFlag(self.flags & ~32)
        text = repr(self.pattern)
        return "re.compile(%s%s)" % (text if len(text) <= 200 else text[:200], ", " + repr(flags) if flags else "")
    def __eq__(self, other):
        if not isinstance(other, Pattern):
            return NotImplemented
        return (self.pattern, self.flags) == (other.pattern, other.flags)
    def __hash__(self):
        return hash((self.pattern, self.flags))
    def __copy__(self):
        return self
    def __deepcopy__(self, memo):
        return self
Pattern.__module__ = "re"

class Match:
    def __init__(self, pattern, string, pos, endpos, slots):
        self.re, self.string, self.pos, self.endpos, self._slots = pattern, string, pos, endpos, slots
    def _number(self, group):
        if isinstance(group, str):
            number = self.re.groupindex.get(group, -1)
        else:
            number = group.__index__() if hasattr(group, "__index__") else -1
        if not 0 <= number <= self.re.groups:
            raise IndexError("no such group")
        return number
    def _text(self, number, default=None):
        start, end = self._slots[2 * number], self._slots[2 * number + 1]
        return default if start < 0 or end < 0 else self.string[start:end]
    def group(self, *groups):
        if not groups:
            return self._text(0)
        texts = [self._text(self._number(one)) for one in groups]
        return texts[0] if len(texts) == 1 else tuple(texts)
    __getitem__ = lambda self, group: self.group(group)
    def groups(self, default=None):
        return tuple(self._text(i, default) for i in range(1, self.re.groups + 1))
    def groupdict(self, default=None):
        return {name: self._text(i, default) for name, i in self.re.groupindex.items()}
    def span(self, group=0):
        number = self._number(group)
        if self._slots[2 * number + 1] < 0:
            return -1, -1
        return self._slots[2 * number], self._slots[2 * number + 1]
    def start(self, group=0):
        return self.span(group)[0]
    def end(self, group=0):
        return self.span(group)[1]
    @property
    def regs(self):
        return tuple(self.span(i) for i in range(self.re.groups + 1))
    @property
    def lastindex(self):
        return None if self._slots[-1] < 0 else self._slots[-1]
    @property
    def lastgroup(self):
        for name, number in self.re.groupindex.items():
            if number == self._slots[-1]:
                return name
        return None
    def expand(self, template):
        return _fill(_template(self.re, template), self)
    def __bool__(self):
        return True
    def __repr__(self):
        return "<re.Match object; span=%r, match=%r>" % (self.span(), self.group())
    def __copy__(self):
        return self
    def __deepcopy__(self, memo):
        return self
Match.__module__ = "re"

def _template(pattern, text):
    if not isinstance(text, str):
        raise TypeError(f"expected str instance, {type(text).__name__} found")
    parts, at = [], 0
    def add_group(number, pos):
        if number > pattern.groups:
            raise error("invalid group reference %d" % number, text, pos)
        parts.append(number)
    while True:
        slash = text.find("\\", at)
        if slash < 0:
            parts.append(text[at:])
            return parts
        parts.append(text[at:slash])
        c = text[slash + 1:slash + 2]
        at = slash + 2
        if not c:
            raise error("bad escape (end of pattern)", text, slash)
        if c == "g":
            if text[at:at + 1] != "<":
                raise error("missing <", text, at)
            end = text.find(">", at + 1)
            name = text[at + 1:end] if end >= 0 else text[at + 1:]
            if not name:
                raise error("missing group name", text, at + 1)
            if end < 0:
                raise error("missing >, unterminated name", text, at + 1)
            if name.isdecimal() and name.isascii():
                add_group(int(name), at + 1)
            elif not name.isidentifier():
                raise error("bad character in group name %r" % name, text, at + 1)
            elif name not in pattern.groupindex:
                raise IndexError("unknown group name %r" % name)
            else:
                parts.append(pattern.groupindex[name])
            at = end + 1
        elif c == "0":
            digits = c
            while len(digits) < 3 and text[at:at + 1] and text[at] in "01234567":
                digits += text[at]
                at += 1
            parts.append(chr(int(digits, 8) & 255))
        elif c in _DIGITS:
            digits = c
            if text[at:at + 1] and text[at] in _DIGITS:
                digits += text[at]
                at += 1
                if c in "0123" and digits[1] in "01234567" and text[at:at + 1] and text[at] in "01234567":
                    parts.append(chr(int(digits + text[at], 8)))
                    at += 1
                    continue
            add_group(int(digits), slash + 1)
        elif c in _ESCAPES:
            parts.append(_ESCAPES[c])
        elif c.isascii() and c.isalpha():
            raise error("bad escape \\%s" % c, text, slash)
        else:
            parts.append("\\" + c)

def _fill(template, match):
    return "".join([one if isinstance(one, str) else match._text(one, "") for one in template])

_cache = {}

def compile(pattern, flags=0):
    if isinstance(pattern, Pattern):
        if flags:
            raise ValueError("cannot process flags argument with a compiled pattern")
        return pattern
    if isinstance(pattern, bytes):
        raise NotImplementedError("re with patterns of bytes is not part of nabla: use str")
    if not isinstance(pattern, str):
        raise TypeError("first argument must be string or compiled pattern")
    if flags & 4:
        raise ValueError("cannot use LOCALE flag with a str pattern")
    if flags & 288 == 288:
        raise ValueError("ASCII and UNICODE flags are incompatible")
    key = pattern, int(flags)
    made = _cache.get(key)
    if made is None:
        if len(_cache) > 500:
            _cache.clear()
        made = _cache[key] = Pattern(pattern, flags)
    return made

def match(pattern, string, flags=0):
    return compile(pattern, flags).match(string)
def fullmatch(pattern, string, flags=0):
    return compile(pattern, flags).fullmatch(string)
def search(pattern, string, flags=0):
    return compile(pattern, flags).search(string)
def sub(pattern, repl, string, count=0, flags=0):
    return compile(pattern, flags).sub(repl, string, count)
def subn(pattern, repl, string, count=0, flags=0):
    return compile(pattern, flags).subn(repl, string, count)
def split(pattern, string, maxsplit=0, flags=0):
    return compile(pattern, flags).split(string, maxsplit)
def findall(pattern, string, flags=0):
    return compile(pattern, flags).findall(string)
def finditer(pattern, string, flags=0):
    return compile(pattern, flags).finditer(string)
def purge():
    _cache.clear()

_SPECIAL = {ord(c): "\\" + c for c in "()[]{}?*+-|^$\\.&~# \t\n\r\v\f"}
def escape(pattern):
    return pattern.translate(_SPECIAL)
