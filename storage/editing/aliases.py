"""Joins, renames and hides tags, as admins ask.

It keeps the spellings that are one tag. A key in ``tag_aliases`` is no name of its own. One that still has a tag or a
term is being joined: from that moment on the other name answers for it, and its articles and readers move in short
steps. A process that stops midway loses nothing: the next look goes on with it.
"""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

import anyio

from bot.bangla.normalise import display, key
from storage.catalogue import tags
from storage.chats import audit
from storage.driver.connection import Latch
from storage.driver.steps import ROWS, steps
from storage.editing import joined_terms

if TYPE_CHECKING:
    from bot.ports.rules import ArticleRules
    from bot.values.articles import Tag
    from bot.values.chats import AuditLine
    from storage.driver.connection import Connection, Database


class Aliases:
    """See bot.ports.archive.Aliases."""

    def __init__(self, database: Database, rules: ArticleRules) -> None:
        """Work on this database, by these rules."""
        self._db = database
        self._rules = rules
        self._at_work = anyio.Lock()

    async def merge(self, name: str, into: Tag, line: AuditLine) -> bool:
        """Make a name, with all that goes by it, another tag's spelling."""

        async def work(db: Connection) -> bool:
            await db.latch(Latch.TAGS)
            kept = await tags.resolve(db, into.key)
            if kept is None or await tags.resolve(db, key(name)) == kept:
                return False
            await _join(db, key(name), kept)
            await audit.write(db, line)
            return True

        async with self._at_work:
            done = await self._db.write(work)
            await self._settle()
        return done

    async def rename(self, tag: Tag, name: str, line: AuditLine) -> bool:
        """Call a tag otherwise; its old name stays a spelling of it."""

        async def work(db: Connection) -> bool:
            await db.latch(Latch.TAGS)
            taken = await tags.resolve(db, key(name)) not in (None, tag.id)
            if taken or await tags.resolve(db, tag.key) != tag.id:
                return False
            await _rename(db, tag, display(name).strip())
            await audit.write(db, line)
            return True

        async with self._at_work:
            await self._settle()
            done = await self._db.write(work)
            await self._settle()
        return done

    async def hide(self, tag: Tag, line: AuditLine, *, hidden: bool) -> None:
        """Show a tag nowhere, or show it again."""

        async def work(db: Connection) -> None:
            if await db.rows("UPDATE tags SET hidden = ? WHERE id = ? RETURNING 1", int(hidden), tag.id):
                await audit.write(db, line)

        await self._db.write(work)

    async def learn(self) -> None:
        """Learn the spellings of the gazetteer.

        It does so once for each edition of it, and ends what was begun.
        """
        edition = self._rules.names_edition()
        known = await self._db.read(lambda db: db.row("SELECT value FROM counters WHERE name = 'gazetteer'"))
        if known is None or known[0] != edition:
            await self._db.write(lambda db: _learn(db, self._rules))
        await self._settle()

    async def _settle(self) -> None:
        """Move what still hangs on a spelling to its tag."""
        for old in await self._db.read(_unsettled):
            await steps(self._db, partial(_move, old=old))
        await joined_terms.settle(self._db)


async def _join(db: Connection, folded: str, kept: int) -> None:
    """Let a key, and whatever went by it, lead to another tag."""
    gone = await tags.resolve(db, folded)
    await db.rows("UPDATE tag_aliases SET tag_id = ? WHERE tag_id = ?", kept, gone)
    await db.rows(
        "INSERT INTO tag_aliases (key, tag_id) SELECT coalesce((SELECT key FROM tags WHERE id = ?), ?), ? "
        "WHERE true ON CONFLICT (key) DO UPDATE SET tag_id = excluded.tag_id",
        *(gone, folded, kept),
    )


