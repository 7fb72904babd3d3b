# time: the calendar of a moment, and how it is written and read.
import time

t = time.gmtime(1700000000)
print(t, t.tm_year, t[3], time.strftime("%Y-%m-%d %H:%M:%S", t))
print(time.strftime("%a %b %d %j %U %W %w %u %V %G %y %p %I %c %x %X %%", t), time.asctime(t))
p = time.strptime("30 Nov 2023 14:05", "%d %b %Y %H:%M")
print(p.tm_mon, p.tm_mday, p.tm_hour, p.tm_wday, p.tm_yday, tuple(p))
print(time.gmtime(0)[:6], time.gmtime(951782400)[:6], len(time.strftime("%Y")), isinstance(time.localtime(), time.struct_time))
for text in ("31 Feb 2023", "1 Jan 2023 x"):
    try:
        time.strptime(text, "%d %b %Y")
    except ValueError as error:
        print(error)
