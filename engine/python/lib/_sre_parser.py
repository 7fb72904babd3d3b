# The patterns of `re`, read with CPython's rules and errors into a tree of tuples (listed before Parser). _sre_writer writes it for PCRE2.

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

LETTERS = {"i": 2, "L": 4, "m": 8, "s": 16, "u": 32, "x": 64, "a": 256}
CLASSES = {"d": 1, "D": 2, "s": 3, "S": 4, "w": 5, "W": 6}
PLACES = {"A": 0, "b": 5, "B": 6, "Z": 7}  # with ASCII alone, b and B are 8 and 9
ESCAPES = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", "\\": "\\"}
DIGITS = "0123456789"
HEX = "0123456789abcdefABCDEF"
MOST = 4294967295

# A part of a pattern is a tuple: ("char", c, flags), ("any", flags), ("set", negated, items, flags), ("at", place), ("seq", parts), ("or", branches),
# ("group", number or None, part), ("back", number, flags), ("repeat", least, most, how, part), ("look", behind, negative, part), ("atomic", part),
# ("if", number, yes, no).

class Parser:
    def __init__(self, pattern, flags):
        self.p, self.at, self.flags = pattern, 0, flags
        self.groups, self.names, self.open, self.closed, self.widths = 0, {}, [], set(), {}
        self.asked, self.behind, self.before = [], [], None

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
        for number, where in self.asked:
            if number > self.groups:
                self.fail("invalid group reference %d" % number, where)
        for one in self.behind:
            low, high = self.width(one)
            if low != high:
                raise error("look-behind requires fixed-width pattern")
        return part

    def either(self, start, flags, first=False):
        branches = [self.sequence(flags, first)]
        while self.take("|"):
            flags = self.flags if first else flags
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
        while self.peek() and self.peek() in DIGITS:
            low += self.peek()
            self.at += 1
        if self.take(","):
            while self.peek() and self.peek() in DIGITS:
                high += self.peek()
                self.at += 1
        else:
            high = low
        if not self.take("}"):
            self.at = here
            return None
        least, most = int(low or 0), int(high) if high else -1
        if max(least, most) >= MOST:
            raise OverflowError("the repetition number is too large")
        if -1 < most < least:
            self.fail("min repeat greater than max repeat", here)
        return least, most

    def name(self, end):
        here = self.at
        stop = here
        while self.p[stop:stop + 1] not in ("", end):
            stop += len(self.token(stop))
        if stop >= len(self.p):
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
                    self.look_behind(group)
                    return ("back", group, flags)
                else:
                    if not self.peek():
                        self.fail("unexpected end of pattern", self.at)
                    self.fail("unknown extension ?P" + self.token(self.at), here + 1)
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
                        self.fail("unknown extension ?<" + self.token(self.at), here + 1)
                    self.at += 1
                before = self.before
                if behind and before is None:
                    self.before = self.groups
                part = self.either(here, flags)
                self.before = before
                self.close(here)
                if behind:
                    self.behind.append(part)
                return ("look", behind, c == "!", part)
            elif c == "(":
                return self.conditional(here, flags)
            elif c == ">":
                part = self.either(here, flags)
                self.close(here)
                return ("atomic", part)
            elif c in LETTERS or c == "-":
                flags, group = self.inline(here, c, flags, first)
                if not group:
                    return flags
                capture = False
            else:
                self.fail("unknown extension ?" + self.token(self.at - 1), here + 1)
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

    def look_behind(self, group):
        if self.before is not None:
            if group not in self.closed:
                self.fail("cannot refer to an open group", self.at)
            if group > self.before:
                self.fail("cannot refer to group defined in the same lookbehind subpattern", self.at)

    def close(self, here):
        if not self.take(")"):
            self.fail("missing ), unterminated subpattern", here)

    def conditional(self, here, flags):
        name, where = self.name(")")
        if name.isdecimal() and name.isascii():
            number = int(name)
            if not number:
                self.fail("bad group number", where)
            self.asked.append((number, where))
        else:
            number = self.named_group(name, where)
        self.look_behind(number)
        yes = self.sequence(flags, False)
        no = None
        if self.take("|"):
            no = self.sequence(flags, False)
            if self.peek() == "|":
                self.fail("conditional backref with more than two branches", self.at)
        self.close(here)
        return ("if", number, yes, no)

    def inline(self, here, c, flags, first):
        add = remove = 0
        if c != "-":
            while True:
                if c == "L":
                    self.fail("bad inline flags: cannot use 'L' flag with a str pattern", self.at)
                add |= LETTERS[c]
                if add & 288 == 288:
                    self.fail("bad inline flags: flags 'a', 'u' and 'L' are incompatible", self.at)
                c = self.flag(")-:", "missing -, : or )")
                if c in ")-:":
                    break
        if c == ")":
            if not first or here != 0:
                self.fail("global flags not at the start of the expression", here)
            self.flags |= add
            return flags | add, False
        if c == "-":
            c = self.flag("", "missing flag")
            while c != ":":
                if c in "auL":
                    self.fail("bad inline flags: cannot turn off flags 'a', 'u' and 'L'", self.at)
                remove |= LETTERS[c]
                c = self.flag(":", "missing :")
        if add & remove:
            self.fail("bad inline flags: flag turned on and off", self.at - 1)
        return (flags | add) & ~(remove | (256 if add & 32 else 0)), True

    def flag(self, ends, missing):
        c = self.peek()
        if not c:
            self.fail(missing, self.at)
        if c not in LETTERS and c not in ends:
            self.fail("unknown flag" if c.isalpha() else missing, self.at)
        self.at += 1
        return c

    def number_escape(self, here, count, letter):
        digits = ""
        while len(digits) < count and self.peek() and self.peek() in HEX:
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
        if c in CLASSES:
            return ("set", False, [(CLASSES[c], 0, 0)], flags)
        if c in "bB":
            return ("at", PLACES[c] + (3 if flags & 256 else 0))
        if c in PLACES:
            return ("at", PLACES[c])
        if c in "xuU":
            return ("char", self.number_escape(here, {"x": 2, "u": 4, "U": 8}[c], c), flags)
        if c == "0":
            digits = c
            while len(digits) < 3 and self.peek() and self.peek() in "01234567":
                digits += self.peek()
                self.at += 1
            return ("char", chr(int(digits, 8)), flags)
        if c in DIGITS:
            digits = c
            if self.peek() and self.peek() in DIGITS:
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
            self.look_behind(group)
            return ("back", group, flags)
        if c in ESCAPES and c != "b":
            return ("char", ESCAPES[c], flags)
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
        if c in CLASSES:
            return CLASSES[c]
        if c in "xuU":
            return self.number_escape(start, {"x": 2, "u": 4, "U": 8}[c], c)
        if c in "01234567":
            digits = c
            while len(digits) < 3 and self.peek() and self.peek() in "01234567":
                digits += self.peek()
                self.at += 1
            return chr(int(digits, 8))
        if c in ESCAPES:
            return ESCAPES[c]
        if c.isascii() and (c.isalpha() or c in DIGITS):
            self.fail("bad escape \\%s" % c, start)
        return c

    def token(self, at):
        return self.p[at:at + (2 if self.p[at] == "\\" else 1)]

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
                dash = self.at
                self.at += 1
                if not self.peek():
                    self.fail("unterminated character set", here)
                high = self.set_member(here)
                if isinstance(low, int) or isinstance(high, int) or high < low:
                    words = self.token(start) + "-" + self.token(dash + 1)
                    self.fail("bad character range " + words, self.at - len(words))
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
            return self.widths.get(part[1], (0, MOST))
        if kind == "repeat":
            low, high = self.width(part[4])
            return low * part[1], high * (MOST if part[2] < 0 else part[2])
        yes = self.width(part[2])
        no = self.width(part[3]) if part[3] is not None else (0, 0)
        return min(yes[0], no[0]), max(yes[1], no[1])
