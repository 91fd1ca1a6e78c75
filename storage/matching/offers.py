"""Finds the followed terms that an article is about.

It looks from the article's side.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from bot.bangla.spoken import spelled
from bot.bangla.words import WordForms, question
from bot.values.chats import TermKind
from bot.values.topics import PLACES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.values.articles import Offer
    from storage.driver.connection import Connection, Row, Statement

RANKS = {TermKind.ALL: 0, TermKind.OUTLET: 1, TermKind.TOPIC: 2, TermKind.KEYWORD: 3, TermKind.TAG: 4}
"""How near a kind of term is to what somebody meant: of several subscriptions the nearest says where a story goes."""

_SAID = (
    "SELECT coalesce(l.tag_id, g.id) FROM texts(?) j "
    "LEFT JOIN tag_aliases l ON l.key = j.value LEFT JOIN tags g ON g.key = j.value"
)
# A tag by all its names: while two are being joined some of their readers still hang on the name that goes.
_NAMES = (
    f"WITH said (id) AS ({_SAID}), names (value) AS (SELECT value FROM texts(?) "
    "UNION SELECT key FROM tags WHERE id IN (SELECT id FROM said) "
    "UNION SELECT key FROM tag_aliases WHERE tag_id IN (SELECT id FROM said))"
)
_PLACES = json.dumps(PLACES, ensure_ascii=False)


_KEYWORDS = "SELECT k.term_id, k.value FROM texts(?) j CROSS JOIN keywords k ON k.head = j.value AND k.exact = ?"
_OFFERED = (
    f"{_NAMES} SELECT 'term', id FROM terms WHERE kind = 'all' UNION "
    "SELECT 'term', id FROM terms WHERE kind = 'outlet' AND value = ? UNION "
    "SELECT 'term', id FROM terms WHERE kind = 'topic' AND value = ? UNION "
    "SELECT 'term', t.id FROM names j JOIN pairs(?) p ON p.key = j.value "
    "CROSS JOIN terms t ON t.kind = 'topic' AND t.value = p.value UNION "
    "SELECT 'term', t.id FROM names j CROSS JOIN terms t ON t.kind = 'tag' AND t.value = j.value UNION ALL "
    "SELECT 'keywords', 0 WHERE EXISTS (SELECT 1 FROM keywords) UNION ALL "
    "SELECT 'adopted', t.id FROM texts(?) j CROSS JOIN terms t ON t.kind = 'keyword' AND t.value = j.value "
    "UNION ALL SELECT 'new', 0 FROM texts(?) j WHERE NOT EXISTS (SELECT 1 FROM tags g WHERE g.key = j.value) "
    "AND NOT EXISTS (SELECT 1 FROM tag_aliases l WHERE l.key = j.value)"
)
_AT_A_TIME = 5_000
"""Heads that are looked up in one statement; a usual article has 1,130, one of the largest size a hundred thousand."""


@dataclass(frozen=True, slots=True)
class Offered:
    """What the archive answered to an offer."""

    terms: list[int]
    """The terms that an article offers, of those that anybody ever followed."""
    has_keywords: bool
    """Whether words are followed; they are still to be looked for."""
    is_adopted: bool
    """Whether one of its tags was followed as words until now."""
    has_new_tags: bool
    """Whether one of its tags is none yet."""


def look_up(offer: Offer, outlet_id: int | None, topic: str | None) -> Statement:
    """Write what asks for the terms that an article offers."""
    tags = {*offer.tags, *(name for name, section in PLACES.items() if section == topic)}
    values = (
        *(_written(tags.union(spelled(offer.names))), _written(tags.union(offer.names)), str(outlet_id or "")),
        *(topic or "", _PLACES, _written(offer.questions), _written(offer.tags)),
    )
    return _OFFERED, values


def answered(rows: Iterable[Row]) -> Offered:
    """Read what `look_up` found."""
    found = list(rows)
    kinds = {kind for kind, _ in found}
    terms = [number for kind, number in found if kind == "term"]
    return Offered(terms, "keywords" in kinds, "adopted" in kinds, "new" in kinds)


async def offered(db: Connection, offer: Offer, outlet_id: int | None, topic: str | None) -> list[int]:
    """Return the terms that an article offers.

    Words that are followed are among them.
    """
    (rows,) = await db.together([look_up(offer, outlet_id, topic)])
    found = answered(rows)
    return found.terms + (await keywords(db, offer) if found.has_keywords else [])


async def keywords(db: Connection, offer: Offer) -> list[int]:
    """Find keywords by their heads.

    Each word here is looked up once among what subscribers seek, not the reverse.
    """
    headline, body = offer.words
    held = WordForms((headline.split(), body.split()))
    found: list[int] = []
    for exact, sought in ((0, held.heads()), (1, iter(held.words))):
        while some := list(islice(sought, _AT_A_TIME)):
            rows = await db.rows(_KEYWORDS, json.dumps(some, ensure_ascii=False), exact)
            found += [number for number, value in rows if held.answers(_kept(value))]
    return found


# The same keywords come up with every article; reading one again costs more than all the rest.
_kept = lru_cache(maxsize=100_000)(question)


def _written(names: Iterable[str]) -> str:
    return json.dumps(sorted(names), ensure_ascii=False)