async def _rename(db: Connection, tag: Tag, shown: str) -> None:
    folded = key(shown)
    await db.rows("DELETE FROM tag_aliases WHERE key = ?", folded)
    await db.rows("UPDATE tags SET key = ?, name = ? WHERE id = ?", folded, shown, tag.id)
    if folded != tag.key:
        await db.rows("INSERT INTO tag_aliases (key, tag_id) VALUES (?, ?)", tag.key, tag.id)
    # Where somebody follows the new name already there are two terms, of which one is settled.
    await db.rows(
        "UPDATE terms SET value = ? WHERE kind = 'tag' AND value = ? "
        "AND NOT EXISTS (SELECT 1 FROM terms t WHERE t.kind = 'tag' AND t.value = ?)",
        *(folded, tag.key, folded),
    )
    await db.rows("UPDATE terms SET name = ? WHERE kind = 'tag' AND value = ?", shown, folded)


async def _unsettled(db: Connection) -> list[int]:
    rows = await db.rows("SELECT t.id FROM tag_aliases l CROSS JOIN tags t ON t.key = l.key")
    return [old for (old,) in rows]


async def _move(db: Connection, *, old: int) -> bool:
    """Move a spelling's youngest articles to its tag.

    The last step ends it; return whether there are more. The tag is looked up each time, for another process may be
    joining that one too.
    """
    # What is being stored may still bear the spelling.
    await db.latch(Latch.ARTICLES)
    kept = await db.row("SELECT l.tag_id FROM tags t JOIN tag_aliases l ON l.key = t.key WHERE t.id = ?", old)
    if kept is None:
        return False
    last = await db.row(
        "SELECT at, article_id FROM article_tags WHERE tag_id = ? ORDER BY at DESC, article_id DESC LIMIT 1 OFFSET ?",
        *(old, ROWS - 1),
    )
    window, values = ("", ()) if last is None else (" AND (at, article_id) >= (?, ?)", tuple(last))
    await db.rows(
        "INSERT INTO article_tags (tag_id, at, article_id, place) SELECT ?, at, article_id, place FROM article_tags "
        f"WHERE tag_id = ?{window} ON CONFLICT DO NOTHING",
        *(kept[0], old, *values),
    )
    await db.rows(f"DELETE FROM article_tags WHERE tag_id = ?{window}", old, *values)
    if last is None:
        await db.rows("UPDATE former_tags SET tag_id = ? WHERE tag_id = ?", kept[0], old)
        await db.rows("INSERT INTO former_tags (id, tag_id) VALUES (?, ?)", old, kept[0])
        await db.rows("DELETE FROM tags WHERE id = ?", old)
    return last is not None


async def _learn(db: Connection, rules: ArticleRules) -> None:
    """Take the gazetteer's spellings.

    Names that admins joined or renamed stay as they made them.
    """
    await db.latch(Latch.TAGS)
    names = sorted({(key(name), name) for name in rules.known_names()})
    await db.many(
        "INSERT INTO tags (key, name) SELECT ?, ? WHERE NOT EXISTS (SELECT 1 FROM tag_aliases WHERE key = ?) "
        "ON CONFLICT DO NOTHING",
        [(folded, name, folded) for folded, name in names],
    )
    spelled = {spelling: key(name) for spelling, name in rules.spellings().items()}
    await _join_known(db, spelled)
    await db.many(
        f"INSERT INTO tag_aliases (key, tag_id) SELECT ?, {tags.NAMED} "
        "WHERE NOT EXISTS (SELECT 1 FROM tags WHERE key = ?) ON CONFLICT DO NOTHING",
        [(spelling, name, name, spelling) for spelling, name in spelled.items()],
    )
    await db.rows(
        "INSERT INTO counters VALUES ('gazetteer', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        rules.names_edition(),
    )


async def _join_known(db: Connection, spelled: dict[str, str]) -> None:
    """Join tags that turn out to be spellings."""
    known = await db.rows(
        "SELECT t.key FROM texts(?) j CROSS JOIN tags t ON t.key = j.value "
        "WHERE NOT EXISTS (SELECT 1 FROM tag_aliases l WHERE l.key = t.key)",
        json.dumps(list(spelled), ensure_ascii=False),
    )
    for (spelling,) in known:
        kept = await tags.resolve(db, spelled[spelling])
        if kept is not None and kept != await tags.resolve(db, spelling):
            await _join(db, spelling, kept)
