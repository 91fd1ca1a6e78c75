"""From a parsed entry to a draft that can be stored."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.articles.identity import sight
from bot.articles.names.tagging import tags
from bot.articles.offer import offer
from bot.articles.summary import CARD_CHARACTERS, CARD_SENTENCES, summarise
from bot.articles.text.boilerplate import is_excerpt
from bot.articles.text.clean import clean
from bot.bangla.sentences import split
from bot.values.articles import DHAKA, Draft
from bot.values.errors import ParseError

if TYPE_CHECKING:
    from datetime import datetime

    from bot.values.articles import Entry, Sighting


def make_draft(entry: Entry, source_scope: str, now: datetime, zone: str = DHAKA) -> Draft:
    """Clean an entry, sum it up and name it.

    ``source_scope`` is the source's id as text.

    Raises:
        ParseError: there is no headline, or neither an address nor a guid nor a text to know the article by again.
    """
    return draft_cleaned(clean(entry, now, zone), source_scope)


def draft_cleaned(cleaned: Entry, source_scope: str) -> Draft:
    """Sum up, tag and name a clean entry.

    Raises:
        ParseError: there is no headline, or neither an address nor a guid nor a text to know the article by again.
    """
    return draft_sighting(sight(cleaned, source_scope))


def draft_sighting(sighting: Sighting) -> Draft:
    """Sum up and tag what one look found.

    The result depends on the sighting and the data in the package alone. Its tags are found without the archive: what
    is rare there is a name no more often than a common noun.

    Raises:
        ParseError: there is no headline, or neither an address nor a guid nor a text to know the article by again.
    """
    cleaned = sighting.entry
    if not cleaned.title:
        raise ParseError(f"an article without a headline ({cleaned.url or cleaned.guid or 'no address'})")
    if not sighting.aliases:
        raise ParseError(f"neither address, guid nor text to know the article by: {cleaned.title[:80]}")
    draft = Draft(
        headline=cleaned.title,
        body=cleaned.body,
        summary=tuple(summarise(cleaned.title, "\n".join(_uncut(cleaned.body)), CARD_SENTENCES, CARD_CHARACTERS)),
        aliases=sighting.aliases,
        canonical=sighting.canonical,
        publisher=cleaned.publisher,
        credited=cleaned.credited,
        url=cleaned.url,
        byline=cleaned.byline,
        dateline=cleaned.dateline,
        wire_sources=cleaned.wire_sources,
        tags=tuple(tags(cleaned.title, cleaned.body, cleaned.tags, None)),
        categories=cleaned.categories,
        views=cleaned.views,
        image=cleaned.image,
        published=cleaned.published,
        updated=cleaned.updated,
        fingerprint=sighting.fingerprint,
    )
    return replace(draft, offer=offer(draft))


def _uncut(body: tuple[str, ...]) -> tuple[str, ...]:
    """Return the body without a sentence that was cut.

    Its source cut it in the middle; it stays where there is no other.
    """
    if not is_excerpt(body):
        return body
    *before, paragraph = body
    *whole, last = split(paragraph)
    closed = last.rstrip(" …")
    kept = " ".join([*whole, closed] if closed.endswith(("।", ".", "?", "!")) else whole)
    return (*before, kept) if kept else tuple(before) or body
