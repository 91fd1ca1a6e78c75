"""Keeps the names of articles.

Who may go by which, and which article a name leads to.
An address is a name for all sources of the outlet whose host it is, and for any other source a name within that source
alone. Else one item of an outlet could put its words under another's name, and hide a story of that other.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from storage.catalogue import outlets

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.values.articles import Alias, Draft, Source
    from storage.driver.connection import Connection

ADDRESS = "address"
# An article is its source's, and that of all sources of that source's outlet. Files bring articles of many outlets, so
# there it is that of the outlet which the article names.
_OWNER = "coalesce(s.outlet_id, CASE WHEN s.address IS NULL THEN a.outlet_id END)"
_FIND = (
    f"SELECT j.key, l.article_id, a.source_id, a.outlet_id, {_OWNER} FROM items(?) j "
    "CROSS JOIN aliases l ON l.scope = j.value ->> 0 AND l.kind = j.value ->> 1 AND l.value = j.value ->> 2 "
    "JOIN articles a ON a.id = l.article_id JOIN sources s ON s.id = a.source_id ORDER BY j.key"
)
_PUT = "INSERT INTO aliases (scope, kind, value, article_id) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"
# The owner of a host takes its address from an article of somebody else, who keeps it as a name of its own.
_KEEP = (
    "INSERT INTO aliases (scope, kind, value, article_id) SELECT CAST(a.source_id AS TEXT), l.kind, l.value, a.id "
    "FROM aliases l JOIN articles a ON a.id = l.article_id WHERE l.scope = '' AND l.kind = ? AND l.value = ? "
    "ON CONFLICT DO NOTHING"
)
_TAKE = "UPDATE aliases SET article_id = ? WHERE scope = '' AND kind = ? AND value = ?"


@dataclass(frozen=True, slots=True)
class NamedArticles:
    """What names lead to.

    Each its article, and which of these articles the claimant may change.
    """

    articles: dict[Alias, int]
    own: frozenset[int]


@dataclass(frozen=True, slots=True)
class Claimant:
    """Who says something of an article.

    A source, and the outlet it speaks for.
    ``files``: it speaks for whichever outlet a file names; its numbers and texts are then that outlet's in it.
    """

    source_id: int
    outlet_id: int | None
    files: bool

    def scopes(self, alias: Alias) -> tuple[str, ...]:
        """Return where a name of this claimant may stand, the widest first."""
        own = str(self.source_id)
        wide = ("", own) if alias.kind == ADDRESS else (own,)
        return (*wide, f"{own}:{self.outlet_id or 0}") if self.files else wide

    def knows(self, source_id: int, outlet_id: int | None, owner: int | None) -> bool:
        """Return whether an article is this claimant's to name.

        By its source, outlet and owner.
        """
        if self.outlet_id is not None and owner == self.outlet_id:
            return True
        return source_id == self.source_id and (not self.files or None in {outlet_id, self.outlet_id})

    def may_change(self, outlet_id: int | None) -> bool:
        """Return whether an article is this claimant's to change.

        One that it knows: a file without an outlet has no say.
        """
        return not self.files or outlet_id in {None, self.outlet_id}


async def claimant(db: Connection, draft: Draft, source: Source) -> Claimant:
    """Return for whom a draft of this source speaks.

    The outlet that an item names counts only in files, which an operator's own hand brings.
    """
    if source.outlet is not None:
        return Claimant(source.id, source.outlet.id, files=False)
    if source.address is not None:
        return Claimant(source.id, None, files=False)
    named = await outlets.find(db, draft.publisher) if draft.publisher else None
    return Claimant(source.id, named.id if named else None, files=True)


async def find(db: Connection, aliases: Iterable[Alias], who: Claimant) -> NamedArticles:
    """Return the articles that a claimant's names lead to.

    In the order of the names.
    """
    asked = [(alias, scope) for alias in aliases for scope in who.scopes(alias)]
    rows = await db.rows(_FIND, json.dumps([[scope, alias.kind, alias.value] for alias, scope in asked]))
    articles: dict[Alias, int] = {}
    own: set[int] = set()
    for place, number, source_id, outlet_id, owner in rows:
        if who.knows(source_id, outlet_id, owner):
            articles.setdefault(asked[place][0], number)
            own |= {number} if who.may_change(outlet_id) else set()
    return NamedArticles(articles, frozenset(own))


async def put(db: Connection, number: int, aliases: Sequence[Alias], who: Claimant) -> None:
    """Let an article go by these names.

    One that is another article's stays that one's.
    """
    hosts = {alias.host for alias in aliases if alias.kind == ADDRESS}
    rows = await db.rows(
        "SELECT host, outlet_id FROM outlet_hosts WHERE host IN (SELECT value FROM texts(?))",
        json.dumps(sorted(hosts)),
    )
    owners: dict[str, int] = dict(rows)
    for alias in aliases:
        owner = owners.get(alias.host) if alias.kind == ADDRESS else None
        await _put(db, number, alias, who, owner)


async def _put(db: Connection, number: int, alias: Alias, who: Claimant, owner: int | None) -> None:
    """Put a name where the widest scope is free.

    Its host's owner takes the widest in any case.
    """
    for scope in who.scopes(alias):
        if not scope and owner not in {None, who.outlet_id}:
            continue
        row = (scope, alias.kind, alias.value)
        await db.rows(_PUT, *row, number)
        ((held_by, *holder),) = await db.rows(
            f"SELECT a.id, a.source_id, a.outlet_id, {_OWNER} FROM aliases l JOIN articles a ON a.id = l.article_id "
            "JOIN sources s ON s.id = a.source_id WHERE l.scope = ? AND l.kind = ? AND l.value = ?",
            *row,
        )
        if held_by == number or who.knows(*holder):
            return
        if not scope and owner is not None:
            await db.rows(_KEEP, alias.kind, alias.value)
            await db.rows(_TAKE, number, alias.kind, alias.value)
            return
