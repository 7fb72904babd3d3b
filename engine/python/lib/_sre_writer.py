# A pattern's tree (_sre_parser) written in the syntax of PCRE2 (modules/pcre.cpp): groups by number, characters by their code points, classes
# and letters whose case is ignored as sets. So it depends on no flag and on nobody's idea of Unicode but ours.
import _pcre
from _sre_parser import Parser

_CLASSES = "dDsSwW"
_IN_ASCII = {"d": "0-9", "s": "\\x20\\x{9}-\\x{d}", "w": "0-9A-Z_a-z"}
_made = {}

def _code(number):
    return "\\x{%x}" % number

def _range(low, high):
    return _code(low) if low == high else _code(low) + "-" + _code(high)

def _class(letter, ascii):
    """What stands for \\d or the like within a set."""
    key = letter, ascii
    if key not in _made:
        if not ascii:
            bounds = _pcre.ranges(letter)
            _made[key] = "".join([_range(bounds[i], bounds[i + 1]) for i in range(0, len(bounds), 2)])
        elif letter in _IN_ASCII:
            _made[key] = _IN_ASCII[letter]
        else:
            _made[key] = {"D": "\\x{0}-/:-\\x{10ffff}", "S": "\\x{0}-\\x{8}\\x{e}-\\x{1f}!-\\x{10ffff}", "W": "\\x{0}-/:-@\\x{5b}-\\x{5e}\\x{60}\\x{7b}-\\x{10ffff}"}[letter]
    return _made[key]

def _set(negated, items, flags):
    out = []
    for kind, low, high in items:
        if kind:
            out.append(_class(_CLASSES[kind - 1], flags & 256))
            continue
        out.append(_range(low, high))
        if flags & 2:
            out.extend([_code(ord(c)) for c in _pcre.variants(low, high, flags & 256)])
    # A set of one letter in both its cases is a special case in PCRE2 10.36, and repeated ([Bb]{2}) it is not found.
    return "[" + "^" * negated + "".join(out) + (out[0] if len(out) == 2 else "") + "]"

def _word_edge(ascii, wanted):
    word = "[" + _class("w", ascii) + "]"
    a, b = ("!", "=") if wanted else ("=", "!")
    edge = "(?:(?<=%s)(?%s%s)|(?<!%s)(?%s%s))" % (word, a, word, word, b, word)
    # CPython 3.11 finds neither kind of place in an empty text.
    return edge if wanted else "(?!\\A\\z)" + edge

_PLACES = ("\\A", "^", "\\z", "\\Z", "$", None, None, "\\z")

class Writer:
    def __init__(self, parser):
        self.parser = parser
        self.numbers = [0]  # PCRE2's number for each of our groups
        self.count = 0  # of PCRE2's groups
        self.marks = {}  # the empty group behind a look-around: the groups in that one. PCRE2 forgets which was closed last in there
        self.references, self.again = [], []

    def one(self, part):
        """As an atom, that can be repeated."""
        text = self.write(part)
        return text if part[0] in ("char", "any", "all", "set", "group") else "(?:" + text + ")"

    def write(self, part):
        kind = part[0]
        if kind == "char":
            c, flags = part[1], part[2]
            if flags & 2 and _pcre.variants(ord(c), ord(c), flags & 256):
                return _set(False, [(0, ord(c), ord(c))], flags)
            return c if c.isascii() and c.isalnum() else _code(ord(c))
        if kind == "any":
            return "\\N"
        if kind == "all":
            return "."
        if kind == "set":
            return _set(part[1], part[2], part[3])
        if kind == "seq":
            return "".join([self.write(one) for one in part[1]])
        if kind == "or":
            return "|".join([self.write(one) for one in part[1]])
        if kind == "group":
            if part[1] is None:
                return "(?:" + self.write(part[2]) + ")"
            self.count += 1
            self.numbers.append(self.count)
            return "(" + self.write(part[2]) + ")"
        if kind == "at":
            place = part[1]
            if place in (5, 6, 8, 9):
                return _word_edge(place > 7, place in (5, 8))
            return _PLACES[place]
        if kind == "look":
            first = len(self.numbers)
            text = "(?" + ("<" if part[1] else "") + ("!" if part[2] else "=") + self.write(part[3]) + ")"
            if part[2] or len(self.numbers) == first:
                return text
            self.count += 1
            self.marks[self.count] = range(first, len(self.numbers))
            return text + "()"
        if kind == "atomic":
            return "(?>" + self.write(part[1]) + ")"
        if kind == "back":
            return self.back(part[1], part[2])
        if kind == "if":
            text = "(?(" + self.number(part[1]) + ")" + self.write(part[2])
            return text + ("" if part[3] is None else "|" + self.write(part[3])) + ")"
        least, most, how = part[1], part[2], part[3]
        if most == 0:  # its groups count, but never match; with {0}, PCRE2 10.36 takes a ^ in it to bind the whole
            return "(?:|(?!)" + self.one(part[4]) + ")"
        bounds = "{%d,%s}" % (least, "" if most < 0 else most)
        return self.one(part[4]) + bounds + {"greedy": "", "lazy": "?", "possessive": "+"}[how]

    def number(self, group):
        """A group's number in PCRE2, which may not be known yet."""
        self.references.append(group)
        return "\0%d\0" % group

    def back(self, group, flags):
        if not flags & 2:
            return "\\g{" + self.number(group) + "}"
        low, high = self.parser.widths.get(group, (0, -1))
        before = 2 * len(self.again) + 2
        if before > 254:
            raise NotImplementedError("so many back references that ignore case are not part of nabla")
        self.again.append((group, bool(flags & 256)))
        return "(?>(?C%d)%s(?C%d))" % (before, ".{%d}" % low if low == high else ".*?", before + 1)

    def whole(self, part):
        text = self.write(part)
        if self.references:
            pieces = text.split("\0")
            for i in range(1, len(pieces), 2):
                pieces[i] = str(self.numbers[int(pieces[i])])
            text = "".join(pieces)
        return "(?C0)(?:" + text + ")" + ("(?C1)" if self.count else "")

def compile(pattern, flags):
    """The program, the flags with those that the pattern sets itself, the number of its groups, the numbers of those with names, and what makes of the groups
    that were found those of the pattern (None: they are)."""
    parser = Parser(pattern, flags)
    part = parser.whole()
    if parser.flags & 64 and not flags & 64:
        parser = Parser(pattern, parser.flags)
        part = parser.whole()
    writer = Writer(parser)
    text = writer.whole(part)
    again = []
    for group, ascii in writer.again:
        again.extend((writer.numbers[group], int(ascii)))
    return _pcre.compile(text, again), parser.flags, parser.groups, dict(parser.names), _translation(writer) if writer.marks else None

def _latest(slots, groups):
    """Which of them was closed last, by where they end."""
    found = [(slots[2 * n + 1], slots[2 * n], -n if slots[2 * n] < slots[2 * n + 1] else n, n) for n in groups]
    last = max(found)
    return last[3] if last[0] >= 0 else -1

def _translation(writer):
    numbers, marks = writer.numbers, writer.marks
    def translate(slots):
        out = []
        for number in numbers:
            out.extend(slots[2 * number:2 * number + 2])
        last = slots[-1]
        if last in marks:
            last = _latest(out, marks[last])
            if last < 0:
                last = _latest(out, range(1, len(numbers)))
        elif last > 0:
            last = numbers.index(last)
        out.append(last)
        return out
    return translate
