"""Recognises printed lines that are no sentences.

Such lines are «আপডেট : …», «৬১৪ জন দেখেছে», «আরও পড়ুন». The words are in label_words.py. A line is a label only as a
whole: «প্রকাশিত বইটি …» in a sentence is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from bot.articles.text import label_words as words
from bot.articles.text.attribution import is_role
from bot.articles.text.patterns import nfc
from bot.articles.text.views import UNITS, read_views
from bot.bangla.dates import is_date, parse
from bot.bangla.normalise import display, key

if TYPE_CHECKING:
    from collections.abc import Iterable


__all__ = ["ENDS", "Label", "Labelled", "bare", "is_date", "read_label", "read_labels", "read_views", "section_names"]


class Label(StrEnum):
    """What a line says about the article, or what begins with it."""

    PUBLISHED = "published"
    UPDATED = "updated"
    CLOCK = "clock"
    VIEWS = "views"
    WIRE = "wire"
    TAGS = "tags"
    BYLINE = "byline"
    AUTHOR_BOX = "author box"
    MORE_NEWS = "more news"
    COMMENT = "comment"
    IMPRINT = "imprint"
    READ_MORE = "read more"
    SHARE = "share"
    PHOTO = "photo"
    CONTACT = "contact"
    NOTICE = "notice"


_DATES = frozenset((Label.PUBLISHED, Label.UPDATED))
# Behind such a line nothing of the article follows.
ENDS = frozenset({Label.AUTHOR_BOX, Label.MORE_NEWS, Label.COMMENT, Label.IMPRINT})


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label and what stands behind it.

    The value is in display form, "" if nothing stands there.
    """

    label: Label
    value: str = ""


_LONGEST = 240  # characters of a label line; longer ones are prose
_LOOKED_AT = 4 * _LONGEST  # before bullets and signs that nobody sees are taken off
_LONGEST_DATE, _LONGEST_NAME = 80, 70
_ANY_DAY = datetime(2026, 1, 1, tzinfo=UTC)
_COLON = r"\s*(?:[:：ঃ|/»>]|[-–—](?=\s)|(?<=\s)[-–—])+\s*"
# «যুগান্তর হোয়াটসঅ্যাপ»: an outlet's channel.
_CHANNEL = re.compile(nfc(r"\S+(?: \S+)? (?:হোয়াটসঅ্যাপ|মেসেঞ্জার|ইউটিউব|ফেসবুক|টেলিগ্রাম)(?: চ্যানেল| পেজ)?"))
_CREDIT = re.compile(nfc(r"[\s।](?:(?:ফাইল )?ছবি\s*[:：ঃ-]\s*\S.{0,40}|ফাইল (?:ছবি|ফটো)[।.]?)$"))
_COMMENT_COUNT = re.compile(nfc(r"(?:\d+|কোনো|no)\s*(?:টি )?(?:মন্তব্য|comments?).{0,12}"), re.IGNORECASE)
_BULLET = re.compile(r"^[\s•●▪■*·»›>→\-–|]+(?=\S)|(?<![\s|•·])[\s|•·]++$")


def read_labels(line: str) -> tuple[Labelled, ...]:
    """Return what a line is labelled as, () for prose.

    One line may carry several: «প্রকাশ: … | আপডেট: …» is two dates, the second of another meaning.
    """
    return _read_labels(line) if len(line) <= _LOOKED_AT else ()


@lru_cache(maxsize=4096)  # a page's elements hold each other: the same line is asked for many times
def _read_labels(line: str) -> tuple[Labelled, ...]:
    plain = bare(line)
    if not plain or len(plain) > _LONGEST:
        return ()
    who, dated = _who_and_when(plain)
    first, *rest = _date_parts(dated)
    found = _one(first)
    if found is None:
        return ()
    labels = [found, *(label for part in rest if (label := _one(part)) is not None)]
    # «প্রকাশিত: ২৩ জুন ২০২৫ | নিজস্ব প্রতিবেদক»
    role = labels[-1].value.rpartition("|")[2].strip()
    who = who or (role if labels[-1].label in _DATES and is_role(role) else None)
    return (*labels, *([Labelled(Label.BYLINE, who)] if who else []))


def _who_and_when(line: str) -> tuple[str | None, str]:
    """Part «নিজস্ব প্রতিবেদক | প্রকাশিত : …» into who and when.

    For any other line "who" is None.
    """
    match = _dated_behind().match(line)
    if match is None or not (match["bar"].strip() or is_role(match["who"])):
        return None, line
    rest = line[match.end() :]
    label = _one(_date_parts(rest)[0])
    return (match["who"].strip(), rest) if label is not None and label.label in _DATES else (None, line)


def read_label(line: str) -> Labelled | None:
    """Return the first label of a line, or None for prose."""
    return next(iter(read_labels(line)), None)


def bare(line: str) -> str:
    """Return a line without bullets and bars, in display form.

    Lists put such signs around their lines.
    """
    return _BULLET.sub("", display(line).strip()).strip()


def _one(part: str) -> Labelled | None:
    if read_views(part) is not None:
        return Labelled(Label.VIEWS, part)
    return _whole(part) or _headed(part)


def _whole(part: str) -> Labelled | None:
    """Return the label if the line is a table's entry.

    A colon or dots may stand behind it.
    """
    folded = key(part)
    plain = folded.rstrip(" :.।-/|»>…")
    for label, known in _whole_lines():
        if plain in known or folded in known:
            return Labelled(label)
    if any(folded.startswith(key(opening)) for opening in words.COMMENT_OPENING):
        return Labelled(Label.COMMENT)
    if _is_imprint(folded):
        return Labelled(Label.IMPRINT)
    if _is_share_row(folded) or _CHANNEL.fullmatch(folded):
        return Labelled(Label.SHARE)
    return Labelled(Label.PHOTO, part) if _CREDIT.search(part) else None


