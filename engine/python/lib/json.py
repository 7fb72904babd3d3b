# The module `json`: dumps, loads and their errors. Files are not part of nabla, so dump and load take any object with write() and read().
class JSONDecodeError(ValueError):
    def __init__(self, msg, doc, pos):
        self.lineno = doc.count("\n", 0, pos) + 1
        self.colno = pos - doc.rfind("\n", 0, pos)
        super().__init__("%s: line %d column %d (char %d)" % (msg, self.lineno, self.colno, pos))
        self.msg, self.doc, self.pos = msg, doc, pos

_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\f": "\\f", "\b": "\\b"}

def _quote(text, ascii_only):
    out = []
    for c in text:
        code = ord(c)
        if c in _ESCAPES:
            out.append(_ESCAPES[c])
        elif code < 32 or (ascii_only and 126 < code < 0x10000):
            out.append("\\u%04x" % code)
        elif ascii_only and code > 126:
            code -= 0x10000
            out.append("\\u%04x\\u%04x" % (0xD800 | code >> 10, 0xDC00 | code & 0x3FF))
        else:
            out.append(c)
    return '"' + "".join(out) + '"'

class JSONEncoder:
    item_separator, key_separator = ", ", ": "
    def __init__(self, *, skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True, sort_keys=False, indent=None, separators=None, default=None):
        self.skipkeys, self.ensure_ascii, self.check_circular, self.allow_nan = skipkeys, ensure_ascii, check_circular, allow_nan
        self.sort_keys, self.indent = sort_keys, indent
        if separators is not None:
            self.item_separator, self.key_separator = separators
        elif indent is not None:
            self.item_separator = ","
        if default is not None:
            self.default = default
    def default(self, o):
        raise TypeError(f"Object of type {o.__class__.__name__} is not JSON serializable")
    def encode(self, o):
        return "".join(self.iterencode(o))
    def iterencode(self, o, _one_shot=False):
        out = []
        self._write(o, out, 0, set())
        return out
    def _number(self, x):
        if x != x or x in (float("inf"), float("-inf")):
            if not self.allow_nan:
                raise ValueError("Out of range float values are not JSON compliant")
            return "NaN" if x != x else "Infinity" if x > 0 else "-Infinity"
        return float.__repr__(x)
    def _write(self, o, out, depth, seen):
        if isinstance(o, str):
            out.append(_quote(o, self.ensure_ascii))
        elif o is None:
            out.append("null")
        elif o is True:
            out.append("true")
        elif o is False:
            out.append("false")
        elif isinstance(o, int):
            out.append(int.__repr__(o))
        elif isinstance(o, float):
            out.append(self._number(o))
        else:
            if self.check_circular:
                if id(o) in seen:
                    raise ValueError("Circular reference detected")
                seen.add(id(o))
            if isinstance(o, dict):
                self._container(self._pairs(o), "{}", out, depth, seen)
            elif isinstance(o, (list, tuple)):
                self._container(((None, one) for one in o), "[]", out, depth, seen)
            else:
                self._write(self.default(o), out, depth, seen)
            seen.discard(id(o))
    def _pairs(self, o):
        for key, value in sorted(o.items()) if self.sort_keys else o.items():
            if isinstance(key, str):
                pass
            elif key is True or key is False or key is None:
                key = {True: "true", False: "false", None: "null"}[key]
            elif isinstance(key, int):
                key = int.__repr__(key)
            elif isinstance(key, float):
                key = self._number(key)
            elif self.skipkeys:
                continue
            else:
                raise TypeError(f"keys must be str, int, float, bool or None, not {key.__class__.__name__}")
            yield key, value
    def _container(self, pairs, brackets, out, depth, seen):
        first = True
        indent = " " * self.indent if isinstance(self.indent, int) else self.indent
        for key, value in pairs:
            out.append(brackets[0] if first else self.item_separator)
            first = False
            if indent is not None:
                out.append("\n" + indent * (depth + 1))
            if key is not None:
                out.append(_quote(key, self.ensure_ascii) + self.key_separator)
            self._write(value, out, depth + 1, seen)
        if first:
            out.append(brackets)
            return
        if indent is not None:
            out.append("\n" + indent * depth)
        out.append(brackets[1])

def dumps(obj, *, skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True, cls=None, indent=None, separators=None, default=None, sort_keys=False, **kw):
    return (cls or JSONEncoder)(skipkeys=skipkeys, ensure_ascii=ensure_ascii, check_circular=check_circular, allow_nan=allow_nan, indent=indent,
                                separators=separators, default=default, sort_keys=sort_keys, **kw).encode(obj)
def dump(obj, fp, **kw):
    fp.write(dumps(obj, **kw))

_BACK = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_WORDS = {"null": None, "true": True, "false": False}
_CONSTANTS = {"NaN": float("nan"), "Infinity": float("inf"), "-Infinity": float("-inf")}

