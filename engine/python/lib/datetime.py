# The module `datetime`: dates and times by the Gregorian calendar. The zone of this machine is UTC.
import time as _time

MINYEAR, MAXYEAR = 1, 9999
_ordinal, _from_ordinal, _formatted, _MONTHS, _DAYS = _time._ordinal, _time._date, _time._formatted, _time._MONTHS, _time._DAYS

def _two(n):
    return "%02d" % n

def _check(name, value, least, most):
    if not isinstance(value, int):
        raise TypeError(f"'{type(value).__name__}' object cannot be interpreted as an integer")
    if not least <= value <= most:
        raise ValueError(f"year {value} is out of range" if name == "year" else f"{name} must be in {least}..{most}")

class _Ordered:
    """Comparisons by _key(), among one's own kind."""
    def _comparable(self, other):
        return self._key(), other._key()
    def _compare(self, other, ask):
        if not (isinstance(other, self._kind()) and isinstance(self, other._kind())):
            return NotImplemented
        return ask(*self._comparable(other))
    def __eq__(self, other):
        return self._compare(other, lambda a, b: a == b)
    def __lt__(self, other):
        return self._compare(other, lambda a, b: a < b)
    def __le__(self, other):
        return self._compare(other, lambda a, b: a <= b)
    def __gt__(self, other):
        return self._compare(other, lambda a, b: a > b)
    def __ge__(self, other):
        return self._compare(other, lambda a, b: a >= b)
    def __hash__(self):
        return hash(self._key())

