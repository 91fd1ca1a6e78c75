"""The parts of the day, one table for printing and for reading.

Bengali names an hour by its part of the day instead of by AM and PM. Where one part ends and the next begins is custom,
not law; the hours below are a house rule, close to what Dhaka's newspapers do. `reads_from` opens the twelve hours in
which a clock face read after that word is sought: after রাত, which reads from 18, ১১টা is 23:00 and ১টা is 01:00.
"""

from typing import Final, NamedTuple

_HALF_DAY = 12
_DAY = 24


class DayPart(NamedTuple):
    """A part of the day: its name, hours and spellings.

    It has the hour at which it begins and the hour from which it is read.
    """

    name: str
    begins: int
    reads_from: int
    spellings: tuple[str, ...] = ()


DAY_PARTS: Final = (
    DayPart("ভোর", 4, 0, ("ভোররাত", "ভোরে", "ঊষা")),
    DayPart("সকাল", 6, 1, ("সকালে", "সক্কাল")),
    DayPart("দুপুর", 12, 10, ("দুপুরে", "মধ্যাহ্ন")),
    DayPart("বিকেল", 15, 12, ("বিকাল", "বিকেলে", "বিকালে")),
    DayPart("সন্ধ্যা", 18, 12, ("সন্ধ্যে", "সন্ধ্যায়", "সন্ধা", "সাঁঝ")),
    DayPart("রাত", 20, 18, ("রাতে", "রাত্রি", "রাত্রে", "মধ্যরাত", "মধ্যরাতে", "মাঝরাত")),
)

HALF_DAYS: Final = (
    DayPart("পূর্বাহ্ন", 0, 0, ("পূর্বাহ্ণ", "এএম", "am")),
    DayPart("অপরাহ্ন", 12, 12, ("অপরাহ্ণ", "পিএম", "pm")),
)
"""The halves of the day as web sites print AM and PM; read only, never printed."""


def day_part(hour: int) -> str:
    """Return the name of an hour's day part: সন্ধ্যা for 18."""
    name = DAY_PARTS[-1].name  # the small hours are still the night's
    for part in DAY_PARTS:
        if part.begins <= hour:
            name = part.name
    return name


def clock_hour(hour: int) -> int:
    """Return an hour (0-23) as a clock face shows it: 1-12."""
    return hour % _HALF_DAY or _HALF_DAY


def full_hour(hour: int, reads_from: int) -> int:
    """Return the hour (0-23) meant by a twelve-hour clock face.

    `reads_from` is the first hour of the twelve that can be meant.
    An hour above 12 already says what it means (১৮:১২ পিএম is printed by some portals) and is kept.
    """
    if hour > _HALF_DAY:
        return hour
    return (reads_from + (hour - reads_from) % _HALF_DAY) % _DAY
