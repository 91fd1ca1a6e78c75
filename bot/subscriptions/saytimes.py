"""Reads and says times of day as people write them.

Examples are «সকাল ৮টা ও রাত ৯টা», "8 am and 9 pm", 08:00. An hour that stands alone means this:

  - Written 08, 8:00, 0 or above 12, it is on the 24-hour clock.
  - Otherwise, in a list, ৪টা to ১১টা are the morning's, ১২টা is noon and ১টা to ৩টা are the afternoon's.
  - In a range it is on the 24-hour clock if the other end is; else it lies in the twelve hours next to the other end
    (রাত ১১টা–৭টা, 9–11 pm); and where neither end says more, the range begins in the night (10–6 is 22:00 to 06:00).
"""

from __future__ import annotations

import re
from datetime import time, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from bot.bangla.date_words import WORDS, DateToken
from bot.bangla.dayparts import DAY_PARTS, clock_hour, day_part, full_hour
from bot.bangla.normalise import key
from bot.bangla.numerals import to_bangla
from bot.subscriptions.times import MOST_TIMES, Quiet
from bot.values.chats import Language
from bot.values.wording import Wording, say

if TYPE_CHECKING:
    from collections.abc import Sequence

_BOTH = Wording("{first} ও {last}", "{first} and {last}")
_HOUR, _HALF_DAY, _DAY = 60, 12 * 60, 24 * 60  # in minutes
_QUARTER = 15
_FACE_HOURS, _DAY_HOURS = 12, 24
# On the clock's face: from where an hour alone is the morning's, and from where the start of a range is the evening's.
_MORNING, _EVENING = 4 * _HOUR, 6 * _HOUR
LONGEST_BREAK = timedelta(days=365)
_MONTH, _YEAR_MONTHS = timedelta(days=30), 12

_LETTER = "a-z\u0980-\u09e3\u09f0-\u09ff"
_ENDINGS = "|".join(map(key, ["টায়", "টার", "টা", "টেয়", "টে", "টো", "ঘটিকায়", "ঘটিকা", "tay", "tai", "tar", "ta", "te"]))
_PIECE = re.compile(
    rf"""
    (?P<clock>\d{{1,2}}\s?:\s?\d\d|\d{{1,2}}\.\d\d)(?!\d)(?:\s?(?:{_ENDINGS})(?![{_LETTER}]))?
    | (?P<number>\d{{1,4}})(?!\d)(?P<oclock>\s?(?:{_ENDINGS})(?![{_LETTER}]))?
    | (?P<word>[{_LETTER}]+(?:[.'][{_LETTER}]+)*)
    | (?P<comma>[,;/&+.।|]+)
    | (?P<dash>[-~\ufe58\ufe63\uff0d]+)
    | (?P<odd>\S)
    """,
    re.VERBOSE | re.ASCII,
)
_DIGITS = re.compile(r"\d+", re.ASCII)

# Kinds of token are those of printed dates, of which n h T C P m q f u are known here, and: z number written with a
# zero in front, comma and dash between times, w a word that belongs to ranges, x what is not known.
_COMMA, _DASH, _RANGE, _UNKNOWN = ",", "-", "w", "x"
_KNOWN, _CLOCKS, _FULL = frozenset("nhTPmqfu"), frozenset("hnzCT"), frozenset("zC")
_PARTS, _NUMBERS = frozenset("Pm"), frozenset("nz")
_TIME = re.compile(r"[Pm]?(?:[hC][nz]u|q?[hn]|z|Cu?|T)(?:m|P\Z)?")
_WAIT = re.compile("q?nu|zu|fu")

_PART_SPELLINGS = {
    "ভোর": "bhor vor bhore vore dawn",
    "সকাল": "shokal sokal sakal shokale sokale morning",
    "দুপুর": "dupur dupure noon midday",
    "বিকেল": "bikel bikal bikele bikale afternoon",
    "সন্ধ্যা": "shondha sondha shondhya sondhya sandhya shondhay sondhay evening",
    "রাত": "raat rat raate rate ratri night midnight",
}
_FORENOON = 8  # বেলা ১১টা and বেলা ৩টা are both by day
_UNIT_SPELLINGS = {
    "মিনিট": "মিনিটের minit",
    "ঘণ্টা": "ঘণ্টার ঘন্টার ghonta ghanta ghontar",
    "দিন": "দিনের din",
    "সপ্তাহ": "সপ্তাহের shoptaho soptaho",
    "মাস": "মাসের mas mash",
}
_OTHERS = {
    _COMMA: "ও এবং আর and o ebong ar aar",
    _DASH: "থেকে হতে theke hote to till til until",
    _RANGE: "পর্যন্ত porjonto from",
    "": "at in the oclock for daily ঠিক রোজ প্রতিদিন জন্য",
}


