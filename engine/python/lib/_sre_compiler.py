# A pattern's tree (_sre_parser) written as instructions for the matcher in modules/sre.cpp.
import _sre
from _sre_parser import error, Parser

_FAIL, _ACCEPT, _CHAR, _ANY, _ALL, _SET, _JUMP, _SPLIT, _SAVE, _AT, _GROUP, _LOOK, _ATOMIC, _REPEAT, _MARK, _CHECK, _IF = range(17)

def _case(flags):
    return 0 if not flags & 2 else 2 if flags & 256 else 1

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
        numbers = [int(part[1]), _case(part[3])]
        for kind, low, high in part[2]:
            numbers.extend((kind + 6 if kind and part[3] & 256 else kind, low, high))
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
            self.emit(_GROUP, part[1], _case(part[2]))
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

def compile(pattern, flags):
    """The program, the flags with those that the pattern sets itself, the number of its groups, and the numbers of those with names."""
    parser = Parser(pattern, flags)
    part = parser.whole()
    if parser.flags & 64 and not flags & 64:
        parser = Parser(pattern, parser.flags)
        part = parser.whole()
    writer = _Writer(parser)
    writer.write(part)
    writer.emit(_ACCEPT)
    return _sre.compile(writer.code, writer.sets, parser.groups, writer.registers), parser.flags, parser.groups, dict(parser.names)
