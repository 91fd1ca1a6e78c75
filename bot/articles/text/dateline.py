"""Finds the place that opens a report.

Examples are «মস্কো, ২৩ জুন ২০২৫: …», «ঢাকা, ২৩ জুন (বাসস) : …», «চট্টগ্রাম: …».
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from bot.articles.text.patterns import nfc
from bot.articles.text.places import AGENCIES, PLACES
from bot.bangla.normalise import key

if TYPE_CHECKING:
    from collections.abc import Callable

_MONTH = (
    "জানুয়ারি|জানুয়ারী|ফেব্রুয়ারি|ফেব্রুয়ারী|মার্চ|এপ্রিল|মে|জুন|জুলাই|আগস্ট|আগষ্ট|অগস্ট|অগাস্ট|সেপ্টেম্বর|অক্টোবর|নভেম্বর|ডিসেম্বর|"
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_DAY = "(?:শনি|রবি|রোব|সোম|মঙ্গল|বুধ|বৃহস্পতি|শুক্র)বার"
# A name of one to three words, without the signs of a sentence.
_PLACE = r"(?P<place>[^\s\d,:;।()‘’“”\"'|–—]+(?:\s[^\s\d,:;।()‘’“”\"'|–—]+){0,2}?)"
_NUMBER = r"\d{1,2}(?:শে|ই|লা|রা|ঠা|st|nd|rd|th)?"
_DATE = rf"(?:{_DAY},?\s*)?(?:{_NUMBER}\s*(?:{_MONTH})|(?:{_MONTH})\s*\d{{1,2}})(?:,?\s*\d{{4}})?(?:,?\s*{_DAY})?"
_AGENCY = r"\s*[(\[](?P<agency>[^()\[\]]{2,30})[)\]]"
_END = r"\s*(?:[:ঃ]|[–—]+|-+(?=\s)|।(?=\s*--?)|॥)\s*[-–—]*\s*"
_WITH_DATE = rf"{_PLACE}\s*,\s*{_DATE}(?:,?{_AGENCY}|\s*,\s*[^\s:,]{{2,20}})?{_END}"
_WITH_AGENCY = rf"{_PLACE}(?:\s*,\s*{_DATE})?{_AGENCY}{_END}"
_BESIDE = (
    rf"(?P<agency>[^\s,:।]{{2,20}})\s*,\s*{_PLACE}{_END}",
    rf"{_PLACE}\s*,\s*(?P<agency>[^\s,:।]{{2,20}}){_END}",
)
_ALONE = rf"{_PLACE}(?:\s+(?:থেকে|প্রতিনিধি|ব্যুরো|অফিস|সংবাদদাতা))?\s*(?:[:ঃ]|॥|[—]|[–](?=\s))\s*[-–—]*\s*"
_WINDOW = 90  # characters in which a dateline must have ended


def split_dateline(paragraph: str) -> tuple[str | None, str]:
    """Return a dateline's place, and the paragraph without it.

    Without a dateline return None and the paragraph as it is. Behind a date or an agency any short name is a place.
    Alone before a colon it is one only if places.py lists it: «প্রশ্ন:», «সতর্কতা:» and a speaker's name are none.
    """
    head = paragraph[:_WINDOW]
    for pattern, test in _forms():
        match = pattern.match(head)
        if match is None:
            continue
        place = test(match)
        if place is not None and paragraph[match.end() :].strip():
            return place, paragraph[match.end() :].lstrip()
    return None, paragraph


def _dated(match: re.Match[str]) -> str | None:
    return match["place"].strip()


def _with_agency(match: re.Match[str]) -> str | None:
    return match["place"].strip() if key(match["agency"]) in _agencies() else None


def _beside(match: re.Match[str]) -> str | None:
    return match["place"].strip() if key(match["agency"]) in _agencies() and key(match["place"]) in _places() else None


def _alone(match: re.Match[str]) -> str | None:
    return match["place"].strip() if key(match["place"]) in _places() else None


@cache
def _forms() -> tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str | None]], ...]:
    forms = (
        (_WITH_DATE, _dated),
        (_WITH_AGENCY, _with_agency),
        (_BESIDE[0], _beside),
        (_BESIDE[1], _beside),
        (_ALONE, _alone),
    )
    return tuple((re.compile(nfc(pattern), re.IGNORECASE), test) for pattern, test in forms)


@cache
def _agencies() -> frozenset[str]:
    return frozenset(key(name) for name in AGENCIES)


@cache
def _places() -> frozenset[str]:
    return frozenset(key(name) for name in PLACES)
