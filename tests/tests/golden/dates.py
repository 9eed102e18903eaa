"""When something was taken, as far as the oracles settle it: a list of wall clocks, of which one is right."""

import re
from datetime import datetime, timedelta

# What is stated by the clock on the wall, whatever offset may follow.
WALL = """ExifIFD:CreateDate XMP-exif:DateTimeDigitized PNG:CreateDate PNG:CreationTime XMP-photoshop:DateCreated
XMP-xmp:CreateDate XMP-pdf:CreationDate Keys:CreationDate UserData:ContentCreateDate IPTC:DateCreated
IPTC:DigitalCreationDate XMP-exif:DateTimeOriginal""".split()
# What is stated in UTC; the wall is at most fourteen hours away.
UTC = ["QuickTime:CreateDate", "Matroska:DateTimeOriginal", "Composite:GPSDateTime", "XMP-exif:GPSDateTime"]
FARTHEST = timedelta(hours=14)
# When a file was saved. That stands for the date where no other is stated, and the date is then a guess.
SAVED = ["IFD0:ModifyDate"]
SAVED_UTC = ["PNG:ModifyDate"]
# Where nothing at all is stated, the file's own time stands for the date. Copies of the library differ in it, but it
# was put together in November 2026, and none is older.
NEVER = datetime(2999, 12, 31)
OF_FILE = [datetime(2026, 11, 1), NEVER]
OLDEST = 1826


def read(text):
    """A whole date, with or without a clock; offsets and fractions are left out."""
    found = re.match(r"(\d{4})[:-](\d\d)[:-](\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d))?)?", str(text))
    try:
        date = datetime(*(int(part or 0) for part in found.groups())) if found else None
    except ValueError:
        return None
    return date if date and date.year >= OLDEST else None


def taken(expected, grouped):
    """The possible wall clocks, and whether the date is a guess: both as lists."""
    original = read(expected.get("DateTimeOriginal"))
    if original and expected["FileType"] not in ("MKV", "WEBM"):
        return [original], [False]
    stated = lambda names: [date for one in grouped for date in [read(one.get(name)) for name in names] if date]
    wall, utc = stated(WALL), stated(UTC)
    if wall or utc:
        return list(dict.fromkeys(wall + around(utc))), [False]
    return stated(SAVED) + around(stated(SAVED_UTC)) or OF_FILE, [True]


def around(dates):
    return [date + by for date in dates for by in (-FARTHEST, timedelta(), FARTHEST)]
