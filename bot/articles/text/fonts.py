"""Turns entries typed for a font into Unicode.

This comes before anything of them is read.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.bangla.bijoy import is_bijoy, is_english, to_unicode

if TYPE_CHECKING:
    from bot.values.articles import Entry

# A text is judged by so many paragraphs, and so much of each: one may be the whole of a hostile feed.
_PARAGRAPHS, _OF_EACH = 200, 2_000


def in_unicode(entry: Entry) -> Entry:
    """Return the entry in Unicode.

    If it was typed for SutonnyMJ, all of it but English pieces is turned.
    """
    opening = (text[:_OF_EACH] for text in (entry.title, *entry.body[:_PARAGRAPHS]))
    if not is_bijoy("\n".join(opening)):
        return entry
    return replace(
        entry,
        title=_turned(entry.title),
        body=tuple(map(_turned, entry.body)),
        byline=_turned(entry.byline) if entry.byline else None,
        dateline=_turned(entry.dateline) if entry.dateline else None,
        tags=tuple(map(_turned, entry.tags)),
        categories=tuple(map(_turned, entry.categories)),
        wire_sources=tuple(map(_turned, entry.wire_sources)),
    )


def lines_in_unicode(text: str) -> str:
    """Return a text typed for SutonnyMJ in Unicode, line by line."""
    return "\n".join(map(_turned, text.split("\n"))) if is_bijoy(text) else text


def _turned(text: str) -> str:
    is_latin = text.isascii() and not is_bijoy(text)
    return text if is_english(text) or (is_latin and " " not in text and text[:1].isupper()) else to_unicode(text)
