"""Keeps the names of articles.

It knows which source may use a name, and which article a name leads to. An address is a name for all sources of the
outlet whose host it is, and for any other source a name within that source alone. Else one item of an outlet could put
its words under another's name, and hide a story of that other.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.values.articles import AliasKind
from storage.catalogue import outlets
from storage.driver.connection import ConflictError
from storage.rows.article_rows import SAMPLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.values.articles import Alias, Source
    from storage.driver.connection import Connection, Of, Row, Statement

SAMPLES = f"(SELECT id FROM sources WHERE address IS NULL AND kind = '{SAMPLE}')"
_HOST, _HAS_SAMPLES = -1, -2
# An article is its source's, and that of all sources of that source's outlet. Files bring articles of many outlets, so
# there it is that of the outlet which the article names.
_OWNER = "coalesce(s.outlet_id, CASE WHEN s.address IS NULL THEN a.outlet_id END)"
_FIND = (
    f"SELECT j.key, l.article_id, a.source_id, a.outlet_id, {_OWNER}, r.fingerprint FROM items(?) j "
    "CROSS JOIN aliases l ON l.scope = j.value ->> 0 AND l.kind = j.value ->> 1 AND l.value = j.value ->> 2 "
    "JOIN articles a ON a.id = l.article_id JOIN sources s ON s.id = a.source_id "
    "LEFT JOIN readings r ON r.article_id = l.article_id AND r.source_id = ? "
    "UNION ALL SELECT -1, outlet_id, NULL, NULL, NULL, host FROM outlet_hosts "
    "WHERE host IN (SELECT value FROM texts(?)) UNION ALL SELECT -2, NULL, NULL, NULL, NULL, NULL WHERE EXISTS "
    f"(SELECT 1 FROM articles b WHERE b.source_id IN {SAMPLES}) ORDER BY 1"
)
_PUT_ALL = (
    "INSERT INTO aliases (scope, kind, value, article_id) SELECT j.value ->> 0, j.value ->> 1, j.value ->> 2, ? "
    "FROM items(?) j WHERE true ORDER BY j.key ON CONFLICT DO NOTHING RETURNING 1"
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
        wide = ("", own) if alias.kind is AliasKind.ADDRESS else (own,)
        return (*wide, f"{own}:{self.outlet_id or 0}") if self.files else wide

    def knows(self, source_id: int, outlet_id: int | None, owner: int | None) -> bool:
        """Return whether an article is this claimant's to name.

        Its source, outlet and owner decide.
        """
        if self.outlet_id is not None and owner == self.outlet_id:
            return True
        return source_id == self.source_id and (not self.files or None in {outlet_id, self.outlet_id})

    def may_change(self, outlet_id: int | None) -> bool:
        """Return whether an article is this claimant's to change.

        It must know the article: a file without an outlet has no say.
        """
        return not self.files or outlet_id in {None, self.outlet_id}


class Claimants:
    """For whom the items of one source speak.

    The outlet that an item names counts only in files, which an operator's own hand brings.
    """

    def __init__(self, source: Source) -> None:
        """Ask for items of this source."""
        self._source = source
        self._files = source.outlet is None and source.address is None
        self._named: dict[str, int | None] = {}

    async def of(self, db: Connection, publisher: str | None) -> Claimant:
        """Return for whom an item speaks that names this outlet, or none."""
        if not self._files:
            outlet = self._source.outlet
            return Claimant(self._source.id, outlet.id if outlet else None, files=False)
        if publisher and self._named.get(publisher) is None:
            # One that is not known yet may be by the next item.
            found = await outlets.find(db, publisher)
            self._named[publisher] = found.id if found else None
        return Claimant(self._source.id, self._named.get(publisher or ""), files=True)


@dataclass(frozen=True, slots=True)
class NamedArticles:
    """What names lead to."""

    articles: dict[Alias, int]
    """Each name's article."""
    own: set[int]
    """Which of these articles the claimant may change."""
    said: dict[int, str | None]
    """What its source last said of each, as a fingerprint."""
    taken: set[tuple[str, str, str]]
    """Names (scope, kind, value) by which articles go that are not the claimant's to name."""
    owners: dict[str, int]
    """The outlets of the names' hosts."""


Claim = tuple["Sequence[Alias]", Claimant]
"""Names, and who gives them."""


