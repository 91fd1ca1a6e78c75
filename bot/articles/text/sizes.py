"""Bounds every part of an entry that is read.

All that is read comes in here, so a size says how large each part may be and what none may hold. Sizes are code points.
Text is cut at a word, with «…»; what would mean something else when cut (an address, a guid) is refused. An entry of
any size is looked at as far as its sizes need, and no further.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING
from unicodedata import category, combining
from urllib.parse import urlsplit, urlunsplit

from bot.bangla.graphemes import extends
from bot.bangla.normalise import display

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.values.articles import Entry

MARKS = 4
"""Marks and joiners on one letter; the most that Bengali spelling puts there."""
HEADLINE, PARAGRAPH, BODY = 500, 10_000, 100_000
LINES = 1500
"""Lines of a body; no article has as many, and to read each costs 0.2 ms."""
ADDRESS, GUID = 2048, 1024
ADDRESSES = 10
TAGS, TAG = 30, 60
WIRE = 10
"""Wire sources that one article names."""
NAME = 100
"""A by-line, an outlet's name, a dateline, a wire source."""
# Words of more letters than bot.bangla.words.LONGEST are shown whole, but indexed and offered by so many.
_RAW = 4  # times as much is looked at as may remain: spaces and signs that nobody sees go
_CONJUNCT = 64  # code points that a cut goes back so as to part no letter
_LOOSE = " \t,;:–—-(“‘"
# Five in a row that are neither letters, digits, spaces nor usual punctuation: marks are among these.
_MANY_SIGNS = re.compile(rf"[^\w\s!-/:-@\[-`{{-~।…‘’“”–—•]{{{MARKS + 1},}}")
_LINE = re.compile("[^\n\r\x85\u2028\u2029]+")
_JOINERS = "\u200c\u200d"
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\uffff]"
)
_NO_ADDRESS = re.compile(r"\s")
_NO_HOST = re.compile(r"[<>\"'\\^`{|}]")


def fitted(entry: Entry) -> Entry:
    """Return an entry whose parts keep to these sizes.

    They hold no invisible signs. The function is idempotent.
    """
    return replace(
        entry,
        title=line(entry.title, HEADLINE),
        body=_body(entry.body),
        publisher=line(entry.publisher or "", NAME) or None,
        url=address(entry.url),
        guid=_guid(entry.guid),
        addresses=tuple(dict.fromkeys(filter(None, map(address, islice(entry.addresses, ADDRESSES))))),
        canonical=address(entry.canonical),
        dateline=line(entry.dateline or "", NAME) or None,
        byline=line(entry.byline or "", NAME) or None,
        wire_sources=_lines(entry.wire_sources, WIRE, NAME),
        tags=_lines(entry.tags, TAGS, TAGS * TAG),
        categories=_lines(entry.categories, TAGS, TAGS * TAG),
        image=address(entry.image),
    )


def opened(entry: Entry) -> Entry:
    """Return an entry with the raw text that `fitted` looks at."""
    return replace(
        entry,
        title=_opening(entry.title, HEADLINE),
        body=tuple(_looked(entry.body)),
        dateline=_opening(entry.dateline or "", NAME) or None,
        byline=_opening(entry.byline or "", NAME) or None,
        wire_sources=tuple(_opening(name, NAME) for name in entry.wire_sources[:WIRE]),
        tags=tuple(_opening(tag, TAGS * TAG) for tag in entry.tags[:TAGS]),
        categories=tuple(_opening(tag, TAGS * TAG) for tag in entry.categories[:TAGS]),
    )


def refused(entry: Entry) -> list[str]:
    """Say what of an entry is refused for its size."""
    parts = (("address", entry.url, ADDRESS), ("guid", entry.guid, GUID), ("image's address", entry.image, ADDRESS))
    return [
        f"its {name} has {len(value):,} characters (at most {most:,})"
        for name, value, most in parts
        if value and len(value) > most
    ]