class JSONDecoder:
    def __init__(self, *, object_hook=None, parse_float=None, parse_int=None, parse_constant=None, strict=True, object_pairs_hook=None):
        self.object_hook, self.object_pairs_hook, self.strict = object_hook, object_pairs_hook, strict
        self.parse_float, self.parse_int = parse_float or float, parse_int or int
        self.parse_constant = parse_constant or _CONSTANTS.__getitem__
    def decode(self, s):
        value, end = self.raw_decode(s, self._skip(s, 0))
        end = self._skip(s, end)
        if end != len(s):
            raise JSONDecodeError("Extra data", s, end)
        return value
    def raw_decode(self, s, idx=0):
        return self._value(s, idx)
    def _skip(self, s, at):
        while at < len(s) and s[at] in " \t\n\r":
            at += 1
        return at
    def _value(self, s, at):
        c = s[at:at + 1]
        if c == '"':
            return self._string(s, at + 1)
        if c == "{":
            return self._object(s, at + 1)
        if c == "[":
            return self._array(s, at + 1)
        for word, value in _WORDS.items():
            if s.startswith(word, at):
                return value, at + len(word)
        end = at
        if s[end:end + 1] == "-":
            end += 1
        first = end
        while s[end:end + 1] in _DIGITS:
            end += 1
        if end > first and s[first] == "0":
            end = first + 1
        if end > first:
            whole = end
            if s[end:end + 1] == "." and s[end + 1:end + 2] in _DIGITS:
                end += 1
                while s[end:end + 1] in _DIGITS:
                    end += 1
            if s[end:end + 1] in ("e", "E"):
                tail = end + 1
                if s[tail:tail + 1] in ("+", "-"):
                    tail += 1
                if s[tail:tail + 1] in _DIGITS:
                    while s[tail:tail + 1] in _DIGITS:
                        tail += 1
                    end = tail
            text = s[at:end]
            return (self.parse_int(text) if end == whole else self.parse_float(text)), end
        for word in _CONSTANTS:
            if s.startswith(word, at):
                return self.parse_constant(word), at + len(word)
        raise JSONDecodeError("Expecting value", s, at)
    def _string(self, s, at):
        begin, out = at - 1, []
        while True:
            end = at
            while end < len(s) and s[end] not in '"\\' and s[end] >= " ":
                end += 1
            out.append(s[at:end])
            if end >= len(s):
                raise JSONDecodeError("Unterminated string starting at", s, begin)
            c = s[end]
            if c == '"':
                return "".join(out), end + 1
            if c != "\\":
                if self.strict:
                    raise JSONDecodeError("Invalid control character at", s, end)
                out.append(c)
                at = end + 1
                continue
            c = s[end + 1:end + 2]
            if not c:
                raise JSONDecodeError("Unterminated string starting at", s, begin)
            if c != "u":
                if c not in _BACK:
                    raise JSONDecodeError("Invalid \\escape", s, end)
                out.append(_BACK[c])
                at = end + 2
                continue
            code = self._hex(s, end + 2)
            at = end + 6
            if 0xD800 <= code < 0xDC00 and s.startswith("\\u", at):
                low = self._hex(s, at + 2)
                if 0xDC00 <= low < 0xE000:
                    code = 0x10000 + (code - 0xD800 << 10) + low - 0xDC00
                    at += 6
            out.append(chr(code))
    def _hex(self, s, at):
        digits = s[at:at + 4]
        if len(digits) == 4 and all(c in "0123456789abcdefABCDEF" for c in digits):
            return int(digits, 16)
        raise JSONDecodeError("Invalid \\uXXXX escape", s, at - 1)
    def _object(self, s, at):
        pairs = []
        at = self._skip(s, at)
        if s[at:at + 1] != "}":
            if s[at:at + 1] != '"':
                raise JSONDecodeError("Expecting property name enclosed in double quotes", s, at)
            while True:
                key, at = self._string(s, at + 1)
                at = self._skip(s, at)
                if s[at:at + 1] != ":":
                    raise JSONDecodeError("Expecting ':' delimiter", s, at)
                value, at = self._value(s, self._skip(s, at + 1))
                pairs.append((key, value))
                at = self._skip(s, at)
                c = s[at:at + 1]
                if c == "}":
                    break
                if c != ",":
                    raise JSONDecodeError("Expecting ',' delimiter", s, at)
                at = self._skip(s, at + 1)
                if s[at:at + 1] != '"':
                    raise JSONDecodeError("Expecting property name enclosed in double quotes", s, at)
        if self.object_pairs_hook is not None:
            return self.object_pairs_hook(pairs), at + 1
        made = dict(pairs)
        return (made if self.object_hook is None else self.object_hook(made)), at + 1
    def _array(self, s, at):
        items = []
        at = self._skip(s, at)
        if s[at:at + 1] == "]":
            return items, at + 1
        while True:
            value, at = self._value(s, at)
            items.append(value)
            at = self._skip(s, at)
            c = s[at:at + 1]
            if c == "]":
                return items, at + 1
            if c != ",":
                raise JSONDecodeError("Expecting ',' delimiter", s, at)
            at = self._skip(s, at + 1)

_DIGITS = tuple("0123456789")

def loads(s, *, cls=None, object_hook=None, parse_float=None, parse_int=None, parse_constant=None, object_pairs_hook=None, **kw):
    if isinstance(s, bytes):
        s = s.decode()
    elif not isinstance(s, str):
        raise TypeError(f"the JSON object must be str, bytes or bytearray, not {s.__class__.__name__}")
    if s.startswith("\ufeff"):
        raise JSONDecodeError("Unexpected UTF-8 BOM (decode using utf-8-sig)", s, 0)
    return (cls or JSONDecoder)(object_hook=object_hook, parse_float=parse_float, parse_int=parse_int, parse_constant=parse_constant,
                                object_pairs_hook=object_pairs_hook, **kw).decode(s)
def load(fp, **kw):
    return loads(fp.read(), **kw)
