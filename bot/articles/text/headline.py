"""Frees headlines of the site's name and the section."""

from __future__ import annotations

import re

from bot.bangla.normalise import display, key

_JOINTS = (" | ", " - ", " – ", " — ", " :: ", " || ", " » ", " • ", " · ", " ~ ", "|")
_PARTED = re.compile("|".join(re.escape(joint) for joint in sorted(_JOINTS, key=len, reverse=True)))
_KICKER = re.compile(r"(?P<section>\S{2,20}(?: \S{1,20}){0,2}) /(?P<headline>\S.*)")
_SITE_WORDS = 6
_EDITION = re.compile(r"(?<!\s)\s*+[|\-–—]\s*+(?:bangla|bengali|বাংলা|online|অনলাইন|লাইভ)?\s*+$", re.IGNORECASE)


def split_section(title: str) -> tuple[str | None, str]:
    """Part «আন্তর্জাতিক /নতুন চুক্তির পথে …» into section and headline.

    The slash has a space before it and none behind, and is the only such one: others part lines or names.
    """
    match = _KICKER.fullmatch(title)
    if match is None or " " not in match["headline"] or " /" in match["headline"]:
        return None, title
    return match["section"], match["headline"].strip()


def without_site(title: str, names: tuple[str, ...] = ()) -> str:
    """Return a page's title without its site's name.

    Any of ``names``, at either end, parted by a bar or a dash.
    """
    plain = display(title).strip()
    known = {key(name) for name in names if name}
    for joint in _JOINTS:
        head, found, tail = plain.rpartition(joint)
        if found and head.strip() and key(tail) in known:
            return without_site(head, names)
        head, found, tail = plain.partition(joint)
        if found and tail.strip() and key(head) in known:
            return without_site(tail, names)
    return _EDITION.sub("", plain) if known else plain


def title_parts(title: str) -> list[str]:
    """Return a title's parts between bars and dashes.

    «দৈনিক পোর্টাল | শিরোনাম» has two.
    """
    return [part.strip() for part in _PARTED.split(display(title)) if part.strip()] or [title]


def site_beside(title: str, headline: str) -> str | None:
    """Return what a title has beside its headline, or None.

    «শিরোনাম | খবরঘর» is from খবরঘর.
    """
    whole, start = display(title).strip(), display(headline).strip()
    if not start:
        return None
    for joint in _JOINTS:
        if whole.startswith(start + joint):
            return _site(whole[len(start) + len(joint) :])
        if whole.endswith(joint + start):
            return _site(whole[: -len(start) - len(joint)])
    return None


def _site(name: str) -> str | None:
    return name.strip() if 0 < len(name.split()) <= _SITE_WORDS else None
