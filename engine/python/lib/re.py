# The module `re`: reads a pattern with CPython's rules and errors, and writes it as instructions for the matcher in modules/sre.cpp.
import _sre

class error(Exception):
    def __init__(self, msg, pattern=None, pos=None):
        self.msg, self.pattern, self.pos = msg, pattern, pos
        if pattern is not None and pos is not None:
            msg = "%s at position %d" % (msg, pos)
            self.lineno = pattern.count("\n", 0, pos) + 1
            self.colno = pos - pattern.rfind("\n", 0, pos)
            if "\n" in pattern:
                msg = "%s (line %d, column %d)" % (msg, self.lineno, self.colno)
        super().__init__(msg)
error.__module__ = "re"

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
_LETTERS = {"i": 2, "L": 4, "m": 8, "s": 16, "u": 32, "x": 64, "a": 256}

_FAIL, _ACCEPT, _CHAR, _ANY, _ALL, _SET, _JUMP, _SPLIT, _SAVE, _AT, _GROUP, _LOOK, _ATOMIC, _REPEAT, _MARK, _CHECK, _IF = range(17)
_CLASSES = {"d": 1, "D": 2, "s": 3, "S": 4, "w": 5, "W": 6}
_PLACES = {"A": 0, "b": 5, "B": 6, "Z": 7}
_ESCAPES = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", "\\": "\\"}
_DIGITS = "0123456789"
_HEX = "0123456789abcdefABCDEF"
_MOST = 4294967295

# A part of a pattern is a tuple: ("char", c, flags), ("any", flags), ("set", negated, items, flags), ("at", place), ("seq", parts), ("or", branches),
# ("group", number or None, part), ("back", number, flags), ("repeat", least, most, how, part), ("look", behind, negative, part), ("atomic", part),
# ("if", number, yes, no).