_DATED: tuple[tuple[Label, tuple[str, ...]], ...] = (
    (Label.PUBLISHED, words.PUBLISHED),
    (Label.UPDATED, words.UPDATED),
    (Label.CLOCK, words.CLOCK),
)
_NAMED: tuple[tuple[Label, tuple[str, ...], int], ...] = (
    (Label.WIRE, words.WIRE, _LONGEST),
    (Label.TAGS, words.TAGS, _LONGEST),
    (Label.BYLINE, words.BYLINE, _LONGEST_NAME),
    (Label.READ_MORE, words.READ_MORE, _LONGEST),
    (Label.PHOTO, words.PHOTO, _LONGEST),
    (Label.CONTACT, words.CONTACT, _LONGEST),
)


def _headed(part: str) -> Labelled | None:
    """Return the label if a fitting value follows it.

    The line opens with a label word.
    """
    for label, table in _DATED:
        value = _behind(part, table, colon=False)
        if value is not None and (is_date(value) or (_behind(part, table, colon=True) and _holds_date(value))):
            return Labelled(label, value)
    for label, names, longest in _NAMED:
        value = _behind(part, names, colon=True)
        if value is not None and len(value) <= longest:
            return Labelled(label, value)
    return _counted_comments(part)


def _holds_date(value: str) -> bool:
    """Return whether a dated value stands behind a label.

    That is a date with its year, and a few words, behind the label's colon.
    """
    return len(value) <= _LONGEST_DATE and "।" not in value and parse(value, _ANY_DAY, live=False) is not None


def _counted_comments(part: str) -> Labelled | None:
    return Labelled(Label.COMMENT) if _COMMENT_COUNT.fullmatch(part) else None


def _behind(part: str, table: tuple[str, ...], *, colon: bool) -> str | None:
    match = _head(table).match(part)
    if match is None:
        return None
    rest = part[match.end() :]
    separator = re.match(_COLON, rest)
    if separator:
        return rest[separator.end() :].strip(" |")
    return None if colon or not rest[:1].isspace() else rest.strip(" |")


def _date_parts(line: str) -> list[str]:
    """Split a line of labels where the next one begins.

    «প্রকাশ: … | আপডেট: … | ৬১৪ জন দেখেছে» has three; «সর্বশেষ আপডেট» is one label.
    """
    head = _head((*words.PUBLISHED, *words.UPDATED, *words.CLOCK, *words.BYLINE)).match(line)
    if head is None:
        return [line]
    first, *rest = _next_date_label().split(line[head.end() :])
    return [line[: head.end()] + first, *(part for raw in rest if (part := raw.strip(" |,")))]


def _is_imprint(folded: str) -> bool:
    """Return whether a line opens an imprint.

    «Designed by Roksanda, the suit …» in a report does not.
    """
    if any(folded.startswith(start) for start in _folded(words.IMPRINT_SURELY)):
        return True
    opening = next((start for start in _folded(words.IMPRINT) if folded.startswith(start)), None)
    if opening is None:
        return False
    behind = folded[len(opening) :].lstrip()
    return behind.startswith((":", "-", "|")) or (len(folded) <= _LONGEST_NAME and not folded.endswith(("।", ".")))


def _is_share_row(folded: str) -> bool:
    known = _folded(words.SHARE)
    rest = folded.split()
    if len(folded) > _LONGEST_NAME * 2:
        return False
    while rest:
        for size in range(min(5, len(rest)), 0, -1):
            if " ".join(rest[:size]).strip(":.") in known:
                rest = rest[size:]
                break
        else:
            return False
    return True


def section_names() -> frozenset[str]:
    """Return the keys of the names of newspapers' sections."""
    return _folded(words.SECTIONS)


@cache
def _dated_behind() -> re.Pattern[str]:
    heads = _alternatives((*words.PUBLISHED, *words.UPDATED))
    return re.compile(
        rf"(?P<who>[^\d:|।]{{2,70}}?)(?P<bar>\s*[|•·॥,/–—-]\s*|\s+)(?=(?:{heads}){_COLON}\S)", re.IGNORECASE
    )


@cache
def _next_date_label() -> re.Pattern[str]:
    heads = _alternatives((*words.PUBLISHED, *words.UPDATED))
    views = rf"\d[\d,.]*\s*(?:{UNITS})"
    return re.compile(rf"(?<!\s)(?:(?:\s*\|\s*|\s+)(?=(?:{heads}){_COLON}\S)|\s*\|\s*(?={views}))", re.IGNORECASE)


@cache
def _whole_lines() -> tuple[tuple[Label, frozenset[str]], ...]:
    return tuple(
        (label, _folded(table))
        for label, table in (
            (Label.AUTHOR_BOX, words.AUTHOR_BOX),
            (Label.COMMENT, words.COMMENT),
            (Label.MORE_NEWS, words.MORE_NEWS),
            (Label.READ_MORE, words.READ_MORE),
            (Label.TAGS, words.TAGS),
            (Label.PHOTO, words.PHOTO),
            (Label.NOTICE, words.NOTICES),
            (Label.CONTACT, words.CONTACT),
        )
    )


@cache
def _folded(table: tuple[str, ...]) -> frozenset[str]:
    return frozenset(key(word) for word in table)


@cache
def _head(table: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?:{_alternatives(table)})(?![\w\u0981-\u09cd\u09d7])", re.IGNORECASE)


def _alternatives(table: Iterable[str]) -> str:
    return "|".join(re.escape(nfc(word)) for word in sorted(table, key=len, reverse=True))
