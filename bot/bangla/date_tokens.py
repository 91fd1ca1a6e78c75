"""Takes printed dates apart into numbers, clocks, months and words."""

import re
from typing import Final

from bot.bangla.date_words import WORDS, DateToken
from bot.bangla.normalise import key

_LETTER = "a-z\u0980-\u09e3\u09f0-\u09ff"
_PIECE = re.compile(
    rf"""
    (?P<ymd>\d{{4}}(?P<sep>[-/.])\d{{1,2}}(?P=sep)\d{{1,2}}(?!\d))
    | (?P<dmy>\d{{1,2}}\s?(?P<mark>[-/.])\s?\d{{1,2}}\s?(?P=mark)\s?(?:\d{{4}}|\d\d)(?!\d))
    | (?P<clock>\d{{1,2}}\s?:\s?\d\d(?:\s?:\s?\d\d(?:[.,]\d+)?)?(?!\d)|(?<![\d:])\d{{1,2}}:\d{{1,2}}:\d{{1,2}}(?!:?\d))
    | (?P<number>\d{{1,2}}\.\d\d(?!\d)|\d+)
      (?:\s?(?P<hour>টায়|টার|টা|টেয়|টে|টো|ঘটিকায়|ঘটিকা)|\s?(?P<ordinal>লা|রা|ঠা|শে|ই|এ|তম|st|nd|rd|th))?(?![{_LETTER}])
    | (?P<bare>\d{{1,2}}\.\d\d(?!\d)|\d+)
    | (?P<word>[{_LETTER}]+(?:\.[{_LETTER}]+)*)
    """,
    re.VERBOSE | re.ASCII,
)
_DIGITS = re.compile(r"\d+", re.ASCII)
_YEAR_DIGITS, _DAY_DIGITS, _MONTHS = 4, 2, 12

UNKNOWN: Final = DateToken("x")


def tokens(text: str) -> list[DateToken]:
    """Return the tokens of a printed date in order.

    Punctuation and words that say nothing are left out.
    """
    found: list[DateToken] = []
    for piece in _PIECE.finditer(key(text).replace("এই মাত্র", "এইমাত্র")):
        token = _token(piece)
        if token.symbol:
            found.append(token)
    return found


def _token(piece: re.Match[str]) -> DateToken:
    if word := piece["word"]:
        return WORDS.get(word.replace(".", ""), UNKNOWN)
    numbers = [int(digits) for digits in _DIGITS.findall(piece[0])]
    if piece["ymd"]:
        return DateToken("D", tuple(numbers))
    if piece["dmy"]:
        day, month, year = numbers
        # 11/28/2026: no month is the 28th.
        return DateToken("D", (year, month, day) if month <= _MONTHS or day > _MONTHS else (year, day, month))
    if piece["clock"]:
        return DateToken("C", tuple(numbers[:3]))
    return _number(piece, numbers)


def _number(piece: re.Match[str], numbers: list[int]) -> DateToken:
    digits = piece["number"] or piece["bare"]
    if "." in digits:
        return DateToken("C" if piece["hour"] else "d", tuple(numbers))
    if piece["hour"]:
        return DateToken("h", (numbers[0],))
    if piece["ordinal"] and len(digits) <= _DAY_DIGITS:
        return DateToken("o", (numbers[0],))
    return _plain_number(digits)


def _plain_number(digits: str) -> DateToken:
    kinds = {1: "n", _DAY_DIGITS: "n", _YEAR_DIGITS: "y"}
    return DateToken(kinds.get(len(digits), "N"), (int(digits),))
