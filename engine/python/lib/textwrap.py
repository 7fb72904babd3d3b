# The module `textwrap`: lines of a given width.
import re as _re

__all__ = ["TextWrapper", "wrap", "fill", "dedent", "indent", "shorten"]
# Runs of white space, and words, which may be broken behind a hyphen between letters or at a dash.
_PIECE = _re.compile(r"(\s+|[^\s\w]*\w+[^0-9\W]-(?=\w+[^0-9\W])|(?<=[\w!\"'&.,?])-{2,}(?=\w))")
_HYPHEN = _re.compile(r"(\s+)")

class TextWrapper:
    def __init__(self, width=70, initial_indent="", subsequent_indent="", expand_tabs=True, replace_whitespace=True, fix_sentence_endings=False, break_long_words=True,
                 drop_whitespace=True, break_on_hyphens=True, tabsize=8, *, max_lines=None, placeholder=" [...]"):
        if fix_sentence_endings:
            raise NotImplementedError("textwrap's fix_sentence_endings is not part of nabla")
        self.width, self.initial_indent, self.subsequent_indent, self.expand_tabs, self.replace_whitespace = width, initial_indent, subsequent_indent, expand_tabs, replace_whitespace
        self.break_long_words, self.drop_whitespace, self.break_on_hyphens, self.tabsize = break_long_words, drop_whitespace, break_on_hyphens, tabsize
        self.max_lines, self.placeholder = max_lines, placeholder

    def wrap(self, text):
        if self.width <= 0:
            raise ValueError("invalid width %r (must be > 0)" % self.width)
        if self.expand_tabs:
            text = text.expandtabs(self.tabsize)
        if self.replace_whitespace:
            text = "".join([" " if c in "\t\n\x0b\x0c\r " else c for c in text])
        chunks = [chunk for chunk in (_PIECE if self.break_on_hyphens else _HYPHEN).split(text) if chunk]
        lines, at = [], 0
        while at < len(chunks):
            indent = self.subsequent_indent if lines else self.initial_indent
            room = self.width - len(indent)
            if self.drop_whitespace and lines and not chunks[at].strip():
                at += 1
                if at == len(chunks):
                    break
            line, length = [], 0
            while at < len(chunks) and length + len(chunks[at]) <= room:
                line.append(chunks[at])
                length += len(chunks[at])
                at += 1
            if at < len(chunks) and len(chunks[at]) > room:
                if self.break_long_words:
                    cut = max(room - length, 1 if room < 1 else 0)
                    if self.break_on_hyphens and len(chunks[at]) > cut:
                        hyphen = chunks[at].rfind("-", 0, cut)
                        if hyphen > 0 and chunks[at][:hyphen].strip("-"):
                            cut = hyphen + 1
                    if cut:
                        line.append(chunks[at][:cut])
                        chunks[at] = chunks[at][cut:]
                elif not line:
                    line.append(chunks[at])
                    at += 1
            if self.drop_whitespace and line and not line[-1].strip():
                line.pop()
            if not line:
                continue
            rest = chunks[at:]
            if self.max_lines is not None and len(lines) + 1 >= self.max_lines and rest and not (self.drop_whitespace and len(rest) == 1 and not rest[0].strip()):
                while line and (not line[-1].strip() or len(indent) + len("".join(line)) + len(self.placeholder) > self.width):
                    line.pop()
                if line:
                    lines.append(indent + "".join(line) + self.placeholder)
                elif lines and len(lines[-1].rstrip()) + len(self.placeholder) <= self.width:
                    lines[-1] = lines[-1].rstrip() + self.placeholder
                else:
                    lines.append(indent + self.placeholder.lstrip())
                return lines
            lines.append(indent + "".join(line))
        return lines

    def fill(self, text):
        return "\n".join(self.wrap(text))

def wrap(text, width=70, **kwargs):
    return TextWrapper(width=width, **kwargs).wrap(text)

def fill(text, width=70, **kwargs):
    return TextWrapper(width=width, **kwargs).fill(text)

def shorten(text, width, **kwargs):
    return TextWrapper(width=width, max_lines=1, **kwargs).fill(" ".join(text.strip().split()))

def dedent(text):
    lines = ["" if not line.strip(" \t") else line for line in text.split("\n")]
    margin = None
    for line in lines:
        if not line:
            continue
        indent = line[:len(line) - len(line.lstrip(" \t"))]
        if margin is None:
            margin = indent
        while not indent.startswith(margin):
            margin = margin[:-1]
    return "\n".join([line[len(margin or ""):] for line in lines])

def indent(text, prefix, predicate=None):
    return "".join([prefix + line if (predicate(line) if predicate else line.strip()) else line for line in text.splitlines(True)])
