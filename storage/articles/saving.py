"""Stores drafts, within one transaction.

New, a revision of what is known, or nothing new.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.bangla.normalise import key
from bot.bangla.words import indexed
from bot.values.articles import DHAKA, Draft, FullText, Outcome, Push, Saved
from storage.articles import joining, naming, readings
from storage.catalogue import outlets, tags
from storage.driver.connection import maybe_micros, micros
from storage.matching import offers, terms
from storage.rows import article_rows, subject_rows
from storage.rows.article_rows import SAMPLE, texts
from storage.search import index

if TYPE_CHECKING:
    from datetime import datetime

    from bot.ports.rules import ArticleRules
    from bot.values.articles import Article, Source
    from storage.driver.connection import Connection, Row


IMPORTED = "import"


async def save(
    db: Connection, draft: Draft, source: Source, now: datetime, *, push: Push, rules: ArticleRules
) -> Saved:
    """Store a draft with all that follows from it."""
    if source.kind != SAMPLE:
        await _clear_samples(db)
    who = await naming.claimant(db, draft, source)
    named = await naming.find(db, draft.aliases, who)
    if not named.articles:
        return await _add(db, draft, source, now, push=push, rules=rules)
    number = await _which(db, draft, named, now, rules)
    await db.rows("UPDATE articles SET last_seen = ? WHERE id = ?", micros(now), number)
    await naming.put(db, number, [alias for alias in draft.aliases if alias not in named.articles], who)
    if number not in named.own:
        return Saved(number, Outcome.UNCHANGED)
    row = await db.row(f"{article_rows.SELECT} WHERE a.id = ?", number)
    revised = await _change(db, row or (), draft, source, now, rules=rules)
    return Saved(number, Outcome.REVISED if revised else Outcome.UNCHANGED)


async def _which(db: Connection, draft: Draft, named: naming.NamedArticles, now: datetime, rules: ArticleRules) -> int:
    """Return which article a draft's names lead to.

    If to several, the first name's.
    Two live articles become one only if the page itself says that its proper address is that of one of them, and they
    agree: what a feed says of its items' addresses and guids is often wrong.
    """
    first = next(iter(named.articles.values()))
    proper = named.articles.get(draft.canonical) if draft.canonical else None
    for other in dict.fromkeys(named.articles.values()) if proper else ():
        if proper and other != proper and await joining.are_one(db, proper, other, rules):
            older, younger = sorted((proper, other))
            await joining.join(db, younger, older, now, rules)
            first = proper = older
    return first


async def _add(
    db: Connection, draft: Draft, source: Source, now: datetime, *, push: Push, rules: ArticleRules
) -> Saved:
    # Who added a source said whose it is; what a feed or page calls itself («Samakal Opinion») comes second;
    # an aggregator's item that names another outlet comes before both.
    publisher = draft.publisher if key(draft.publisher or "") else None
    named = publisher if publisher and (draft.credited or not source.outlet) else None
    outlet = await outlets.ensure(db, named) if named else source.outlet
    at = _at(draft, source, now, push)
    section = rules.section(draft, outlet)
    row = await db.row(
        "INSERT INTO articles (source_id, outlet_id, at, first_seen, last_seen, published, updated, headline, body, "
        "summary, url, byline, dateline, wire_sources, tags, categories, views, image, topic) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        *(source.id, outlet.id if outlet else None, at, micros(now), micros(now)),
        *(maybe_micros(draft.published), maybe_micros(draft.updated), draft.headline, texts(draft.body)),
        *(texts(draft.summary), draft.url, draft.byline, draft.dateline, texts(draft.wire_sources)),
        *(texts(draft.tags), texts(draft.categories), draft.views, draft.image, section),
    )
    number = int(row[0]) if row else 0
    await _keep_revision(db, number, 1, draft, now)
    who = await naming.claimant(db, draft, source)
    await naming.put(db, number, draft.aliases, who)
    await readings.keep(db, number, draft, source)
    await tags.put(db, number, at, draft.tags)
    await terms.adopt(db, draft.tags, micros(now - terms.NEW))
    await index.put(db, number, *_words(draft))
    offered = await offers.offered(db, draft.headline, draft.body, draft.tags, outlet.id if outlet else None, section)
    await subject_rows.open_story(db, number, offered, Push.NONE if source.kind == SAMPLE else push, now)
    return Saved(number, Outcome.NEW)


def _at(draft: Draft, source: Source, now: datetime, push: Push) -> int:
    """Return what orders a new article.

    Its own date, else the moment of an ordinary look at its source.
    What came without a date in an import or a first look was not published now: it stands behind that day's news.
    """
    own = draft.published or draft.updated
    if own is None and source.kind != SAMPLE and (push is Push.NONE or source.kind == IMPORTED):
        zone = ZoneInfo(source.outlet.zone if source.outlet else DHAKA)
        return micros(now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)) - 1
    return min(micros(own or now), micros(now))


async def _change(
    db: Connection, row: Row, draft: Draft, source: Source, now: datetime, *, rules: ArticleRules
) -> bool:
    """Store what a later reading changes.

    Return whether readers see a new text.
    What editors put right stays: it is laid over what the source says, whatever that is by now.
    """
    old = article_rows.article(row, as_sourced=True)
    word = await readings.word(db, old, draft, source)
    change = rules.compare(old, draft, word)
    if change is None:
        return False
    new = change.draft
    revision = old.revision + change.is_revision
    before = article_rows.article(row)
    await db.rows(
        "UPDATE articles SET revision = ?, headline = ?, body = ?, summary = ?, url = ?, byline = ?, dateline = ?, "
        "wire_sources = ?, tags = ?, views = ?, image = ?, published = ?, updated = ?, "
        "at = least(coalesce(?, ?, at), first_seen) WHERE id = ?",
        *(revision, new.headline, texts(new.body), texts(new.summary), new.url, new.byline, new.dateline),
        *(texts(new.wire_sources), texts(new.tags), new.views, new.image),
        *(maybe_micros(new.published), maybe_micros(new.updated)),
        *(maybe_micros(new.published), maybe_micros(new.updated), old.id),
    )
    changed = await db.row(f"{article_rows.SELECT} WHERE a.id = ?", old.id) or ()
    after = article_rows.article(changed)
    declared = article_rows.declared_tags(changed)
    await tags.put(db, old.id, micros(after.at), declared)
    await terms.adopt(db, declared, micros(now - terms.NEW))
    await index.change(db, old.id, indexed(after.headline), indexed("\n".join(after.body)))
    if change.is_revision:
        await _keep_revision(db, old.id, revision, new, now)
    if _on_card(before) != _on_card(after):
        await subject_rows.change(db, old.id, now, must=False)
    return change.is_revision


def _on_card(shown: Article) -> tuple[object, ...]:
    """Return what a card shows.

    What else changes edits nothing that was sent.
    """
    body = shown.body if shown.full_text is FullText.ALLOWED else ()
    return (shown.headline, shown.summary, shown.url, shown.byline, shown.wire_sources, shown.image, body)


async def _keep_revision(db: Connection, number: int, revision: int, draft: Draft, now: datetime) -> None:
    await db.rows(
        "INSERT INTO revisions (article_id, number, at, headline, body) VALUES (?, ?, ?, ?, ?)",
        *(number, revision, micros(now), draft.headline, texts(draft.body)),
    )


async def _clear_samples(db: Connection) -> None:
    # Their source stays: another process may be filling an archive that was empty a moment ago.
    await db.rows(
        "DELETE FROM articles WHERE source_id IN (SELECT id FROM sources WHERE address IS NULL AND kind = ?)", SAMPLE
    )


def _words(draft: Draft) -> tuple[str, str]:
    return indexed(draft.headline), indexed("\n".join(draft.body))
