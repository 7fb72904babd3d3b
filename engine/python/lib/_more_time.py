# What `time` tells of the calendar. The zone is UTC. Runs in the module's own namespace.
timezone, altzone, daylight, tzname = 0, 0, 0, ("UTC", "UTC")
CLOCK_REALTIME, CLOCK_MONOTONIC = 0, 1
monotonic_ns = process_time_ns = thread_time_ns = perf_counter_ns
thread_time = perf_counter
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_MONTHS = "January February March April May June July August September October November December".split()

class struct_time(tuple):
    n_fields, n_sequence_fields = 11, 9
    _names = ("tm_year", "tm_mon", "tm_mday", "tm_hour", "tm_min", "tm_sec", "tm_wday", "tm_yday", "tm_isdst")
    tm_zone, tm_gmtoff = "UTC", 0
    def __new__(cls, items):
        items = tuple(items)
        if len(items) < 9:
            raise TypeError(f"time.struct_time() takes an at least 9-sequence ({len(items)}-sequence given)")
        return tuple.__new__(cls, items[:9])
    def __getattr__(self, name):
        if name in struct_time._names:
            return self[struct_time._names.index(name)]
        raise AttributeError(f"'time.struct_time' object has no attribute {name!r}")
    def __repr__(self):
        return "time.struct_time(" + ", ".join([f"{name}={item}" for name, item in zip(struct_time._names, self)]) + ")"
struct_time.__module__ = "time"

def _ordinal(year, month, day):
    """Days since the first of January of the year 1, which is 1."""
    y = year - 1
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    before = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)[month - 1] + (leap and month > 2)
    return y * 365 + y // 4 - y // 100 + y // 400 + before + day

def _date(ordinal):
    n = ordinal - 1
    year = n // 366 + 1
    while _ordinal(year + 1, 1, 1) <= ordinal:
        year += 1
    month = 12
    while _ordinal(year, month, 1) > ordinal:
        month -= 1
    return year, month, ordinal - _ordinal(year, month, 1) + 1