def _words() -> dict[str, DateToken]:
    table = {word: token for word, token in WORDS.items() if token.symbol in _KNOWN}
    for name, spellings in (_PART_SPELLINGS | _UNIT_SPELLINGS).items():
        table |= dict.fromkeys(map(key, spellings.split()), table[key(name)])
    table |= {key(f"{part.name}বেলা"): DateToken("P", (part.reads_from,)) for part in DAY_PARTS}
    table[key("বেলা")] = DateToken("P", (_FORENOON,))
    for kind, words in _OTHERS.items():
        table |= dict.fromkeys(map(key, words.split()), DateToken(kind))
    return table


_WORDS = _words()
_MINUTE = _WORDS[key("মিনিট")]


class _Said(NamedTuple):
    """A written time, in minutes.

    One that is not `sure` stands on the clock's face, 1:00 to 12:59.
    """

    minutes: int
    sure: bool
    full: bool = False
    """Whether it is written on the 24-hour clock."""


def read_times(text: str) -> tuple[time, ...] | None:
    """Read a list of times, sorted, each once.

    Return None if it has none, too many, or anything that is not understood.
    """
    tokens = _tokens(text)
    said: list[_Said] = []
    for is_comma, some in groupby(tokens, lambda token: token.symbol == _COMMA):
        times = None if is_comma else _times(tuple(some))
        if not is_comma and times is None:
            return None
        said += times or ()
    found = {_alone(one) for one in said}
    return tuple(map(_time, sorted(found))) if 0 < len(found) <= MOST_TIMES else None


def read_clock(text: str) -> time | None:
    """Read one time of day."""
    said = _one(_tokens(text))
    return _time(_alone(said)) if said else None


def read_quiet(text: str) -> Quiet | None:
    """Read quiet hours: «রাত ১১টা–সকাল ৭টা», 23:00-07:00, 23-7."""
    tokens = [token for token in _tokens(text) if token.symbol != _RANGE]
    dashes = [at for at, token in enumerate(tokens) if token.symbol == _DASH]
    if len(dashes) != 1:
        return None
    first, last = _one(tokens[: dashes[0]]), _one(tokens[dashes[0] + 1 :])
    if first is None or last is None:
        return None
    start, end = _range(first, last)
    return Quiet(_time(start), _time(end))


def read_wait(text: str) -> timedelta | None:
    """Read how long: «৮ ঘণ্টা», «১ ঘণ্টা ৩০ মিনিট», 30m.

    It is more than nothing and a year at most; a month has 30 days.
    """
    tokens = _tokens(text)
    parts = _cut(_WAIT, tokens)
    total = sum(map(_length, parts), timedelta()) if parts else timedelta()
    return total if timedelta() < total <= LONGEST_BREAK else None


def say_clock(at: time, language: Language) -> str:
    """Say a time of day: সকাল ৮টা, সকাল ৭:৩০; 8 am.

    Minutes stand only if there are any.
    """
    face = f"{clock_hour(at.hour)}:{at.minute:02}" if at.minute else str(clock_hour(at.hour))
    if language is Language.ENGLISH:
        return f"{face} {'am' if at.hour < _FACE_HOURS else 'pm'}"
    return f"{day_part(at.hour)} {to_bangla(face)}{'' if at.minute else 'টা'}"


def say_times(times: Sequence[time], language: Language) -> str:
    """Say times as a list: সকাল ৮টা, রাত ৯টা."""
    return ", ".join(say_clock(at, language) for at in times)


def say_both(times: Sequence[time], language: Language) -> str:
    """Say times as in a sentence: সকাল ৮টা ও রাত ৯টা."""
    if len(times) <= 1:
        return say_times(times, language)
    return say(_BOTH, language, first=say_times(times[:-1], language), last=say_clock(times[-1], language))


def say_quiet(quiet: Quiet, language: Language) -> str:
    """Say quiet hours: রাত ১১টা–সকাল ৭টা."""
    return f"{say_clock(quiet.start, language)}–{say_clock(quiet.end, language)}"


def _tokens(text: str) -> list[DateToken]:
    return [token for piece in _PIECE.finditer(key(text)) if (token := _token(piece)).symbol]