class _Parser:
    def __init__(self, pattern, flags):
        self.p, self.at, self.flags = pattern, 0, flags
        self.groups, self.names, self.open, self.closed, self.widths = 0, {}, [], set(), {}

    def fail(self, msg, pos):
        raise error(msg, self.p, pos)
    def peek(self, n=1):
        return self.p[self.at:self.at + n]
    def take(self, text):
        if self.p.startswith(text, self.at):
            self.at += len(text)
            return True
        return False

    def whole(self):
        part = self.either(0, self.flags, True)
        if self.at < len(self.p):
            self.fail("unbalanced parenthesis", self.at)
        return part

    def either(self, start, flags, first=False):
        branches = [self.sequence(flags, first)]
        while self.take("|"):
            branches.append(self.sequence(flags, False))
        return branches[0] if len(branches) == 1 else ("or", branches)

    def sequence(self, flags, first):
        parts = []
        while self.at < len(self.p):
            here, c = self.at, self.p[self.at]
            if c in "|)":
                break
            self.at += 1
            if flags & 64:
                if c in " \t\n\r\v\f":
                    continue
                if c == "#":
                    end = self.p.find("\n", self.at)
                    self.at = len(self.p) if end < 0 else end + 1
                    continue
            if c == "\\":
                parts.append(self.escape(here, flags))
            elif c == "[":
                parts.append(self.charset(here, flags))
            elif c == ".":
                parts.append(("all",) if flags & 16 else ("any",))
            elif c == "^":
                parts.append(("at", 1 if flags & 8 else 0))
            elif c == "$":
                parts.append(("at", 4 if flags & 8 else 3))
            elif c == "(":
                made = self.parenthesis(here, flags, first and not parts)
                if isinstance(made, int):
                    flags = made
                elif made is not None:
                    parts.append(made)
            elif c in "*+?{":
                bounds = self.bounds(c)
                if bounds is None:
                    parts.append(("char", "{", flags))
                    continue
                least, most = bounds
                if not parts or parts[-1][0] == "at":
                    self.fail("nothing to repeat", here)
                if parts[-1][0] == "repeat":
                    self.fail("multiple repeat", here)
                how = "lazy" if self.take("?") else "possessive" if self.take("+") else "greedy"
                parts[-1] = ("repeat", least, most, how, parts[-1])
            else:
                parts.append(("char", c, flags))
        return ("seq", parts)

    def bounds(self, c):
        if c != "{":
            return {"*": (0, -1), "+": (1, -1), "?": (0, 1)}[c]
        here = self.at
        if self.peek() == "}":
            return None
        low = high = ""
        while self.peek() and self.peek() in _DIGITS:
            low += self.peek()
            self.at += 1
        if self.take(","):
            while self.peek() and self.peek() in _DIGITS:
                high += self.peek()
                self.at += 1
        else:
            high = low
        if not self.take("}"):
            self.at = here
            return None
        least, most = int(low or 0), int(high) if high else -1
        if max(least, most) >= _MOST:
            raise OverflowError("the repetition number is too large")
        if -1 < most < least:
            self.fail("min repeat greater than max repeat", here)
        return least, most

    def name(self, end):
        here = self.at
        stop = self.p.find(end, here)
        if stop < 0:
            if here == len(self.p):
                self.fail("missing group name", here)
            self.fail("missing %s, unterminated name" % end, here)
        if stop == here:
            self.fail("missing group name", here)
        self.at = stop + 1
        return self.p[here:stop], here

    def named_group(self, name, here):
        if not name.isidentifier():
            self.fail("bad character in group name %r" % name, here)
        if name not in self.names:
            self.fail("unknown group name %r" % name, here)
        return self.names[name]

    def parenthesis(self, here, flags, first):
        capture, name = True, None
        if self.take("?"):
            c = self.peek()
            if not c:
                self.fail("unexpected end of pattern", self.at)
            self.at += 1
            if c == "P":
                if self.take("<"):
                    name, where = self.name(">")
                    if not name.isidentifier():
                        self.fail("bad character in group name %r" % name, where)
                elif self.take("="):
                    name, where = self.name(")")
                    group = self.named_group(name, where)
                    if group in self.open:
                        self.fail("cannot refer to an open group", where)
                    return ("back", group, flags)
                else:
                    if not self.peek():
                        self.fail("unexpected end of pattern", self.at)
                    self.fail("unknown extension ?P" + self.peek(), here + 1)
            elif c == ":":
                capture = False
            elif c == "#":
                end = self.p.find(")", self.at)
                if end < 0:
                    self.fail("missing ), unterminated comment", here)
                self.at = end + 1
                return None
            elif c in "=!<":
                behind = c == "<"
                if behind:
                    c = self.peek()
                    if not c:
                        self.fail("unexpected end of pattern", self.at)
                    if c not in "=!":
                        self.fail("unknown extension ?<" + c, here + 1)
                    self.at += 1
                part = self.either(here, flags)
                self.close(here)
                if behind:
                    low, high = self.width(part)
                    if low != high:
                        raise error("look-behind requires fixed-width pattern")
                return ("look", behind, c == "!", part)
            elif c == "(":
                return self.conditional(here, flags)
            elif c == ">":
                part = self.either(here, flags)
                self.close(here)
                return ("atomic", part)
            elif c in _LETTERS or c == "-":
                flags, group = self.inline(here, c, flags, first)
                if not group:
                    return flags
                capture = False
            else:
                self.fail("unknown extension ?" + c, here + 1)
        number = None
        if capture:
            self.groups += 1
            number = self.groups
            if name is not None:
                if name in self.names:
                    self.fail("redefinition of group name %r as group %d; was group %d" % (name, number, self.names[name]), where)
                self.names[name] = number
            self.open.append(number)
        part = self.either(here, flags)
        self.close(here)
        if number is not None:
            self.open.pop()
            self.closed.add(number)
            self.widths[number] = self.width(part)
        return ("group", number, part)

    def close(self, here):
        if not self.take(")"):
            self.fail("missing ), unterminated subpattern", here)

    def conditional(self, here, flags):
        name, where = self.name(")")
        if name.isdecimal() and name.isascii():
            number = int(name)
            if not number:
                self.fail("bad group number", where)
        else:
            number = self.named_group(name, where)
        yes = self.sequence(flags, False)
        no = None
        if self.take("|"):
            no = self.sequence(flags, False)
            if self.peek() == "|":
                self.fail("conditional backref with more than two branches", self.at)
        self.close(here)
        if number > self.groups:
            self.fail("invalid group reference %d" % number, where)
        return ("if", number, yes, no)

    def inline(self, here, c, flags, first):
        add = remove = 0
        if c != "-":
            while True:
                add |= _LETTERS[c]
                c = self.peek()
                if not c:
                    self.fail("missing -, : or )", self.at)
                self.at += 1
                if c in ")-:":
                    break
                if c not in _LETTERS:
                    self.fail("unknown flag" if c.isalpha() else "missing -, : or )", self.at - 1)
        if c == ")":
            if not first or here != 0:
                self.fail("global flags not at the start of the expression", here)
            self.flags |= add
            return flags | add, False
        if c == "-":
            c = self.peek()
            if not c:
                self.fail("missing flag", self.at)
            self.at += 1
            if c not in _LETTERS:
                self.fail("unknown flag" if c.isalpha() else "missing flag", self.at - 1)
            while True:
                remove |= _LETTERS[c]
                c = self.peek()
                if not c:
                    self.fail("missing :", self.at)
                self.at += 1
                if c == ":":
                    break
                if c not in _LETTERS:
                    self.fail("unknown flag" if c.isalpha() else "missing :", self.at - 1)
        return (flags | add) & ~remove, True

    def number_escape(self, here, count, letter):
        digits = ""
        while len(digits) < count and self.peek() and self.peek() in _HEX:
            digits += self.peek()
            self.at += 1
        if len(digits) != count:
            self.fail("incomplete escape \\%s" % (letter + digits), here)
        return chr(int(digits, 16))

    def escape(self, here, flags):
        c = self.peek()
        if not c:
            self.fail("bad escape (end of pattern)", here)
        self.at += 1
        if c in _CLASSES:
            return ("set", False, [(_CLASSES[c], 0, 0)], flags)
        if c in _PLACES:
            return ("at", _PLACES[c])
        if c in "xuU":
            return ("char", self.number_escape(here, {"x": 2, "u": 4, "U": 8}[c], c), flags)
        if c == "0":
            digits = c
            while len(digits) < 3 and self.peek() and self.peek() in "01234567":
                digits += self.peek()
                self.at += 1
            return ("char", chr(int(digits, 8)), flags)
        if c in _DIGITS:
            digits = c
            if self.peek() and self.peek() in _DIGITS:
                digits += self.peek()
                self.at += 1
                if c in "01234567" and digits[1] in "01234567" and self.peek() and self.peek() in "01234567":
                    digits += self.peek()
                    self.at += 1
                    if int(digits, 8) > 0o377:
                        self.fail("octal escape value \\%s outside of range 0-0o377" % digits, here)
                    return ("char", chr(int(digits, 8)), flags)
            group = int(digits)
            if group > self.groups:
                self.fail("invalid group reference %d" % group, here + 1)
            if group in self.open:
                self.fail("cannot refer to an open group", here)
            return ("back", group, flags)
        if c in _ESCAPES and c != "b":
            return ("char", _ESCAPES[c], flags)
        if c.isascii() and c.isalpha():
            self.fail("bad escape \\%s" % c, here)
        return ("char", c, flags)

    def set_member(self, here):
        c = self.peek()
        self.at += 1
        if c != "\\":
            return c
        c = self.peek()
        if not c:
            self.fail("bad escape (end of pattern)", self.at - 1)
        start = self.at - 1
        self.at += 1
        if c in _CLASSES:
            return _CLASSES[c]
        if c in "xuU":
            return self.number_escape(start, {"x": 2, "u": 4, "U": 8}[c], c)
        if c in "01234567":
            digits = c
            while len(digits) < 3 and self.peek() and self.peek() in "01234567":
                digits += self.peek()
                self.at += 1
            return chr(int(digits, 8))
        if c in _ESCAPES:
            return _ESCAPES[c]
        if c.isascii() and (c.isalpha() or c in _DIGITS):
            self.fail("bad escape \\%s" % c, start)
        return c

    def charset(self, here, flags):
        negated, items = self.take("^"), []
        first = self.at
        while True:
            if not self.peek():
                self.fail("unterminated character set", here)
            if self.peek() == "]" and self.at > first:
                self.at += 1
                break
            start = self.at
            low = self.set_member(here)
            if self.peek() == "-" and self.peek(2) != "-]":
                self.at += 1
                if not self.peek():
                    self.fail("unterminated character set", here)
                high = self.set_member(here)
                if isinstance(low, int) or isinstance(high, int) or high < low:
                    self.fail("bad character range %s" % self.p[start:self.at], start)
                items.append((0, ord(low), ord(high)))
            elif isinstance(low, int):
                items.append((low, 0, 0))
            else:
                items.append((0, ord(low), ord(low)))
        return ("set", negated, items, flags)

    def width(self, part):
        kind = part[0]
        if kind in ("char", "any", "all", "set"):
            return 1, 1
        if kind in ("at", "look"):
            return 0, 0
        if kind == "seq":
            each = [self.width(one) for one in part[1]]
            return sum(low for low, high in each), sum(high for low, high in each)
        if kind == "or":
            each = [self.width(one) for one in part[1]]
            return min(low for low, high in each), max(high for low, high in each)
        if kind == "group":
            return self.width(part[2])
        if kind == "atomic":
            return self.width(part[1])
        if kind == "back":
            return self.widths.get(part[1], (0, _MOST))
        if kind == "repeat":
            low, high = self.width(part[4])
            return low * part[1], high * (_MOST if part[2] < 0 else part[2])
        yes = self.width(part[2])
        no = self.width(part[3]) if part[3] is not None else (0, 0)
        return min(yes[0], no[0]), max(yes[1], no[1])

