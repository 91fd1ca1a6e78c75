"""Makes a parsed entry fit to be shown.

Its text has one form, each fact is in its field, and nothing stands twice.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.articles.text.attribution import dateline_agencies, is_role, split_dateline
from bot.articles.text.body import read_body
from bot.articles.text.fonts import in_unicode
from bot.articles.text.headline import split_section
from bot.articles.text.labels import Label, Labelled, read_label, read_views
from bot.articles.text.patterns import nfc
from bot.articles.text.sizes import NAME, TAG, TAGS, WIRE, fitted, line, opened
from bot.bangla.dates import parse as parse_date
from bot.bangla.normalise import key
from bot.values.articles import DHAKA

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.values.articles import Entry

_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
_AHEAD = timedelta(days=2)
"""Dates up to here are kept (storage clamps them to when we saw them); later ones are a clock that is wrong."""
_MOST_VIEWS = 10**12
_NAME_WORDS = 4
_RAW_TAGS = 4 * TAGS
_TAG_SEPARATORS = re.compile(r"[,;،|·•\n]|(?<!\s)\s*+#")
_ADDRESS_LIKE = re.compile(r"https?:|www\.|@|\w\.(?:com|net|org|bd|info|news|tv|কম|নেট)\b", re.IGNORECASE)
_LOGIN = re.compile(r"^[a-z][a-z0-9._-]*$")
_OUTLET = re.compile(r"^(?:the )?(?:daily|দৈনিক|সাপ্তাহিক)\s|(?:ডটকম|ডট কম)$", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_BY = re.compile(r"^(?:by|posted by|written by|author|reported by)(?:\s*:|\s+|$)", re.IGNORECASE)
_MAIL_THEN_NAME = re.compile(r"<?[^\s@<>()]+@[^\s@<>()]+>?\s*[(\[](?P<name>[^()\[\]]+)[)\]]")
_NAME_THEN_MAIL = re.compile(r"(?P<name>[^<>()@]+?)\s*[<(\[][^\s@<>()]+@[^\s@<>()]+[>)\]]")
_IN_BRACKETS = re.compile(r"\((?P<name>[^()]+)\)")
# A login that a system puts in the author's place, not somebody.
_ACCOUNT = re.compile(
    nfc(
        r"(?:super|web|site|news|wp|the)?[ _-]?(?:admin|administrator|webmaster)[ _-]?\d*|"
        r"(?:web|news|site|desk|online|main)[ _-](?:admin|user)|user\d*|guest|root|test|author|editor\d*|unknown|"
        r"anonymous|none|null|nil|n/?a|(?:(?:সুপার|ওয়েব|নিউজ) )?(?:এডমিন|অ্যাডমিন|এ্যাডমিন|অ্যাডমিনিস্ট্রেটর)"
    )
)
# The paper's own imprint in the author's place.
_EDITOR = re.compile(
    nfc(
        r"(?:(?:ভারপ্রাপ্ত|প্রধান|নির্বাহী|উপদেষ্টা|বার্তা|ব্যবস্থাপনা) )?(?:সম্পাদক|প্রকাশক)(?:মণ্ডলী)?"
        r"(?:(?: ও| এবং|,) (?:সম্পাদক|প্রকাশক))?\s*[:ঃ–—-]|"
        r"(?:chief |managing |acting )?(?:editor|publisher)(?:[- ]in[- ]chief)?"
        r"(?: (?:and|&) (?:editor|publisher))?\s*[:–—-]"
    ),
    re.IGNORECASE,
)
_NO_NAMES = (_ADDRESS_LIKE, _LOGIN, _OUTLET, _DIGIT)


def clean(entry: Entry, now: datetime, zone: str = DHAKA, *, live: bool = True) -> Entry:
    """Return the entry cleaned; cleaning it again changes nothing.

    Every text is in `display` form and keeps to `sizes`. Labelled lines leave the body and fill fields that were empty;
    so do the dateline (which also stays in the body, as printed), wire sources at the end and a role at the start. Tags
    lose # and doubles; a by-line that is an address, a login or the publisher's own name is none. Dates before 1990 or
    more than two days after ``now`` are dropped, other future dates are kept.
    """
    entry = fitted(in_unicode(opened(entry)))
    section, title = split_section(entry.title)
    body = read_body(entry.body, title)
    paragraphs = tuple(body.paragraphs)
    published, updated = (_said(body.labels, label, now, zone, live=live) for label in (Label.PUBLISHED, Label.UPDATED))
    opening = paragraphs[0] if paragraphs else ""
    return replace(
        entry,
        title=title,
        body=paragraphs,
        published=_sane(entry.published, now, zone) or _sane(published, now, zone),
        updated=_sane(entry.updated, now, zone) or _sane(updated, now, zone),
        dateline=entry.dateline or split_dateline(opening)[0],
        byline=_byline((entry.byline, _labelled(body.labels, Label.BYLINE), body.role), entry.publisher),
        wire_sources=_names((*entry.wire_sources, *body.wire)) or dateline_agencies(opening),
        tags=clean_tags(entry.tags or (_labelled(body.labels, Label.TAGS) or "",)),
        categories=clean_tags((*entry.categories, section or "")),
        views=_views(entry.views, body.labels),
    )


def clean_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Return tags in display form, each once by `key`.

    They are split at commas and lose their #; there are at most `sizes.TAGS`. Empty ones and ones above `sizes.TAG`
    letters are left out, for a tag that is cut is another tag.
    """
    found: dict[str, str] = {}
    parts = (part for tag in islice(tags, _RAW_TAGS) for part in _TAG_SEPARATORS.split(tag))
    for part in islice(parts, _RAW_TAGS):
        name = line(part, TAG + 1).strip(" .:#।-–—")
        if name and len(name) <= TAG:
            found.setdefault(key(name), name)
    return tuple(islice(found.values(), TAGS))


