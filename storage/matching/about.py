"""Defines what a topic's list holds.

It holds articles that are tagged so, filed so, or have the name in their headline. One rule serves listing and
following: `offers` asks it from the side of an article. A country that is a section too is one list, by whichever of
its names somebody asks.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from bot.bangla.endings import forms
from bot.bangla.spoken import says, spelled
from bot.bangla.words import split
from bot.values.articles import QueryKind
from bot.values.topics import PLACES
from storage.catalogue import tags
from storage.rows.article_rows import SHOWN
from storage.search import index
from storage.search.expression import IndexPhrase, InHeadline, any_of
from storage.search.ranking import LATEST_HITS

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from bot.values.articles import Query
    from storage.driver.connection import Connection

_UNCOUNTED_AND_FOUND = (
    "SELECT * FROM (SELECT 1, id, headline, at FROM articles WHERE id > (SELECT article_id FROM vocabulary_mark) "
    "LIMIT ?) f UNION ALL SELECT 0, id, headline, at FROM articles WHERE id IN (SELECT value FROM ints(?))"
)
_NAMES = (
    f"WITH known (id) AS (SELECT {tags.NAMED}) SELECT t.id, t.key, 1 FROM known k JOIN tags t ON t.id = k.id "
    "UNION ALL SELECT l.tag_id, l.key, 0 FROM known k JOIN tag_aliases l ON l.tag_id = k.id"
)
_PARTICLES = ("", "ই", "ও")
_READ = 200
"""Headlines that are read one by one."""
_FEW = 30
"""Headlines that are enough for a first page, if they reach as far back as is asked."""


class About(NamedTuple):
    """A topic.

    Its tag's number, all its names, and the section that is the same; the first and the last may be missing.
    """

    tag_id: int | None
    names: frozenset[str]
    section: str | None
    own: frozenset[str] = frozenset()
    """The name that the tag goes by; of one that is not here, all."""


async def of_tag(db: Connection, folded: str) -> About:
    """Return what goes by the key of a tag.

    The tag may have no articles yet.
    """
    rows = await db.rows(_NAMES, folded, folded)
    names = frozenset((folded, *(name for _, name, _ in rows)))
    section = next((PLACES[name] for name in names if name in PLACES), None)
    own = frozenset(name for _, name, is_own in rows if is_own)
    return About(rows[0][0] if rows else None, names, section, own or names)


async def of_section(db: Connection, section: str) -> About:
    """Return a section.

    If it is a place, the place's tag comes with it.
    """
    place = next((name for name, filed in PLACES.items() if filed == section), None)
    return About(None, frozenset(), section) if place is None else await of_tag(db, place)


async def of(db: Connection, query: Query) -> About:
    """Return the topic that a query asks for.

    It is one of a tag or a section.
    """
    return await (of_tag if query.kind is QueryKind.TAG else of_section)(db, query.value)


async def headed(db: Connection, about: About, *, since: int | None = None) -> list[int]:
    """Return the newest articles headed by a name.

    A name stands in the headline: the index finds, the rule decides. With ``since`` a few are enough that reach so far
    back.
    """
    # In a headline “al” and “who” are no other spelling of anything; the tag's own name may be Latin.
    names = spelled(about.names) | about.own
    if not names:
        return []
    phrases, uncounted = _phrases(names, await _known(db, names)), _READ + 1
    most = LATEST_HITS if since is None else _FEW
    while True:
        found = await _headlines(db, phrases, most)
        rows = await db.rows(_UNCOUNTED_AND_FOUND, uncounted, json.dumps(found))
        if uncounted and sum(row[0] for row in rows) > _READ:
            # Too many to read them all: the index is asked for every form, whether the vocabulary knows it or not.
            phrases, uncounted = _phrases(names, None), 0
        elif len(found) < most or most == LATEST_HITS or min(at for *_, at in rows) < (since or 0):
            return sorted({number for _, number, headline, _ in rows if says(headline, names)})
        else:
            most = LATEST_HITS


async def _headlines(db: Connection, sought: Sequence[IndexPhrase], most: int) -> list[int]:
    phrases = any_of(sought)
    return await index.newest(db, InHeadline(phrases) if phrases else None, most)


async def without(db: Connection, about: About, numbers: Collection[int]) -> set[int]:
    """Return the shown articles that are neither tagged nor filed so."""
    rows = await db.rows(
        f"SELECT a.id FROM articles a WHERE {SHOWN} AND a.id IN (SELECT value FROM ints(?)) "
        "AND coalesce(a.topic, '') <> coalesce(?, '-') "
        "AND NOT EXISTS (SELECT 1 FROM article_tags x WHERE x.article_id = a.id AND x.tag_id = ?)",
        *(json.dumps(sorted(numbers)), about.section, about.tag_id),
    )
    return {number for (number,) in rows}


async def since(db: Connection, about: About, headlines: Collection[int], moment: int) -> list[int]:
    """Return the articles of a topic since then.

    ``headlines`` are the articles that `headed` found. Each part comes from its own index: of all articles since then
    most have nothing to do with it.
    """
    rows = await db.rows(
        "SELECT a.id FROM (SELECT x.article_id AS id FROM article_tags x WHERE x.tag_id = ? AND x.at >= ? "
        "UNION SELECT t.id FROM articles t WHERE t.topic = ? AND t.at >= ? UNION SELECT value FROM ints(?)) n "
        f"CROSS JOIN articles a ON a.id = n.id WHERE {SHOWN} AND a.at >= ?",
        *(about.tag_id, moment, about.section, moment, json.dumps(sorted(headlines)), moment),
    )
    return sorted(number for (number,) in rows)


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

    They are all endings that `spoken` takes off.
    """
    words = split(name)
    return [f"{form}{particle}" for form in forms(words[-1]) for particle in _PARTICLES] if words else []


def _phrases(names: Collection[str], known: Collection[str] | None) -> list[IndexPhrase]:
    """Return names as they are sought in the index.

    Each with those of its endings that are known, or with all.
    """
    return [
        IndexPhrase((*words[:-1], form))
        for name in sorted(names)
        if (words := split(name))
        for form in _forms(name)
        if known is None or form == words[-1] or form in known
    ]
