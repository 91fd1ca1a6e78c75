"""Defines what a topic's list holds.

What is tagged so, filed so, or has the name in its headline.
One rule for listing and for following: `offers` asks it from the side of an article. A country that is a section too is
one list, by whichever of its names somebody asks.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from bot.bangla.endings import forms
from bot.bangla.spoken import says, spelled
from bot.bangla.words import split
from bot.values.topics import PLACES
from storage.catalogue import tags
from storage.search import index
from storage.search.expression import InHeadline, Phrase, any_of
from storage.search.ranking import LATEST_HITS

if TYPE_CHECKING:
    from collections.abc import Collection

    from storage.driver.connection import Connection, Row

_PARTICLES = ("", "ই", "ও")
_READ = 200
"""Headlines that are read one by one."""


class About(NamedTuple):
    """A topic.

    Its tag's number and all its names, and the section that is the same; either may be missing.
    """

    tag_id: int | None
    names: frozenset[str]
    section: str | None


async def of_tag(db: Connection, folded: str) -> About:
    """Return what goes by the key of a tag.

    The tag may have no articles yet.
    """
    tag_id = await tags.resolve(db, folded)
    rows = await db.rows(
        "SELECT key FROM tags WHERE id = ? UNION SELECT key FROM tag_aliases WHERE tag_id = ?", tag_id, tag_id
    )
    names = {folded, *(name for (name,) in rows)}
    section = next((PLACES[name] for name in names if name in PLACES), None)
    return About(tag_id, frozenset(names), section)


async def of_section(db: Connection, section: str) -> About:
    """Return a section.

    With the tag of the place that it is, if it is one.
    """
    place = next((name for name, filed in PLACES.items() if filed == section), None)
    return About(None, frozenset(), section) if place is None else await of_tag(db, place)


async def headed(db: Connection, about: About) -> list[int]:
    """Return the newest articles headed by a name.

    One of the names stands in the headline: the index finds, the rule decides.
    """
    # In a headline “al” and “who” are no other spelling of anything; the tag's own name may be Latin.
    own = await db.row("SELECT key FROM tags WHERE id = ?", about.tag_id)
    names = spelled(about.names) | ({own[0]} if own else about.names)
    fresh = await _uncounted(db)
    known = None if fresh is None else await _known(db, names)
    sought = [phrase for name in sorted(names) for phrase in _phrases(name, known)]
    rows = fresh or []
    if phrases := any_of(sought):
        found = await index.newest(db, InHeadline(phrases), LATEST_HITS)
        headlines = "SELECT id, headline FROM articles WHERE id IN (SELECT value FROM ints(?))"
        rows = rows + await db.rows(headlines, json.dumps(found))
    return sorted({number for number, headline in rows if says(headline, names)})


async def among(db: Connection, about: About, numbers: Collection[int]) -> set[int]:
    """Return which of these articles are tagged or filed so."""
    listed = json.dumps(sorted(numbers))
    rows = await db.rows(
        "SELECT article_id FROM article_tags WHERE tag_id = ? AND article_id IN (SELECT value FROM ints(?)) "
        "UNION SELECT id FROM articles WHERE topic = ? AND id IN (SELECT value FROM ints(?))",
        *(about.tag_id, listed, about.section, listed),
    )
    return {number for (number,) in rows}


async def _uncounted(db: Connection) -> list[Row] | None:
    """Return headlines that the vocabulary has not counted.

    Their words; None if these are too many to read.
    """
    rows = await db.rows(
        "SELECT id, headline FROM articles WHERE id > (SELECT article_id FROM vocabulary_mark) LIMIT ?", _READ + 1
    )
    return rows if len(rows) <= _READ else None


async def _known(db: Connection, names: Collection[str]) -> set[str]:
    """Return the last words' forms that the archive has.

    Each that it has not costs the index a look.
    """
    tried = {form for name in names for form in _forms(name)}
    listed = json.dumps(sorted(tried), ensure_ascii=False)
    rows = await db.rows("SELECT word FROM vocabulary WHERE word IN (SELECT value FROM texts(?))", listed)
    return {word for (word,) in rows}


def _forms(name: str) -> list[str]:
    """Return the last word of a name with its usual endings.

    With every ending that `spoken` takes off.
    """
    words = split(name)
    return [f"{form}{particle}" for form in forms(words[-1]) for particle in _PARTICLES] if words else []


def _phrases(name: str, known: Collection[str] | None) -> list[Phrase]:
    """Return a name as it is sought in the index.

    With each of its endings that are known, or with all.
    """
    words = split(name)
    before = tuple(words[:-1])
    return [Phrase((*before, form)) for form in _forms(name) if known is None or form == words[-1] or form in known]