def line(text: str, most: int) -> str:
    """Return a text as one line of limited length.

    The limit is in code points; the text is fit to be shown.
    """
    return _cut(" ".join(_plain(_opening(text, most)).split()), most)


def address(text: str | None) -> str | None:
    """Return a clean address of the web, or None.

    It has no invisible signs and no user. None means that it is no address, or too long. A user before the host
    («samakal.com@evil.example») is there to be taken for the host.
    """
    if not text or len(text) > ADDRESS:
        return None
    plain = _UNSEEN.sub("", text).strip()
    try:
        parts = urlsplit(plain)
        host = parts.netloc.rpartition("@")[2]
        if parts.scheme not in ("http", "https") or not parts.hostname or _NO_HOST.search(parts.netloc):
            return None
    except ValueError:
        return None
    if _NO_ADDRESS.search(plain):
        return None
    return plain if host == parts.netloc else urlunsplit(parts._replace(netloc=host))


def _guid(text: str | None) -> str | None:
    return _UNSEEN.sub("", text).strip() or None if text and len(text) <= GUID else None


def _lines(texts: Iterable[str], count: int, most: int) -> tuple[str, ...]:
    return tuple(found for text in islice(texts, count) if (found := line(text, most)))


def _opening(text: str, most: int) -> str:
    return _thinned(text.lstrip()[: most * _RAW])


def _looked(paragraphs: Iterable[str]) -> Iterator[str]:
    """Yield a body's raw lines, as far as they are looked at."""
    looks = BODY * _RAW
    raw = (text[0] for paragraph in islice(paragraphs, LINES * _RAW) for text in _LINE.finditer(paragraph))
    for text in islice(raw, LINES * _RAW):
        # A long line is looked at alone: a repair of 400,000 signs at once would hold 35 MB.
        looked = text[: min(PARAGRAPH * _RAW, looks)]
        looks -= len(looked)
        yield _thinned(looked)
        if not looks:
            return


def _body(paragraphs: Iterable[str]) -> tuple[str, ...]:
    """Return the lines of a body, up to its sizes."""
    found: list[str] = []
    room = BODY
    for looked in _looked(paragraphs):
        plain = _plain(looked).strip()
        if plain:
            found.append(_cut(plain, min(PARAGRAPH, room)))
            room -= len(found[-1])
        if room <= 1 or len(found) == LINES:
            break
    return tuple(found)


def _plain(text: str) -> str:
    """Return a text in display form, at most four marks a letter."""
    plain = display(text)
    while (fewer := _thinned(plain)) != plain:
        plain = display(fewer)
    return plain


def _thinned(text: str) -> str:
    """Return a text with at most four marks on a letter.

    This comes before it is normalised, which takes the square of the number of marks.
    """
    return _MANY_SIGNS.sub(_few_marks, text)


def _few_marks(run: re.Match[str]) -> str:
    kept: list[str] = []
    marks = 0
    for sign in run[0]:
        kind = "M" if sign in _JOINERS else category(sign)[0]
        if kind == "M":
            marks += 1
        elif kind != "C":  # what cannot be seen goes, and what stood around it meets
            marks = 0
        if kind != "M" or marks <= MARKS:
            kept.append(sign)
    return "".join(kept)


def _cut(text: str, most: int) -> str:
    """Return a line of at most so many code points.

    It is cut at a word, else between letters.
    """
    if len(text) <= most:
        return text
    end = text.rfind(" ", most // 2, most)
    if end < 0:
        end = _letter_end(text, most - 1)
    return text[:end].rstrip(_LOOSE) + "…"


def _letter_end(text: str, last: int) -> int:
    """Return where a letter ends near ``last``.

    That is neither before a mark nor behind a hasanta.
    """
    for end in range(last, max(0, last - _CONJUNCT), -1):
        if not extends(text[end]) and combining(text[end - 1]) != 9:  # noqa: PLR2004 - the class of every hasanta
            return end
    return last
