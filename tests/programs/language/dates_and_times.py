# datetime: dates, times and spans between them.
from datetime import date, datetime, time, timedelta, timezone

d = datetime(2024, 2, 28, 23, 59, 30)
print(d, repr(d), d + timedelta(days=1, seconds=45), d - timedelta(weeks=9))
print(datetime(2024, 3, 1) - d, repr(datetime(2024, 3, 1) - d), (datetime(2024, 3, 1) - d).total_seconds())
print(d.strftime("%Y-%m-%d %H:%M:%S %A %d %B %j %I %p %y %a %b %%"), f"{d:%d.%m.%Y}", d.isoformat(), d.date(), d.time())
print(datetime.strptime("05/06/24 07:08", "%d/%m/%y %H:%M"), datetime.fromisoformat("2024-05-06T07:08:09.5+02:00"))
print(date(2024, 12, 25).weekday(), date(2024, 12, 30).isocalendar(), date.fromordinal(738000), date(2000, 1, 1) < date(2001, 1, 1))
print(repr(date(2024, 1, 2)), repr(time(7, 8)), time(1, 2, 3, 400), time.fromisoformat("01:02"))
print(timedelta(hours=30), timedelta(minutes=-1), repr(timedelta(milliseconds=1500)), timedelta(days=3) / 2, timedelta(hours=5) // timedelta(hours=2), timedelta(seconds=1) * 2.5)
utc = datetime(2024, 1, 1, 12, tzinfo=timezone.utc)
print(utc, utc.astimezone(timezone(timedelta(hours=5, minutes=30))), utc.timestamp(), datetime.fromtimestamp(0, timezone.utc), repr(utc))
print(d.replace(year=2025, month=1), d == datetime(2024, 2, 28, 23, 59, 30), max(d, datetime(2023, 1, 1)), hash(d) == hash(d + timedelta(0)), d.timetuple()[:6])
for make in (lambda: date(2023, 2, 29), lambda: datetime(2024, 13, 1), lambda: datetime.strptime("x", "%Y"), lambda: utc - d, lambda: utc < d, lambda: date.fromisoformat("2024-1-1")):
    try:
        print(make())
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