def look_up(claims: Sequence[Claim], source: Source) -> Statement:
    """Write what looks up all these names at once."""
    names = [[scope, alias.kind.value, alias.value] for alias, scope, _, _ in _spread(claims)]
    hosts = {alias.host for aliases, _ in claims for alias in aliases if alias.kind is AliasKind.ADDRESS}
    return _FIND, (json.dumps(names), source.id, json.dumps(sorted(hosts)))


def answered(claims: Sequence[Claim], rows: Iterable[Row]) -> list[NamedArticles]:
    """Read for each claim what `look_up` found.

    A claim's articles are in the order of its names.
    """
    names = _spread(claims)
    owners: dict[str, int] = {}
    found = [NamedArticles({}, set(), {}, set(), owners) for _ in claims]
    for position, number, source_id, outlet_id, owner, said in rows:
        if position == _HOST:
            owners[said] = number
        if position < 0:
            continue
        alias, scope, at, who = names[position]
        known = found[at]
        if who.knows(source_id, outlet_id, owner):
            known.articles.setdefault(alias, number)
            known.said[number] = said
            if who.may_change(outlet_id):
                known.own.add(number)
        else:
            known.taken.add((scope, alias.kind.value, alias.value))
    return found


def has_samples(rows: Sequence[Row]) -> bool:
    """Tell whether `look_up` found samples in the archive."""
    return any(row[0] == _HAS_SAMPLES for row in rows)


def _spread(claims: Sequence[Claim]) -> list[tuple[Alias, str, int, Claimant]]:
    return [
        (alias, scope, at, who)
        for at, (aliases, who) in enumerate(claims)
        for alias in aliases
        for scope in who.scopes(alias)
    ]


def put_free(
    number: int | Of, aliases: Iterable[Alias], who: Claimant, named: NamedArticles
) -> tuple[Statement, int, list[Alias]]:
    """Write what lets an article go by free names.

    Free are those that lead to no article; beside the statement stands how many they are. Last are the names that the
    owner of their host may `take` from another's article.
    """
    free: dict[tuple[str, str, str], None] = {}
    contested: list[Alias] = []
    for alias in aliases:
        owner = named.owners.get(alias.host) if alias.kind is AliasKind.ADDRESS else None
        for scope in who.scopes(alias):
            if not scope and owner not in {None, who.outlet_id}:
                continue
            name = (scope, alias.kind.value, alias.value)
            if name not in named.taken:
                free[name] = None
                break
            if not scope and owner is not None:
                contested.append(alias)
                break
    return (_PUT_ALL, (number, json.dumps(list(free)))), len(free), contested


def see_all(put: int, free: int) -> None:
    """See that all free names were still free.

    Raises:
        ConflictError: another stored an article by one of them meanwhile.
    """
    if put < free:
        raise ConflictError("another stored the same article meanwhile. Nothing is lost; try again.")


async def put(db: Connection, number: int, aliases: Sequence[Alias], who: Claimant, named: NamedArticles) -> None:
    """Let an article that is there go by further names.

    A name that is another article's stays that one's.
    """
    if aliases:
        free, many, contested = put_free(number, aliases, who, named)
        if many:
            see_all(len((await db.together([free]))[0]), many)
        await take(db, number, contested, who, named)


async def take(db: Connection, number: int, aliases: Sequence[Alias], who: Claimant, named: NamedArticles) -> None:
    """Let an article go by names that another's goes by.

    The owner of their host takes them.
    """
    for alias in aliases:
        await _put(db, number, alias, who, named.owners.get(alias.host))


async def _put(db: Connection, number: int, alias: Alias, who: Claimant, owner: int | None) -> None:
    """Put a name where the widest scope is free.

    Its host's owner takes the widest in any case.
    """
    for scope in who.scopes(alias):
        if not scope and owner not in {None, who.outlet_id}:
            continue
        row = (scope, alias.kind.value, alias.value)
        await db.rows(_PUT, *row, number)
        held = await db.rows(
            f"SELECT a.id, a.source_id, a.outlet_id, {_OWNER} FROM aliases l JOIN articles a ON a.id = l.article_id "
            "JOIN sources s ON s.id = a.source_id WHERE l.scope = ? AND l.kind = ? AND l.value = ?",
            *row,
        )
        if not held:
            raise ConflictError("whoever went by a name is gone meanwhile. Nothing is lost; try again.")
        ((held_by, *holder),) = held
        if held_by == number or who.knows(*holder):
            return
        if not scope and owner is not None:
            await db.rows(_KEEP, alias.kind.value, alias.value)
            await db.rows(_TAKE, number, alias.kind.value, alias.value)
            return