class timedelta(_Ordered):
    def __new__(cls, days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0):
        total = 0  # in millionths of a second; of floats, what is not whole is rounded at the end
        rest = 0.0
        for value, unit in ((weeks, 604800000000), (days, 86400000000), (hours, 3600000000), (minutes, 60000000), (seconds, 1000000), (milliseconds, 1000), (microseconds, 1)):
            if isinstance(value, float):
                whole = int(value)
                total += whole * unit
                part = (value - whole) * unit
                total += int(part)
                rest += part - int(part)
            elif isinstance(value, int):
                total += value * unit
            else:
                raise TypeError(f"unsupported type for timedelta component: {type(value).__name__}")
        return _delta(total + round(rest))
    _kind = lambda self: timedelta
    def _key(self):
        return self._micros
    days = property(lambda self: self._micros // 86400000000)
    seconds = property(lambda self: self._micros // 1000000 % 86400)
    microseconds = property(lambda self: self._micros % 1000000)
    def total_seconds(self):
        return self._micros / 1000000
    def __repr__(self):
        parts = [f"{name}={value}" for name, value in (("days", self.days), ("seconds", self.seconds), ("microseconds", self.microseconds)) if value]
        return "datetime.timedelta(" + (", ".join(parts) or "0") + ")"
    def __str__(self):
        s = self.seconds
        text = f"{s // 3600}:{_two(s // 60 % 60)}:{_two(s % 60)}" + (f".{self.microseconds:06d}" if self.microseconds else "")
        return text if not self.days else f"{self.days} day{'' if abs(self.days) == 1 else 's'}, {text}"
    def __add__(self, other):
        return _delta(self._micros + other._micros) if isinstance(other, timedelta) else NotImplemented
    __radd__ = __add__
    def __sub__(self, other):
        return _delta(self._micros - other._micros) if isinstance(other, timedelta) else NotImplemented
    def __neg__(self):
        return _delta(-self._micros)
    def __pos__(self):
        return self
    def __abs__(self):
        return _delta(abs(self._micros))
    def __bool__(self):
        return self._micros != 0
    def __mul__(self, other):
        if isinstance(other, int):
            return _delta(self._micros * other)
        if isinstance(other, float):
            top, bottom = other.as_integer_ratio()
            return _delta(_rounded(self._micros * top, bottom))
        return NotImplemented
    __rmul__ = __mul__
    def __truediv__(self, other):
        if isinstance(other, timedelta):
            return self._micros / other._micros
        if isinstance(other, int):
            return _delta(_rounded(self._micros, other))
        if isinstance(other, float):
            top, bottom = other.as_integer_ratio()
            return _delta(_rounded(self._micros * bottom, top))
        return NotImplemented
    def __floordiv__(self, other):
        if isinstance(other, timedelta):
            return self._micros // other._micros
        return _delta(self._micros // other) if isinstance(other, int) else NotImplemented
    def __mod__(self, other):
        return _delta(self._micros % other._micros) if isinstance(other, timedelta) else NotImplemented
    def __divmod__(self, other):
        return self // other, self % other

def _rounded(top, bottom):
    """The nearest whole number; of two, the even one."""
    if bottom < 0:
        top, bottom = -top, -bottom
    whole, rest = divmod(top, bottom)
    return whole + (rest * 2 > bottom or (rest * 2 == bottom and whole % 2))

def _delta(micros):
    if not -86399999913600000000 <= micros <= 86399999999999999999:
        raise OverflowError(f"days={micros // 86400000000}; must have magnitude <= 999999999")
    self = object.__new__(timedelta)
    self._micros = micros
    return self

timedelta.min, timedelta.max, timedelta.resolution = _delta(-86399999913600000000), _delta(86399999999999999999), _delta(1)

class tzinfo:
    def utcoffset(self, dt):
        raise NotImplementedError("tzinfo subclass must override utcoffset()")
    def tzname(self, dt):
        raise NotImplementedError("tzinfo subclass must override tzname()")
    def dst(self, dt):
        raise NotImplementedError("tzinfo subclass must override dst()")

def _offset_text(offset, colon=":"):
    micros = offset._micros
    sign = "-" if micros < 0 else "+"
    s = abs(micros) // 1000000
    return sign + _two(s // 3600) + colon + _two(s // 60 % 60) + (colon + _two(s % 60) if s % 60 else "")

class timezone(tzinfo):
    def __init__(self, offset, name=None):
        if not isinstance(offset, timedelta):
            raise TypeError(f"timezone() argument 1 must be datetime.timedelta, not {type(offset).__name__}")
        if not abs(offset._micros) < 86400000000:
            raise ValueError("offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24), not " + repr(offset) + ".")
        self._offset, self._name = offset, name
    def utcoffset(self, dt):
        return self._offset
    def tzname(self, dt):
        return self._name if self._name is not None else "UTC" + (_offset_text(self._offset) if self._offset else "")
    def dst(self, dt):
        return None
    def __repr__(self):
        if self is timezone.utc:
            return "datetime.timezone.utc"
        return f"datetime.timezone({self._offset!r}" + (")" if self._name is None else f", {self._name!r})")
    def __str__(self):
        return self.tzname(None)
    def __eq__(self, other):
        return self._offset == other._offset if isinstance(other, timezone) else NotImplemented
    def __hash__(self):
        return hash(self._offset)
timezone.utc = timezone(timedelta(0))
UTC = timezone.utc

class date(_Ordered):
    def __new__(cls, year, month, day):
        self = object.__new__(cls)
        self._set_date(year, month, day)
        return self
    def _set_date(self, year, month, day):
        _check("year", year, MINYEAR, MAXYEAR)
        _check("month", month, 1, 12)
        if not 1 <= day <= _ordinal(year + month // 12, month % 12 + 1, 1) - _ordinal(year, month, 1):
            raise ValueError("day is out of range for month")
        self._year, self._month, self._day = year, month, day
    _kind = lambda self: datetime if isinstance(self, datetime) else date
    year = property(lambda self: self._year)
    month = property(lambda self: self._month)
    day = property(lambda self: self._day)
    def _key(self):
        return self._year, self._month, self._day
    @classmethod
    def today(cls):
        return cls.fromtimestamp(_time.time())
    @classmethod
    def fromtimestamp(cls, t):
        return cls(*_time.gmtime(t)[:3])
    @classmethod
    def fromordinal(cls, n):
        return cls(*_from_ordinal(n))
    @classmethod
    def fromisoformat(cls, text):
        try:
            if len(text) != 10 or text[4] != "-" or text[7] != "-":
                raise ValueError
            return cls(int(text[:4]), int(text[5:7]), int(text[8:]))
        except ValueError as error:
            if "must be" in str(error) or "out of range" in str(error):
                raise
            raise ValueError(f"Invalid isoformat string: {text!r}") from None
    def toordinal(self):
        return _ordinal(self._year, self._month, self._day)
    def weekday(self):
        return (self.toordinal() + 6) % 7
    def isoweekday(self):
        return self.weekday() + 1
    def isocalendar(self):
        return IsoCalendarDate(_time._week(self.timetuple()) + (self.isoweekday(),))
    def isoformat(self):
        return f"{self._year:04d}-{_two(self._month)}-{_two(self._day)}"
    __str__ = isoformat
    def __repr__(self):
        return f"datetime.date({self._year}, {self._month}, {self._day})"
    def ctime(self):
        return _time.asctime(self.timetuple())
    def timetuple(self):
        return _time.struct_time((self._year, self._month, self._day, 0, 0, 0, self.weekday(), self.toordinal() - _ordinal(self._year, 1, 1) + 1, -1))
    def strftime(self, format):
        return _formatted(format.replace("%f", "000000"), self.timetuple(), "", "")
    def __format__(self, spec):
        return self.strftime(spec) if spec else str(self)
    def replace(self, year=None, month=None, day=None):
        return type(self)(self._year if year is None else year, self._month if month is None else month, self._day if day is None else day)
    def __add__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        n = self.toordinal() + other.days
        if not 0 < n <= 3652059:
            raise OverflowError("date value out of range")
        return type(self).fromordinal(n)
    __radd__ = __add__
    def __sub__(self, other):
        if isinstance(other, timedelta):
            return self + timedelta(-other.days)
        if isinstance(other, date):
            return timedelta(self.toordinal() - other.toordinal())
        return NotImplemented
    __hash__ = _Ordered.__hash__

class IsoCalendarDate(tuple):
    year = property(lambda self: self[0])
    week = property(lambda self: self[1])
    weekday = property(lambda self: self[2])
    def __repr__(self):
        return f"datetime.IsoCalendarDate(year={self[0]}, week={self[1]}, weekday={self[2]})"

def _clock_text(hour, minute, second, micro, timespec="auto"):
    if timespec == "auto":
        timespec = "microseconds" if micro else "seconds"
    texts = {"hours": _two(hour), "minutes": f"{_two(hour)}:{_two(minute)}", "seconds": f"{_two(hour)}:{_two(minute)}:{_two(second)}"}
    texts["milliseconds"], texts["microseconds"] = f"{texts['seconds']}.{micro // 1000:03d}", f"{texts['seconds']}.{micro:06d}"
    if timespec not in texts:
        raise ValueError("Unknown timespec value")
    return texts[timespec]

def _clock_parsed(text, whole):
    """hour, minute, second, microsecond and zone of what isoformat() writes."""
    zone, at = None, max(text.find("+"), text.find("-"))
    wrong = ValueError(f"Invalid isoformat string: {whole!r}")
    if text.endswith("Z"):
        zone, text = timezone.utc, text[:-1]
    elif at >= 0:
        parts = [int(part) for part in text[at + 1:].split(":")] + [0, 0]
        offset = timedelta(hours=parts[0], minutes=parts[1], seconds=parts[2])
        zone = timezone(-offset if text[at] == "-" else offset) if offset else timezone.utc
        text = text[:at]
    clock, dot, fraction = text.replace(",", ".").partition(".")
    parts = clock.split(":")
    if not all([len(part) == 2 and part.isdigit() for part in parts]) or len(parts) > 3 or (dot and not (fraction.isdigit() and len(parts) == 3)):
        raise wrong
    hour, minute, second = ([int(part) for part in parts] + [0, 0])[:3]
    return hour, minute, second, int(fraction[:6].ljust(6, "0")) if dot else 0, zone

class _Clock:
    def _set_clock(self, hour, minute, second, microsecond, zone, fold):
        _check("hour", hour, 0, 23)
        _check("minute", minute, 0, 59)
        _check("second", second, 0, 59)
        _check("microsecond", microsecond, 0, 999999)
        if zone is not None and not isinstance(zone, tzinfo):
            raise TypeError(f"tzinfo argument must be None or of a tzinfo subclass, not type '{type(zone).__name__}'")
        self._hour, self._minute, self._second, self._micro, self._zone, self._fold = hour, minute, second, microsecond, zone, fold
    hour = property(lambda self: self._hour)
    minute = property(lambda self: self._minute)
    second = property(lambda self: self._second)
    microsecond = property(lambda self: self._micro)
    tzinfo = property(lambda self: self._zone)
    fold = property(lambda self: self._fold)
    def utcoffset(self):
        return None if self._zone is None else self._zone.utcoffset(self)
    def tzname(self):
        return None if self._zone is None else self._zone.tzname(self)
    def dst(self):
        return None if self._zone is None else self._zone.dst(self)
    def _offset_text(self):
        offset = self.utcoffset()
        return "" if offset is None else _offset_text(offset)
    def _strftime(self, format, t):
        offset = self.utcoffset()
        return _formatted(format.replace("%f", f"{self._micro:06d}"), t, self.tzname() or "", "" if offset is None else _offset_text(offset, ""))
    def _moved(self, other):
        """Both keys, in UTC where both have a zone."""
        a, b = self.utcoffset(), other.utcoffset()
        if (a is None) != (b is None):
            raise TypeError(f"can't compare offset-naive and offset-aware {'datetimes' if isinstance(self, datetime) else 'times'}")
        return (self._micros() - (a._micros if a else 0), other._micros() - (b._micros if b else 0))
    def _comparable(self, other):
        return self._moved(other)
    def _of_day(self):
        return ((self._hour * 60 + self._minute) * 60 + self._second) * 1000000 + self._micro
    def __eq__(self, other):
        if isinstance(other, _Clock) and (self.utcoffset() is None) != (other.utcoffset() is None):
            return False
        return _Ordered.__eq__(self, other)
    def _arguments(self):
        parts = [self._hour, self._minute]
        if self._second or self._micro:
            parts.append(self._second)
        if self._micro:
            parts.append(self._micro)
        return ", ".join([str(part) for part in parts]) + ("" if self._zone is None else f", tzinfo={self._zone!r}") + (", fold=1" if self._fold else "")

class time(_Clock, _Ordered):
    def __new__(cls, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0):
        self = object.__new__(cls)
        self._set_clock(hour, minute, second, microsecond, tzinfo, fold)
        return self
    _kind = lambda self: time
    def _micros(self):
        return self._of_day()
    _key = _micros
    def isoformat(self, timespec="auto"):
        return _clock_text(self._hour, self._minute, self._second, self._micro, timespec) + self._offset_text()
    def __str__(self):
        return self.isoformat()
    def __repr__(self):
        return f"datetime.time({self._arguments()})"
    def strftime(self, format):
        return self._strftime(format, (1900, 1, 1, self._hour, self._minute, self._second, 0, 1, -1))
    def __format__(self, spec):
        return self.strftime(spec) if spec else str(self)
    @classmethod
    def fromisoformat(cls, text):
        return cls(*_clock_parsed(text, text))
    def replace(self, hour=None, minute=None, second=None, microsecond=None, tzinfo=True, *, fold=None):
        return time(*[old if new is None else new for old, new in ((self._hour, hour), (self._minute, minute), (self._second, second), (self._micro, microsecond))],
                    self._zone if tzinfo is True else tzinfo, fold=self._fold if fold is None else fold)
    __hash__ = _Ordered.__hash__
time.min, time.max, time.resolution = time(), time(23, 59, 59, 999999), timedelta.resolution

class datetime(_Clock, date):
    def __new__(cls, year, month=None, day=None, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0):
        if month is None or day is None:
            raise TypeError(f"function missing required argument '{'month' if month is None else 'day'}' (pos {2 if month is None else 3})")
        self = object.__new__(cls)
        self._set_date(year, month, day)
        self._set_clock(hour, minute, second, microsecond, tzinfo, fold)
        return self
    def _micros(self):
        return self.toordinal() * 86400000000 + self._of_day()
    _key = _micros
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(_time.time(), tz)
    @classmethod
    def today(cls):
        return cls.now()
    @classmethod
    def utcnow(cls):
        return cls.now()
    @classmethod
    def fromtimestamp(cls, t, tz=None):
        found = cls._from_micros(_rounded(*((t * 1.0).as_integer_ratio()[0] * 1000000, (t * 1.0).as_integer_ratio()[1])) + 719163 * 86400000000, None)
        return found if tz is None else found.replace(tzinfo=timezone.utc).astimezone(tz)
    @classmethod
    def utcfromtimestamp(cls, t):
        return cls.fromtimestamp(t)
    @classmethod
    def _from_micros(cls, micros, zone):
        days, rest = divmod(micros, 86400000000)
        if not 0 < days <= 3652059:
            raise OverflowError("date value out of range")
        seconds, micro = divmod(rest, 1000000)
        return cls(*_from_ordinal(days), seconds // 3600, seconds // 60 % 60, seconds % 60, micro, zone)
    @classmethod
    def fromordinal(cls, n):
        return cls(*_from_ordinal(n))
    @classmethod
    def combine(cls, date, time, tzinfo=True):
        return cls(date.year, date.month, date.day, time.hour, time.minute, time.second, time.microsecond, time.tzinfo if tzinfo is True else tzinfo, fold=time.fold)
    @classmethod
    def fromisoformat(cls, text):
        day = date.fromisoformat(text[:10]) if len(text) >= 10 else None
        if day is None or (len(text) > 10 and len(text) < 13):
            raise ValueError(f"Invalid isoformat string: {text!r}")
        return cls(day.year, day.month, day.day, *(_clock_parsed(text[11:], text) if len(text) > 10 else ()))
    @classmethod
    def strptime(cls, text, format):
        f = _time._parsed(text, format)
        zone = None if "z" not in f else timezone.utc if f["z"] == 0 else timezone(timedelta(seconds=f["z"]))
        return cls(f.get("Y", 1900), f.get("m", 1), f.get("d", 1), f.get("H", 0), f.get("M", 0), f.get("S", 0), f.get("f", 0), zone)
    def timestamp(self):
        offset = self.utcoffset()
        return (self._micros() - (offset._micros if offset else 0) - 719163 * 86400000000) / 1000000
    def date(self):
        return date(self._year, self._month, self._day)
    def time(self):
        return time(self._hour, self._minute, self._second, self._micro, fold=self._fold)
    def timetz(self):
        return time(self._hour, self._minute, self._second, self._micro, self._zone, fold=self._fold)
    def timetuple(self):
        return _time.struct_time((self._year, self._month, self._day, self._hour, self._minute, self._second, self.weekday(), self.toordinal() - _ordinal(self._year, 1, 1) + 1, -1))
    def utctimetuple(self):
        offset = self.utcoffset()
        return (self - offset if offset else self).timetuple()
    def astimezone(self, tz=None):
        tz = timezone.utc if tz is None else tz
        offset = self.utcoffset()
        utc = self._micros() - (offset._micros if offset else 0)
        moved = type(self)._from_micros(utc, tz)
        return type(self)._from_micros(utc + tz.utcoffset(moved)._micros, tz)
    def isoformat(self, sep="T", timespec="auto"):
        return date.isoformat(self) + sep + _clock_text(self._hour, self._minute, self._second, self._micro, timespec) + self._offset_text()
    def __str__(self):
        return self.isoformat(" ")
    def __repr__(self):
        return f"datetime.datetime({self._year}, {self._month}, {self._day}, {self._arguments()})"
    def strftime(self, format):
        return self._strftime(format, self.timetuple())
    def replace(self, year=None, month=None, day=None, hour=None, minute=None, second=None, microsecond=None, tzinfo=True, *, fold=None):
        pairs = ((self._year, year), (self._month, month), (self._day, day), (self._hour, hour), (self._minute, minute), (self._second, second), (self._micro, microsecond))
        return type(self)(*[old if new is None else new for old, new in pairs], self._zone if tzinfo is True else tzinfo, fold=self._fold if fold is None else fold)
    def __add__(self, other):
        return type(self)._from_micros(self._micros() + other._micros, self._zone) if isinstance(other, timedelta) else NotImplemented
    __radd__ = __add__
    def __sub__(self, other):
        if isinstance(other, timedelta):
            return type(self)._from_micros(self._micros() - other._micros, self._zone)
        if not isinstance(other, datetime):
            return NotImplemented
        if (self.utcoffset() is None) != (other.utcoffset() is None):
            raise TypeError("can't subtract offset-naive and offset-aware datetimes")
        a, b = self._moved(other)
        return _delta(a - b)
    __hash__ = _Ordered.__hash__
date.min, date.max, date.resolution = date(1, 1, 1), date(9999, 12, 31), timedelta(1)
datetime.min, datetime.max, datetime.resolution = datetime(1, 1, 1), datetime(9999, 12, 31, 23, 59, 59, 999999), timedelta.resolution
