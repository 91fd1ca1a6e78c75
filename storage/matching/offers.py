"""Finds the followed terms that an article is about.

From the article's side.
"""

from __future__ import annotations

import json
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from bot.bangla.endings import bases
from bot.bangla.normalise import key
from bot.bangla.words import WordForms, compounds, question, split
from bot.values.chats import TermKind
from bot.values.topics import PLACES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from storage.driver.connection import Connection

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
_LONGEST = 6
"""Words of a tag that is known in a headline."""
_HEAD = 3
"""Code points that every form of a word begins with."""
_AT_A_TIME = 5_000
"""Heads that are looked up in one statement; a usual article has 1,130, one of the largest size a hundred thousand."""


async def offered(  # noqa: PLR0917 - what an article is about
    db: Connection, headline: str, body: Iterable[str], tags: Iterable[str], outlet_id: int | None, topic: str | None
) -> list[int]:
    """Return the terms that an article offers.

    Of those that anybody ever followed.
    """
    given, said = {key(tag) for tag in tags}, spoken(headline)
    given |= {name for name, section in PLACES.items() if section == topic}
    named, about = _written(given | spelled(said)), _written(given | said)
    rows = await db.rows(
        f"{_NAMES} SELECT id FROM terms WHERE kind = 'all' UNION "
        "SELECT id FROM terms WHERE kind = 'outlet' AND value = ? UNION "
        "SELECT id FROM terms WHERE kind = 'topic' AND value = ? UNION "
        "SELECT t.id FROM names j JOIN pairs(?) p ON p.key = j.value "
        "CROSS JOIN terms t ON t.kind = 'topic' AND t.value = p.value UNION "
        "SELECT t.id FROM names j CROSS JOIN terms t ON t.kind = 'tag' AND t.value = j.value",
        *(named, about, str(outlet_id or ""), topic or "", _PLACES),
    )
    return [number for (number,) in rows] + await _keywords(db, headline, body)


async def _keywords(db: Connection, headline: str, body: Iterable[str]) -> list[int]:
    """Return the keywords that match, found by their heads.

    What a subscriber sought is looked up once for each word here, not the reverse.
    """
    if await db.row("SELECT 1 FROM keywords LIMIT 1") is None:
        return []
    offer = WordForms((split(headline), split("\n".join(body))))
    found: list[int] = []
    for exact, sought in ((0, offer.heads()), (1, iter(offer.words))):
        while some := list(islice(sought, _AT_A_TIME)):
            rows = await db.rows(_KEYWORDS, json.dumps(some, ensure_ascii=False), exact)
            found += [number for number, value in rows if offer.answers(_kept(value))]
    return found


# The same keywords come up with every article; reading one again costs more than all the rest.
_kept = lru_cache(maxsize=100_000)(question)


def spelled(names: Iterable[str]) -> set[str]:
    """Return spellings that mean a tag anywhere.

    “al” and “who” in a headline do not.
    """
    return {name for name in names if not name.isascii()}


def _written(names: Iterable[str]) -> str:
    return json.dumps(sorted(names), ensure_ascii=False)


def spoken(headline: str) -> set[str]:
    """Return the tag keys that a headline says.

    Each word, each word without a usual ending, and runs of several words, the last one likewise. Whole words, never
    beginnings of words: who follows the tag বাংলা is not told of every বাংলাদেশ.
    """
    said = split(headline)
    found = {base for word in compounds(headline) for base in bases(word)}
    for at, word in enumerate(said):
        ends = bases(word)
        for size in range(min(_LONGEST, at + 1)):
            before = "".join(f"{one} " for one in said[at - size : at])
            found |= {f"{before}{end}" for end in ends}
    return found


def says(headline: str, names: Collection[str]) -> bool:
    """Return whether a headline says any of these keys.

    What `spoken` lists, asked of a few names.
    """
    said, compounded = _heard(headline)
    for name in names:
        *before, last = name.split(" ")
        for at in range(len(before), len(said)) if len(before) < _LONGEST else ():
            stands = said[at].startswith(last[:_HEAD]) and said[at - len(before) : at] == before
            if stands and last in bases(said[at]):
                return True
    return any(not ends.isdisjoint(names) for ends in compounded)


@lru_cache(maxsize=2048)
def _heard(headline: str) -> tuple[list[str], list[frozenset[str]]]:
    """Return a headline's words, kept for the next asker.

    A page of a topic asks the same newest headlines three times, and so does the next reader.
    """
    return split(headline), [frozenset(bases(word)) for word in compounds(headline)]
