# The module `tqdm`: a progress bar on stderr, drawn over itself with carriage returns; the page draws it so too.
import sys as _sys
import time as _time

def _duration(seconds):
    minutes, seconds = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:d}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes:02d}:{seconds:02d}"

def _amount(number, divisor=1000):
    for unit in ("", "k", "M", "G", "T"):
        if abs(number) < 999.5:
            if abs(number) < 99.95:
                return (f"{number:1.2f}" if abs(number) < 9.995 else f"{number:2.1f}") + unit
            return f"{number:3.0f}" + unit
        number /= divisor
    return f"{number:3.1f}P"

class tqdm:
    monitor_interval = 0
    def __init__(self, iterable=None, desc=None, total=None, leave=True, file=None, ncols=None, mininterval=0.1, maxinterval=10.0, miniters=None,
                 ascii=None, disable=False, unit="it", unit_scale=False, dynamic_ncols=False, smoothing=0.3, bar_format=None, initial=0,
                 position=None, postfix=None, unit_divisor=1000, write_bytes=False, lock_args=None, nrows=None, colour=None, delay=0, gui=False, **kwargs):
        if total is None and iterable is not None:
            try:
                total = len(iterable)
            except (TypeError, AttributeError):
                total = None
        self.iterable, self.desc, self.total, self.leave, self.disable = iterable, desc or "", total, leave, bool(disable)
        self.fp, self.ncols, self.mininterval, self.unit, self.unit_scale = file or _sys.stderr, ncols, mininterval, unit, unit_scale
        self.unit_divisor, self.bar_format, self.n, self.initial = unit_divisor, bar_format, initial, initial
        self.ascii = " 123456789#" if ascii is True else ascii or " ▏▎▍▌▋▊▉█"
        self.postfix = ""
        if postfix:
            self.set_postfix(refresh=False, **dict(postfix))
        self.start_t = self.last_print_t = _time.time()
        self._width, self._closed = 0, False
        if not self.disable:
            self.refresh()
    def __len__(self):
        return self.total if self.iterable is None else len(self.iterable)
    def __bool__(self):
        return self.total is None or self.total > 0
    def __iter__(self):
        try:
            for item in self.iterable:
                yield item
                self.update()
        finally:
            self.close()
    def __enter__(self):
        return self
    def __exit__(self, *details):
        self.close()
    def __repr__(self):
        return str(self)
    def __str__(self):
        elapsed = _time.time() - self.start_t
        rate = (self.n - self.initial) / elapsed if elapsed > 0 else None
        slow = rate is not None and 0 < rate < 1
        if rate:
            speed = f"{1 / rate:.2f}s/{self.unit}" if slow else (_amount(rate, self.unit_divisor) if self.unit_scale else f"{rate:.2f}") + self.unit + "/s"
        else:
            speed = f"?{self.unit}/s"
        count = _amount(self.n, self.unit_divisor) if self.unit_scale else str(self.n)
        prefix = self.desc + ": " if self.desc and not self.desc.endswith(": ") else self.desc
        tail = ", " + self.postfix if self.postfix else ""
        if not self.total:
            return f"{prefix}{count}{self.unit} [{_duration(elapsed)}, {speed}{tail}]"
        fraction = min(self.n / self.total, 1.0)
        total = _amount(self.total, self.unit_divisor) if self.unit_scale else str(self.total)
        left = _duration((self.total - self.n) / rate) if rate else "?"
        head = f"{prefix}{100 * self.n / self.total:3.0f}%"
        end = f" {count}/{total} [{_duration(elapsed)}<{left}, {speed}{tail}]"
        if self.bar_format:
            bar = self._bar(fraction, 10)
            return self.bar_format.format(desc=self.desc, percentage=100 * fraction, n=self.n, n_fmt=count, total=self.total, total_fmt=total, elapsed=_duration(elapsed),
                                          remaining=left, rate_fmt=speed, postfix=tail, bar=bar, unit=self.unit, l_bar=head + "|", r_bar="|" + end)
        width = 10 if not self.ncols else max(1, self.ncols - len(head) - len(end) - 2)
        return f"{head}|{self._bar(fraction, width)}|{end}"
    def _bar(self, fraction, width):
        steps = len(self.ascii) - 1
        full, part = divmod(int(fraction * width * steps), steps)
        bar = self.ascii[-1] * full
        return bar + (self.ascii[part] + self.ascii[0] * (width - full - 1) if full < width else "")
    def refresh(self, nolock=False, lock_args=None):
        if self.disable:
            return
        text = str(self)
        self.fp.write("\r" + text + " " * max(0, self._width - len(text)))
        self._width = len(text)
        self.last_print_t = _time.time()
    display = refresh
    def update(self, n=1):
        self.n += n
        if not self.disable and _time.time() - self.last_print_t >= self.mininterval:
            self.refresh()
    def close(self):
        if self._closed or self.disable:
            return
        self._closed = True
        if self.leave:
            self.refresh()
            self.fp.write("\n")
        else:
            self.fp.write("\r" + " " * self._width + "\r")
    def reset(self, total=None):
        self.n = 0
        if total is not None:
            self.total = total
        self.start_t = _time.time()
        self.refresh()
    def clear(self, nolock=False):
        if not self.disable:
            self.fp.write("\r" + " " * self._width + "\r")
    def set_description(self, desc=None, refresh=True):
        self.desc = desc + ": " if desc else ""
        if refresh:
            self.refresh()
    def set_description_str(self, desc=None, refresh=True):
        self.desc = desc or ""
        if refresh:
            self.refresh()
    def set_postfix(self, ordered_dict=None, refresh=True, **kwargs):
        values = dict(ordered_dict or {})
        values.update(kwargs)
        pieces = []
        for key in sorted(values) if ordered_dict is None else values:
            value = values[key]
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                text = f"{value:.3g}"
                value = text if len(text) < len(str(value)) else str(value)
            pieces.append(f"{key}={str(value).strip()}")
        self.postfix = ", ".join(pieces)
        if refresh:
            self.refresh()
    def set_postfix_str(self, s="", refresh=True):
        self.postfix = str(s)
        if refresh:
            self.refresh()
    @property
    def format_dict(self):
        return {"n": self.n, "total": self.total, "elapsed": _time.time() - self.start_t, "desc": self.desc, "unit": self.unit}
    @classmethod
    def write(cls, s, file=None, end="\n", nolock=False):
        (file or _sys.stdout).write(str(s) + end)
    @classmethod
    def pandas(cls, *args, **kwargs):
        raise NotImplementedError("tqdm.pandas is not part of nabla")

def trange(*args, **kwargs):
    return tqdm(range(*args), **kwargs)
tqdm_notebook, tnrange = tqdm, trange
__version__ = "4.64.1"
