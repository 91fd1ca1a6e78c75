"""What can be followed, as rows, and the articles that each brings: the rule of `offers`, from the other side."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.bangla.words import head, question
from bot.values.chats import TermKind
from storage.catalogue import tags
from storage.matching import offers
from storage.rows.article_rows import SHOWN
from storage.search.index_query import matching
from storage.search.ranking import LATEST_HITS

if TYPE_CHECKING:
    from bot.values.chats import Term
    from storage.driver.connection import Connection

_HOLDING = "SELECT rowid FROM article_words WHERE article_words MATCH ? ORDER BY rowid DESC LIMIT ?"


async def canonical(db: Connection, term: Term) -> Term:
    """Return the term that is meant: a tag by the one name that it has, whatever the spelling."""
    if term.kind is not TermKind.TAG:
        return term
    row = await db.row(f"SELECT t.key, t.name FROM tags t WHERE t.id = {tags.NAMED}", term.value, term.value)
    return replace(term, value=row[0], name=row[1]) if row else term


async def ensure(db: Connection, term: Term, since: int) -> int:
    """Return the number of a term; one that nobody followed before is matched to the articles since then."""
    row = await db.row("SELECT id FROM terms WHERE kind = ? AND value = ?", term.kind.value, term.value)
    if row:
        return int(row[0])
    row = await db.row(
        "INSERT INTO terms (kind, value, name) VALUES (?, ?, ?) RETURNING id", term.kind.value, term.value, term.name
    )
    number = int(row[0]) if row else 0
    if term.kind is TermKind.KEYWORD:
        found = head(question(term.value))
        await db.rows(
            "INSERT INTO keywords (term_id, head, exact, value) VALUES (?, ?, ?, ?)",
            *(number, found.text, int(found.exact), term.value),
        )
    await attach(db, number, term, since)
    return number


async def attach(db: Connection, number: int, term: Term, since: int) -> None:
    """Note which articles since then offer a term."""
    await db.rows(
        "INSERT INTO subject_terms (term_id, subject_id) SELECT ?, s.id FROM subjects s "
        "WHERE s.article_id IN (SELECT value FROM json_each(?)) ON CONFLICT DO NOTHING",
        *(number, json.dumps(await _articles(db, term, since))),
    )


async def volume(db: Connection, term: Term, since: int) -> int:
    """Return how many articles since then a term brought."""
    if term.kind is TermKind.ALL:
        row = await db.row(f"SELECT count(*) FROM articles a WHERE {SHOWN} AND a.at >= ?", since)
        return int(row[0]) if row else 0
    return len(await _articles(db, term, since))


async def _articles(db: Connection, term: Term, since: int) -> list[int]:
    where, values = "1", tuple[object, ...]()
    match term.kind:
        case TermKind.ALL:
            pass
        case TermKind.OUTLET:
            where, values = "a.outlet_id = ?", (int(term.value),)
        case TermKind.TOPIC:
            where, values = "a.topic = ?", (term.value,)
        case TermKind.KEYWORD:
            where, values = f"a.id IN ({_HOLDING})", (await matching(db, term.value) or '""', LATEST_HITS)
        case TermKind.TAG:
            where = "a.id IN (SELECT x.article_id FROM article_tags x JOIN tags g ON g.id = x.tag_id WHERE g.key = ? "
            where, values = f"{where} AND x.at >= ?)", (term.value, since)
    rows = await db.rows(f"SELECT a.id FROM articles a WHERE {SHOWN} AND a.at >= ? AND {where}", since, *values)
    found = {number for (number,) in rows}
    if term.kind is TermKind.TAG:
        found |= await _told_by_headline(db, term.value, since)
    return sorted(found)


async def _told_by_headline(db: Connection, value: str, since: int) -> set[int]:
    """Find what a tag is offered by for its headline: the index finds beginnings of words, the rule itself decides."""
    rows = await db.rows("SELECT l.key FROM tags g JOIN tag_aliases l ON l.tag_id = g.id WHERE g.key = ?", value)
    names = {value, *offers.spelled(name for (name,) in rows)}
    sought = [f"({found})" for name in sorted(names) if (found := await matching(db, name))]
    if not sought:
        return set()
    rows = await db.rows(
        f"SELECT a.id, a.headline FROM articles a WHERE {SHOWN} AND a.at >= ? AND a.id IN ({_HOLDING})",
        *(since, f"headline : ({' OR '.join(sought)})", LATEST_HITS),
    )
    return {number for number, headline in rows if names & offers.spoken(headline)}