def _byline(candidates: Iterable[str | None], publisher: str | None) -> str | None:
    for candidate in candidates:
        name = _without_mail(line(candidate or "", NAME).strip(" ,|:-–—•"))
        label = read_label(name)
        if label is not None and label.label is Label.BYLINE:
            name = label.value
        name = _BY.sub("", name).strip(" ,|:-–—•")
        if name and _is_name(name, publisher):
            return name
    return None


def _without_mail(name: str) -> str:
    """Return a name without its mail address.

    RSS writes «desk@x.example (রহিমা খাতুন)», mail «রহিমা খাতুন <desk@x.example>».
    """
    match = _MAIL_THEN_NAME.fullmatch(name) or _NAME_THEN_MAIL.fullmatch(name) or _IN_BRACKETS.fullmatch(name)
    return match["name"].strip(" \"'") if match else name


def _is_name(name: str, publisher: str | None) -> bool:
    if _ACCOUNT.fullmatch(key(name)) or _EDITOR.match(name):
        return False
    if is_role(name):
        return True
    if any(pattern.search(name) for pattern in _NO_NAMES):
        return False
    if publisher is not None and key(name) == key(publisher):
        return False
    # A headline that a scraper took for the author: long, without a comma or an abbreviated title.
    parts = re.split(r", ?| ও | and ", name)
    return ":" not in name and all(len(part.split()) <= _NAME_WORDS or "." in part for part in parts)


def _names(names: Iterable[str]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for name in names:
        if plain := line(name, NAME):
            found.setdefault(key(plain), plain)
    return tuple(islice(found.values(), WIRE))


def _labelled(labels: Iterable[Labelled], wanted: Label) -> str | None:
    return next((found.value for found in labels if found.label is wanted and found.value), None)


def _said(labels: Iterable[Labelled], wanted: Label, now: datetime, zone: str, *, live: bool) -> datetime | None:
    value = _labelled(labels, wanted)
    return parse_date(value, now, ZoneInfo(zone), live=live) if value else None


def _sane(moment: datetime | None, now: datetime, zone: str) -> datetime | None:
    if moment is None:
        return None
    aware = moment if moment.tzinfo is not None else moment.replace(tzinfo=ZoneInfo(zone))
    try:
        utc = aware.astimezone(UTC)
    except OverflowError:
        return None
    return utc if _EARLIEST <= utc <= now + _AHEAD else None


def _views(views: int | None, labels: Iterable[Labelled]) -> int | None:
    number = views if views is not None else read_views(_labelled(labels, Label.VIEWS) or "")
    return number if number is not None and 0 <= number <= _MOST_VIEWS else None