class _Writer:
    def __init__(self, parser):
        self.parser, self.code, self.sets, self.registers = parser, [], [], 0
    def emit(self, *numbers):
        at = len(self.code)
        self.code.extend(numbers)
        if len(self.code) > 500000:
            raise error("regular expression too large")
        return at
    def one(self, part):
        kind = part[0]
        if kind == "any":
            return self.emit(_ANY)
        if kind == "all":
            return self.emit(_ALL)
        if kind == "char":
            c, flags = part[1], part[2]
            if not flags & 2 or c.lower() == c.upper():
                return self.emit(_CHAR, ord(c))
            part = ("set", False, [(0, ord(c), ord(c))], flags)
        numbers = [int(part[1]), part[3] >> 1 & 1]
        for item in part[2]:
            numbers.extend(item)
        self.sets.append(numbers)
        return self.emit(_SET, len(self.sets) - 1)
    def write(self, part):
        kind, code = part[0], self.code
        if kind in ("char", "any", "all", "set"):
            self.one(part)
        elif kind == "seq":
            for one in part[1]:
                self.write(one)
        elif kind == "or":
            ends = []
            for one in part[1][:-1]:
                split = self.emit(_SPLIT, 0, 0)
                code[split + 1] = len(code)
                self.write(one)
                ends.append(self.emit(_JUMP, 0))
                code[split + 2] = len(code)
            self.write(part[1][-1])
            for end in ends:
                code[end + 1] = len(code)
        elif kind == "group":
            if part[1] is None:
                self.write(part[2])
            else:
                self.emit(_SAVE, 2 * part[1])
                self.write(part[2])
                self.emit(_SAVE, 2 * part[1] + 1)
        elif kind == "at":
            self.emit(_AT, part[1])
        elif kind == "back":
            self.emit(_GROUP, part[1], part[2] >> 1 & 1)
        elif kind == "look":
            width = self.parser.width(part[3])[0] if part[1] else 0
            look = self.emit(_LOOK, int(part[1]), int(part[2]), width, 0)
            self.write(part[3])
            self.emit(_ACCEPT)
            code[look + 4] = len(code)
        elif kind == "atomic":
            self.atomic(lambda: self.write(part[1]))
        elif kind == "if":
            test = self.emit(_IF, part[1], 0)
            self.write(part[2])
            end = self.emit(_JUMP, 0)
            code[test + 2] = len(code)
            if part[3] is not None:
                self.write(part[3])
            code[end + 1] = len(code)
        elif part[3] == "possessive":
            self.atomic(lambda: self.repeat(part[1], part[2], True, part[4]))
        else:
            self.repeat(part[1], part[2], part[3] == "greedy", part[4])
    def atomic(self, write):
        at = self.emit(_ATOMIC, 0)
        write()
        self.emit(_ACCEPT)
        self.code[at + 1] = len(self.code)
    def repeat(self, least, most, greedy, part):
        code = self.code
        if part[0] in ("char", "any", "all", "set"):
            self.emit(_REPEAT, least, most, int(greedy))
            self.one(part)
            return
        for _ in range(least):
            self.write(part)
        if most < 0:
            register = self.registers
            self.registers += 1
            split = self.emit(_SPLIT, 0, 0)
            inner = self.emit(_MARK, register)
            self.write(part)
            check = self.emit(_CHECK, register, 0)
            self.emit(_JUMP, split)
            end = len(code)
            code[check + 2] = end
            code[split + 1], code[split + 2] = (inner, end) if greedy else (end, inner)
            return
        splits = []
        for _ in range(most - least):
            split = self.emit(_SPLIT, 0, 0)
            splits.append((split, len(code)))
            self.write(part)
        for split, inner in splits:
            code[split + 1], code[split + 2] = (inner, len(code)) if greedy else (len(code), inner)