def _token(piece: re.Match[str]) -> DateToken:
    kind = piece.lastgroup if piece.lastgroup != "oclock" else "number"
    if kind == "word":
        return _WORDS.get(re.sub("[.']", "", piece[0]), DateToken(_UNKNOWN))
    if kind == "clock":
        return DateToken("C", tuple(map(int, _DIGITS.findall(piece["clock"]))))
    if kind == "number":
        return _number(piece["number"], oclock=bool(piece["oclock"]))
    return DateToken({"comma": _COMMA, "dash": _DASH}.get(kind or "", _UNKNOWN))


def _number(digits: str, *, oclock: bool) -> DateToken:
    if digits[0] == "0":
        return DateToken("C" if oclock else "z", (int(digits),))
    return DateToken("h" if oclock else "n", (int(digits),))


def _cut(pattern: re.Pattern[str], tokens: Sequence[DateToken]) -> list[Sequence[DateToken]] | None:
    """Cut tokens by the pattern of their symbols.

    Return None if something is left over.
    """
    kinds, found, at = "".join(token.symbol for token in tokens), [], 0
    while at < len(kinds):
        match = pattern.match(kinds, at)
        if match is None:
            return None
        found.append(tokens[at : match.end()])
        at = match.end()
    return found


def _times(tokens: Sequence[DateToken]) -> list[_Said] | None:
    said = [_said(some) for some in _cut(_TIME, tokens) or ()]
    known = [one for one in said if one is not None]
    return known if known and len(known) == len(said) else None


def _one(tokens: Sequence[DateToken]) -> _Said | None:
    """Read exactly one time.

    A comma or full stop after it does no harm.
    """
    while tokens and tokens[-1].symbol == _COMMA:
        tokens = tokens[:-1]
    times = _times(tokens)
    return times[0] if times and len(times) == 1 else None


def _said(tokens: Sequence[DateToken]) -> _Said | None:
    """Return the time that its tokens say.

    Return None if there is no such time, or if its parts of the day contradict it.
    """
    clock = [token for token in tokens if token.symbol in _CLOCKS]
    hour, *after = [value for token in clock for value in token.values]
    quarters = sum(token.values[0] for token in tokens if token.symbol == "q")
    on_face = 0 < hour <= _FACE_HOURS
    minutes = _minutes(hour, after)
    if (
        minutes is None
        or (quarters and not on_face)
        or any(token.symbol == "u" and token != _MINUTE for token in tokens)
    ):
        return None
    minutes += quarters * _QUARTER
    if quarters < 0 and minutes < _HOUR:
        minutes += _HALF_DAY  # পৌনে ১টা is 12:45
    full = not on_face or clock[0].symbol in _FULL
    parts = {token.values[0] for token in tokens if token.symbol in _PARTS}
    return _in_parts(minutes, parts) if parts else _Said(minutes, sure=full, full=full)


def _minutes(hour: int, after: Sequence[int]) -> int | None:
    if hour >= _DAY_HOURS or len(after) > 1 or sum(after) >= _HOUR:
        return None
    return hour * _HOUR + sum(after)


def _in_parts(minutes: int, parts: set[int]) -> _Said | None:
    hour, minute = divmod(minutes, _HOUR)
    hours = {full_hour(hour, part) for part in parts}
    fits = all((found - part) % _DAY_HOURS < _FACE_HOURS for found in hours for part in parts)
    return _Said(hours.pop() * _HOUR + minute, sure=True) if fits and len(hours) == 1 else None


def _alone(said: _Said) -> int:
    return said.minutes if said.sure or said.minutes >= _MORNING else said.minutes + _HALF_DAY


def _range(first: _Said, last: _Said) -> tuple[int, int]:
    start, end = first.minutes, last.minutes
    if (first.sure and last.sure) or first.full or last.full:
        return start, end
    if last.sure:
        return end - ((end - start) % _HALF_DAY or _HALF_DAY), end
    if not first.sure:
        start = start % _HALF_DAY + (_HALF_DAY if start % _HALF_DAY >= _EVENING else 0)
    return start, start + ((end - start) % _HALF_DAY or _HALF_DAY)


def _time(minutes: int) -> time:
    return time(*divmod(minutes % _DAY, _HOUR))


def _length(tokens: Sequence[DateToken]) -> timedelta:
    """Return how long an amount of one unit is.

    The amount is counted in quarters of the unit.
    """
    *amount, unit = tokens
    quarters = sum(token.values[0] * (4 if token.symbol in _NUMBERS else 1) for token in amount)
    seconds, months = unit.values
    years, months = divmod(months, _YEAR_MONTHS)
    return (timedelta(seconds=seconds) + years * LONGEST_BREAK + months * _MONTH) * quarters / 4