def gmtime(seconds=None):
    whole = int((time() if seconds is None else seconds) // 1)
    days, rest = divmod(whole, 86400)
    ordinal = days + 719163
    year, month, day = _date(ordinal)
    return struct_time((year, month, day, rest // 3600, rest // 60 % 60, rest % 60, (ordinal + 6) % 7, ordinal - _ordinal(year, 1, 1) + 1, 0))
localtime = gmtime

def mktime(t):
    return float((_ordinal(t[0], t[1], 1) + t[2] - 1 - 719163) * 86400 + t[3] * 3600 + t[4] * 60 + t[5])

def asctime(t=None):
    t = gmtime() if t is None else t
    return "%s %s %2d %02d:%02d:%02d %d" % (_DAYS[t[6]][:3], _MONTHS[t[1] - 1][:3], t[2], t[3], t[4], t[5], t[0])

def ctime(seconds=None):
    return asctime(gmtime(seconds))

def _week(t):
    """The year and week of ISO 8601."""
    week = (t[7] - 1 - t[6] + 10) // 7
    if week < 1:
        year = t[0] - 1
        first = _ordinal(year, 1, 1)
        return year, (_ordinal(t[0], 1, 1) - first + t[7] - 1 - t[6] + 10) // 7
    if week == 53 and (_ordinal(t[0], 12, 31) + 6) % 7 < 3:
        return t[0] + 1, 1
    return t[0], week

def _formatted(format, t, zone="UTC", offset="+0000"):
    hour = t[3] % 12 or 12
    codes = {"Y": "%d" % t[0], "y": "%02d" % (t[0] % 100), "C": "%02d" % (t[0] // 100), "m": "%02d" % t[1], "d": "%02d" % t[2], "e": "%2d" % t[2], "H": "%02d" % t[3], "k": "%2d" % t[3],
             "I": "%02d" % hour, "l": "%2d" % hour, "M": "%02d" % t[4], "S": "%02d" % t[5], "p": "AM" if t[3] < 12 else "PM", "P": "am" if t[3] < 12 else "pm", "A": _DAYS[t[6]], "a": _DAYS[t[6]][:3],
             "B": _MONTHS[t[1] - 1], "b": _MONTHS[t[1] - 1][:3], "h": _MONTHS[t[1] - 1][:3], "j": "%03d" % t[7], "w": str((t[6] + 1) % 7), "u": str(t[6] + 1), "n": "\n", "t": "\t", "%": "%",
             "Z": zone, "z": offset, "U": "%02d" % ((t[7] + 6 - (t[6] + 1) % 7) // 7), "W": "%02d" % ((t[7] + 6 - t[6]) // 7), "G": str(_week(t)[0]), "V": "%02d" % _week(t)[1], "s": "%d" % mktime(t)}
    wholes = {"c": "%a %b %e %H:%M:%S %Y", "x": "%m/%d/%y", "X": "%H:%M:%S", "D": "%m/%d/%y", "F": "%Y-%m-%d", "T": "%H:%M:%S", "R": "%H:%M", "r": "%I:%M:%S %p"}
    out, at = [], 0
    while at < len(format):
        c = format[at]
        at += 1
        if c != "%" or at == len(format):
            out.append(c)
            continue
        plain = format[at] == "-" and at + 1 < len(format)
        c = format[at + plain]
        at += 1 + plain
        text = _formatted(wholes[c], t, zone, offset) if c in wholes else codes.get(c, "%" + c)
        out.append(text.lstrip("0 ") or "0" if plain else text)
    return "".join(out)

def strftime(format, t=None):
    return _formatted(format, gmtime() if t is None else t)

_NUMBERS = {"Y": 4, "m": 2, "d": 2, "H": 2, "I": 2, "M": 2, "S": 2, "j": 3, "y": 2, "f": 6}

def _parsed(text, format):
    """The fields that a text has by a format: a dict of codes."""
    found, at, i = {}, 0, 0
    wrong = ValueError(f"time data {text!r} does not match format {format!r}")
    for whole, codes in (("%T", "%H:%M:%S"), ("%F", "%Y-%m-%d"), ("%X", "%H:%M:%S"), ("%x", "%m/%d/%y"), ("%D", "%m/%d/%y"), ("%R", "%H:%M"), ("%c", "%a %b %d %H:%M:%S %Y")):
        format = format.replace(whole, codes)
    while i < len(format):
        c = format[i]
        i += 1
        if c.isspace():
            while at < len(text) and text[at].isspace():
                at += 1
            continue
        if c != "%" or i == len(format):
            if text[at:at + 1].lower() != c.lower():
                raise wrong
            at += 1
            continue
        code = format[i]
        i += 1
        if code in _NUMBERS:
            end = at
            while end < len(text) and end - at < _NUMBERS[code] and text[end] in "0123456789":
                end += 1
            if end == at or (code == "Y" and end - at < 4):
                raise wrong
            digits = text[at:end]
            found[code] = int(digits.ljust(6, "0")) if code == "f" else int(digits)
            least, most = {"m": (1, 12), "d": (1, 31), "H": (0, 23), "I": (1, 12), "M": (0, 59), "S": (0, 61), "j": (1, 366)}.get(code, (0, 999999))
            if not least <= found[code] <= most:
                raise wrong
            at = end
        elif code in "aAbBhp":
            names = _DAYS if code in "aA" else ["AM", "PM"] if code == "p" else _MONTHS
            for number, name in enumerate(names):
                name = name[:3] if code in "abh" else name
                if text[at:at + len(name)].lower() == name.lower():
                    found[{"A": "a", "B": "b", "h": "b"}.get(code, code)] = number
                    at += len(name)
                    break
            else:
                raise wrong
        elif code == "z":
            if text[at:at + 1] == "Z":
                found["z"] = 0
                at += 1
                continue
            digits = text[at + 1:at + 6].replace(":", "")[:4]
            if text[at:at + 1] not in ("+", "-") or len(digits) < 4 or not digits.isdigit():
                raise wrong
            found["z"] = (int(digits[:2]) * 3600 + int(digits[2:]) * 60) * (-1 if text[at] == "-" else 1)
            at += 6 if text[at + 3:at + 4] == ":" else 5
        elif code == "%":
            if text[at:at + 1] != "%":
                raise wrong
            at += 1
        elif code in "ZwuGVUWs":
            raise NotImplementedError(f"%{code} in strptime() is not part of nabla")
        else:
            raise ValueError(f"'{code}' is a bad directive in format '{format}'")
    if at < len(text):
        raise ValueError("unconverted data remains: " + text[at:])
    if "b" in found:
        found["m"] = found["b"] + 1
    if "y" in found:
        found["Y"] = found["y"] + (2000 if found["y"] < 69 else 1900)
    if "I" in found:
        found["H"] = found["I"] % 12 + 12 * found.get("p", 0)
    if "j" in found and "m" not in found:
        _, found["m"], found["d"] = _date(_ordinal(found.get("Y", 1900), 1, 1) + found["j"] - 1)
    return found

def strptime(string, format="%a %b %d %H:%M:%S %Y"):
    f = _parsed(string, format)
    year, month, day = f.get("Y", 1900), f.get("m", 1), f.get("d", 1)
    ordinal = _ordinal(year, month, day)
    if _date(ordinal) != (year, month, day):
        raise ValueError("day is out of range for month")
    return struct_time((year, month, day, f.get("H", 0), f.get("M", 0), f.get("S", 0), (ordinal + 6) % 7, ordinal - _ordinal(year, 1, 1) + 1, -1))
