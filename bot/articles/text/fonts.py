"""An entry that was typed for a font, turned into Unicode before anything of it is read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.bangla.bijoy import is_bijoy, is_english, to_unicode

if TYPE_CHECKING:
    from bot.values.articles import Entry

_LOOKED_AT = 200  # paragraphs by which a text is judged


def in_unicode(entry: Entry) -> Entry:
    """Return the entry in Unicode: typed for SutonnyMJ, all of it but English pieces is."""
    if not is_bijoy("\n".join((entry.title, *entry.body[:_LOOKED_AT]))):
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


def _turned(text: str) -> str:
    is_latin = text.isascii() and not is_bijoy(text)
    return text if is_english(text) or (is_latin and " " not in text and text[:1].isupper()) else to_unicode(text)
