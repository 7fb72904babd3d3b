# What bytes and bytearray seldom need: the methods that bytes.cpp sends here.
import re as _re


def hex(data, sep=None, bytes_per_sep=1):
    digits = [format(byte, "02x") for byte in data]
    if sep is None:
        return "".join(digits)
    if isinstance(sep, bytes):
        sep = sep.decode("latin-1")
    if not isinstance(sep, str):
        raise TypeError("sep must be str or bytes.")
    if len(sep) != 1:
        raise ValueError("sep must be length 1.")
    if not sep.isascii():
        raise ValueError("sep must be ASCII.")
    size = abs(bytes_per_sep)
    if size == 0:
        return "".join(digits)
    first = len(digits) % size if bytes_per_sep > 0 else 0
    groups = [digits[:first]] if first else []
    groups += [digits[i:i + size] for i in range(first, len(digits), size)]
    return sep.join("".join(group) for group in groups)


def fromhex(cls, text):
    if not isinstance(text, str):
        raise TypeError(f"fromhex() argument must be str, not {type(text).__name__}")
    out = []
    i = 0
    while i < len(text):
        if text[i].isspace():
            i += 1
            continue
        for at in (i, i + 1):
            if at >= len(text) or text[at] not in "0123456789abcdefABCDEF":
                raise ValueError(f"non-hexadecimal number found in fromhex() arg at position {at}")
        out.append(int(text[i:i + 2], 16))
        i += 2
    return cls(out)


def maketrans(frm, to):
    if len(frm) != len(to):
        raise ValueError("maketrans arguments must have same length")
    table = list(range(256))
    for a, b in zip(frm, to):
        table[a] = b
    return bytes(table)


def translate(data, table, delete=b""):
    if table is not None and len(table) != 256:
        raise ValueError("translation table must be 256 characters long")
    return bytes(byte if table is None else table[byte] for byte in data if byte not in delete)


def expandtabs(data, tabsize=8):
    return data.decode("latin-1").expandtabs(tabsize).encode("latin-1")


def percent(data, values):
    """data % values: str's way, with %s and %b for bytes and %a for ascii()."""
    named = isinstance(values, dict)
    remaining = list(values) if isinstance(values, tuple) else [values]
    given = []

    def text(kind, value):
        if kind == "a":
            return ascii(value)
        if kind == "c":
            if isinstance(value, int):
                if not 0 <= value < 256:
                    raise OverflowError("%c arg not in range(256)")
                return chr(value)
            if isinstance(value, (bytes, bytearray)) and len(value) == 1:
                return bytes(value).decode("latin-1")
            raise TypeError("%c requires an integer in range(256) or a single byte")
        if hasattr(type(value), "__bytes__") or isinstance(value, (bytes, bytearray)):
            return bytes(value).decode("latin-1")
        raise TypeError(f"%b requires a bytes-like object, or an object that implements __bytes__, not '{type(value).__name__}'")

    def replace(match):
        key, flags, kind = match.groups()
        if kind == "%":
            return "%%"
        if key is not None:
            if not named:
                raise TypeError("format requires a mapping")
            value = values[key[1:-1].encode()]
        else:
            for _ in range(flags.count("*")):
                given.append(remaining.pop(0))
            if not remaining:
                raise TypeError("not enough arguments for format string")
            value = remaining.pop(0)
        if kind in "sbacr":
            given.append(text("a" if kind in "ar" else kind, value))
            return "%" + flags + "s"
        given.append(value)
        return "%" + flags + kind

    pattern = _re.sub(r"%(\(.*?\))?([-#0 +*.\d]*)([a-zA-Z%])", replace, bytes(data).decode("latin-1"))
    out = (pattern % tuple(given)).encode("latin-1")
    if remaining and not named:
        raise TypeError("not all arguments converted during bytes formatting")
    return out


def decode(data, encoding="utf-8", errors="strict"):
    """What bytes.cpp leaves: other encodings than UTF-8, and other ways with errors than to raise them."""
    name = encoding.lower().replace("_", "-")
    if name in ("latin-1", "latin1", "iso-8859-1", "ascii", "us-ascii"):
        limit = 128 if "ascii" in name else 256
        out = []
        for i, byte in enumerate(data):
            if byte < limit:
                out.append(chr(byte))
            else:
                out.append(_instead(errors, "ascii", data, i, i + 1, "ordinal not in range(128)"))
        return "".join(out)
    if name not in ("utf-8", "utf8"):
        raise LookupError("unknown encoding: " + encoding)
    out = []
    rest = bytes(data)
    start = 0
    while True:
        try:
            out.append(rest[start:].decode())
            return "".join(out)
        except UnicodeDecodeError as error:
            at, end = start + error.start, start + error.end
            out.append(rest[start:at].decode())
            out.append(_instead(errors, "utf-8", rest, at, end, error.reason))
            start = end


def _instead(errors, encoding, data, start, end, reason):
    if errors == "ignore":
        return ""
    if errors == "replace":
        return "\ufffd"
    if errors == "backslashreplace":
        return "".join(f"\\x{byte:02x}" for byte in data[start:end])
    if errors == "strict":
        raise UnicodeDecodeError(encoding, bytes(data), start, end, reason)
    raise LookupError(f"unknown error handler name '{errors}'")


def encode(text, encoding, errors):
    """What str.encode() leaves: other ways with errors than to raise them."""
    limit = 128 if "ascii" in encoding.lower() else 256
    out = []
    for i, char in enumerate(text):
        if ord(char) < limit:
            out.append(char)
        elif errors == "replace":
            out.append("?")
        elif errors == "backslashreplace":
            out.append(ascii(char)[1:-1])
        elif errors == "xmlcharrefreplace":
            out.append(f"&#{ord(char)};")
        elif errors != "ignore":
            raise LookupError(f"unknown error handler name '{errors}'")
    return "".join(out).encode("latin-1")
