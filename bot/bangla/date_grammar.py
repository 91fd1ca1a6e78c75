"""Reads a row of date tokens: day, time, or how long ago.

Kinds of token: n number of one or two digits, y of four, N of any other; o ordinal (২৩শে); h hour (৬টা); d dotted number
(৬.৩০); C clock (18:12:45); D date in numbers; M month, B Bangla month; W weekday; r আজ, গতকাল, পরশু; P part of the day,
m half of the day; q সাড়ে, সোয়া, পৌনে; f আধা, দেড়, আড়াই; T দেড়টা, আড়াইটা; u unit of time; a আগে; k একটু; K কয়েক; j এইমাত্র;
z zone that stands elsewhere than behind a time; L label; F what lies ahead; x a word that is not known.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Final

from bot.bangla.date_words import DateToken
from bot.bangla.dayparts import full_hour

Day = tuple[int | None, int, int]
"""Year, or None where none is printed, month and day of the month; not yet known to exist."""

_QUARTER_MINUTES = 15
_HOUR, _MINUTE, _SECOND = 3600, 60, 1  # the seconds by which a unit is known
_NOON = 12


@dataclass(slots=True)
class DateFields:
    """What was found so far. `ago` is seconds and months."""

    day: Day | None = None
    bangla: Day | None = None
    days_back: int | None = None
    weekday: int | None = None
    clock: time | None = None
    ago: tuple[int, int] | None = None
    unknown_words: int = 0

    @property
    def has_year(self) -> bool:
        """Whether a day is known with its year, in either calendar."""
        return any(day is not None and day[0] is not None for day in (self.day, self.bangla))


_Action = Callable[[DateFields, Sequence[DateToken]], None]
_NAMES_DAY = frozenset(("day", "bangla", "ago", "few", "just now", "days back", "weekday"))
_DAY = "day"  # the one rule that ends the reading when it fits again


def read(tokens: Sequence[DateToken]) -> DateFields | None:
    """Return what the tokens say, or None if they say no date.

    None is also for tokens with a number or a word that no part of a date explains. The first of two dates is taken,
    but a Gregorian one is preferred to a Bangla one: portals print that wrong.
    """
    kinds = "".join(token.symbol for token in tokens)
    fields = DateFields()
    at = 0
    while at < len(kinds) and not _is_over(fields, kinds[at]):
        name, end, action = _rule(kinds, at)
        if name == _DAY and fields.day:
            break
        if action:
            action(fields, tokens[at:end])
        elif not _may_pass(fields, kinds, at):
            return None
        fields.unknown_words += not action and kinds[at] == "x"
        at = end
    return fields


def is_whole(tokens: Sequence[DateToken]) -> bool:
    """Return whether the tokens are a date and nothing else.

    Every token must belong to a date, and one must name a day.
    """
    kinds = "".join(token.symbol for token in tokens)
    at, names_day = 0, False
    while at < len(kinds):
        name, end, action = _rule(kinds, at)
        if action is None and kinds[at] != "L":
            return False
        names_day = names_day or name in _NAMES_DAY
        at = end
    return names_day


def _is_over(fields: DateFields, symbol: str) -> bool:
    """Return whether the first date is complete.

    It is when it said how long ago, or another label follows.
    """
    return fields.ago is not None or (symbol == "L" and (fields.day is not None or fields.days_back is not None))


def _rule(kinds: str, at: int) -> tuple[str, int, _Action | None]:
    for name, pattern, action in _RULES:
        if found := pattern.match(kinds, at):
            return name, found.end(), action
    return "", at + 1, None


def _may_pass(fields: DateFields, kinds: str, at: int) -> bool:
    """Return whether an unused token may be passed over."""
    if kinds[at] == "z":
        return False  # in whose zone the time is read would be a guess
    if kinds[at] in "xuaPmL" or (fields.day is not None and fields.has_year):
        return True
    beside = kinds[max(0, at - 1) : at] + kinds[at + 1 : at + 2]
    return kinds[at] in "nyNod" and ("x" in beside or "u" in beside)  # ৬১৪ জন দেখেছে


def _read_ago(fields: DateFields, tokens: Sequence[DateToken]) -> None:
    seconds = months = quarters = 0
    for token in tokens:
        if token.symbol == "u":
            seconds += token.values[0] * quarters // 4
            months += token.values[1] * quarters // 4
            quarters = 0
        elif token.symbol in ("f", "q"):
            quarters += token.values[0]
        elif token.symbol in "nyNo" and tokens[0].symbol != "f":  # the number of «half an hour» adds nothing
            quarters += token.values[0] * 4
    if fields.day is None:
        fields.ago = (seconds, months)


def _read_just_now(fields: DateFields, _: Sequence[DateToken]) -> None:
    if fields.day is None:
        fields.ago = (0, 0)


def _read_few(fields: DateFields, tokens: Sequence[DateToken]) -> None:
    unit = tokens[-2].values
    if unit[1] or unit[0] >= _HOUR:
        raise ValueError("a few hours are no time that can be told")
    _read_just_now(fields, tokens)


def _read_military(fields: DateFields, tokens: Sequence[DateToken]) -> None:
    """Read ২০১৫ ঘণ্টা."""
    if tokens[1].values[0] != _HOUR:
        raise ValueError("a number of years or days is no date")
    _set_time(fields, *divmod(tokens[0].values[0], 100))


def _read_clock(fields: DateFields, tokens: Sequence[DateToken]) -> None:
    units = [token.values[0] for token in tokens if token.symbol == "u"]
    if units not in ([], [_MINUTE], [_MINUTE, _SECOND]):
        raise ValueError("an hour is followed by minutes and seconds only")
    hour, minute, second = (*_values(tokens, "CdThn"), 0, 0)[:3]
    quarters = sum(_values(tokens, "q"))
    if quarters < 0:  # পৌনে ৮টা is a quarter to: 7:45
        hour, quarters = hour - 1 or _NOON, quarters + 4
    if part := _values(tokens, "Pm"):
        hour = full_hour(hour, part[0])
    _set_time(fields, hour, minute + quarters * _QUARTER_MINUTES, second)


def _set_time(fields: DateFields, hour: int, minute: int, second: int = 0) -> None:
    found = time(hour, minute, second)
    fields.clock = fields.clock or found


def _read_day(fields: DateFields, tokens: Sequence[DateToken]) -> None:
    fields.day = _day(tokens, "M")


def _read_bangla(fields: DateFields, tokens: Sequence[DateToken]) -> None:
    fields.bangla = fields.bangla or _day(tokens, "B")


def _day(tokens: Sequence[DateToken], month_kind: str) -> Day:
    if tokens[0].symbol == "D":
        year, month, day = tokens[0].values
        return year, month, day
    years = _values(tokens, "y")
    return years[0] if years else None, _values(tokens, month_kind)[0], _values(tokens, "no")[0]


def _read_year(fields: DateFields, tokens: Sequence[DateToken]) -> None:
    """Read the year behind the time: Sat Nov 28 04:00:00 2026."""
    if fields.day is not None and fields.day[0] is None:
        fields.day = (tokens[0].values[0], *fields.day[1:])


def _read_days_back(fields: DateFields, tokens: Sequence[DateToken]) -> None:
    fields.days_back = tokens[0].values[0] if fields.days_back is None else fields.days_back


def _read_weekday(fields: DateFields, tokens: Sequence[DateToken]) -> None:
    fields.weekday = tokens[0].values[0] if fields.weekday is None else fields.weekday


def _values(tokens: Sequence[DateToken], kinds: str) -> list[int]:
    return [value for token in tokens if token.symbol in kinds for value in token.values]


# The first pattern that fits is taken. A number before a month is the day's, not the hour's; ২০২৫ before ঘণ্টা is a time.
_RULES: Final[tuple[tuple[str, re.Pattern[str], _Action], ...]] = tuple(
    (name, re.compile(pattern), action)
    for name, pattern, action in (
        ("ago", "(?:(?:q?[nyNof]|fn)u)+a", _read_ago),
        ("few", "n?Kua", _read_few),
        ("just now", "n?ka|j", _read_just_now),
        ("military", "[yN]u", _read_military),
        (_DAY, "D|yM[no]|[no]M(?:y(?!u))?|M[no](?:y(?!u))?", _read_day),
        ("bangla", "[no]By?|B[no]y?", _read_bangla),
        (
            "clock",
            "(?:P?Cm?P?|P?q?h(?:nu){0,2}[mP]?|P?T[mP]?|Pdm?|dm|P?qn(?![MB])|Pn(?![MBu])m?|nm)",
            _read_clock,
        ),
        ("year", "(?<=[CmP])y(?!u)", _read_year),
        ("days back", "r", _read_days_back),
        ("weekday", "W", _read_weekday),
    )
)