class Pattern:
    def __init__(self, pattern, flags):
        parser = _Parser(pattern, int(flags))
        part = parser.whole()
        if parser.flags & 64 and not flags & 64:
            parser = _Parser(pattern, parser.flags)
            part = parser.whole()
        writer = _Writer(parser)
        writer.write(part)
        writer.emit(_ACCEPT)
        self.pattern, self.groups, self.groupindex = pattern, parser.groups, dict(parser.names)
        self.flags = parser.flags | (0 if parser.flags & 256 else 32)
        self._program = _sre.compile(writer.code, writer.sets, parser.groups, writer.registers, bool(parser.flags & 256))
    def _run(self, string, pos, endpos, mode):
        if not isinstance(string, str):
            if isinstance(string, bytes):
                raise TypeError("cannot use a string pattern on a bytes-like object")
            raise TypeError("expected string or bytes-like object, got %r" % type(string).__name__)
        size = len(string)
        pos, endpos = min(max(pos, 0), size), min(max(endpos, 0), size)
        slots = _sre.match(self._program, _sre.subject(string), pos, endpos, mode, -1)
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
        subject, at, empty = _sre.subject(string), first, -1
        while at <= endpos:
            slots = _sre.match(self._program, subject, at, endpos, 0, empty)
            if slots is None:
                return
            yield Match(self, string, first, endpos, slots)
            at = slots[1]
            empty = at if slots[0] == at else -1
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
