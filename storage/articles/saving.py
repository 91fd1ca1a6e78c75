"""Stores drafts, within one transaction.

A draft is new, revises what is known, or changes nothing.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.bangla.words import indexed
from bot.values.articles import FullText, Outcome, Saved, SightingState
from storage.articles import adding, joining, naming, source_words
from storage.catalogue import tags
from storage.driver.connection import AtOnce, ConflictError, Latch, maybe_micros, micros
from storage.matching import terms
from storage.rows import article_rows, subject_rows
from storage.rows.article_rows import SAMPLE
from storage.rows.fields import texts
from storage.search import index

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.ports.rules import ArticleRules
    from bot.values.articles import Alias, Arrival, Article, Draft, Offer, Sighting, Source
    from storage.articles.naming import NamedArticles
    from storage.driver.connection import Connection, Row, Statement
    from storage.rows.subject_rows import Story

# Their source stays: another process may be filling an archive that was empty a moment ago.
_CLEAR_SAMPLES = f"DELETE FROM articles WHERE source_id IN {naming.SAMPLES}"


_CHANGE = (
    "UPDATE articles SET revision = ?, headline = ?, body = ?, summary = ?, url = ?, byline = ?, dateline = ?, "
    "wire_sources = ?, tags = ?, views = ?, image = ?, published = ?, updated = ?, at = ? WHERE id = ?"
)


async def sift(db: Connection, sightings: Sequence[Sighting], source: Source) -> list[SightingState]:
    """Return what is known of each sighting of a source.

    One look covers all their names.
    """
    who = naming.Claimants(source)
    claims = [(one.aliases, await who.of(db, one.entry.publisher)) for one in sightings]
    (rows,) = await db.together([naming.look_up(claims, source)])
    found = naming.answered(claims, rows)
    return [_state_of(one, named) for one, named in zip(sightings, found, strict=True)]


def _state_of(sighting: Sighting, named: NamedArticles) -> SightingState:
    if not named.articles:
        return SightingState.UNKNOWN
    numbers = set(named.articles.values())
    joins = sighting.canonical in named.articles and len(numbers) > 1
    said = named.said[next(iter(named.articles.values()))]
    return SightingState.KNOWN if said == sighting.fingerprint and not joins else SightingState.CHANGED


async def save_all(
    db: Connection, arrivals: Sequence[Arrival], source: Source, now: datetime, rules: ArticleRules
) -> list[Saved]:
    """Store drafts of a source in this order.

    All that follows from them is written too.
    """
    await db.latch(Latch.ARTICLES, shared=True)
    who = naming.Claimants(source)
    claims = [(one.draft.aliases, await who.of(db, one.draft.publisher)) for one in arrivals]
    (rows,) = await db.together([naming.look_up(claims, source)])
    if naming.has_samples(rows) and source.kind_name != SAMPLE:
        _, rows = await db.together([(_CLEAR_SAMPLES, ()), naming.look_up(claims, source)])
    stories: list[Story] = []
    saved: list[Saved] = []
    given: set[Alias] = set()
    is_stale = False
    for arrival, claim, found in zip(arrivals, claims, naming.answered(claims, rows), strict=True):
        draft, named = arrival.draft, found
        offer = draft.offer or rules.offer(draft)
        if is_stale or not given.isdisjoint(draft.aliases):
            # What was stored just now goes by one of these names.
            again = [(draft.aliases, await who.of(db, draft.publisher))]
            (named,) = naming.answered(again, *await db.together([naming.look_up(again, source)]))
        if named.articles:
            if not {number for number, *_ in stories}.isdisjoint(named.articles.values()):
                # What came just now must be a subject before it can be joined or changed.
                await subject_rows.open_stories(db, stories, now)
                stories = []
            saved.append(await _known(db, draft, offer, source, now, named, claim[1], rules))
            is_stale = True
        else:
            stories.append(await adding.add(db, arrival, offer, source, now, named, who))
            saved.append(Saved(stories[-1][0], Outcome.NEW))
            given.update(draft.aliases)
    await subject_rows.open_stories(db, stories, now)
    return saved


async def _known(  # noqa: PLR0917 - what is said, of what, by whom
    db: Connection,
    draft: Draft,
    offer: Offer,
    source: Source,
    now: datetime,
    named: NamedArticles,
    who: naming.Claimant,
    rules: ArticleRules,
) -> Saved:
    """Store a draft whose names lead to an article, or to several."""
    number = await _which(db, draft, named, now, rules)
    await naming.put(db, number, [alias for alias in draft.aliases if alias not in named.articles], who, named)
    if number not in named.own:
        return Saved(number, Outcome.UNCHANGED)
    row = await db.row(f"{article_rows.SELECT} WHERE a.id = ? AND a.merged_into IS NULL FOR NO KEY UPDATE OF a", number)
    if row is None:
        raise ConflictError(f"article {number} was joined to another meanwhile. Nothing is lost; try again.")
    revised = await _change(db, row or (), draft, offer, source, now, rules=rules)
    return Saved(number, Outcome.REVISED if revised else Outcome.UNCHANGED)


async def _which(db: Connection, draft: Draft, named: NamedArticles, now: datetime, rules: ArticleRules) -> int:
    """Return which article a draft's names lead to.

    If they lead to several, it is the first name's. Two live articles become one only if the page itself says that its
    proper address is that of one of them, and they agree: what a feed says of its items' addresses and guids is often
    wrong.
    """
    first = next(iter(named.articles.values()))
    proper = named.articles.get(draft.canonical) if draft.canonical else None
    for other in dict.fromkeys(named.articles.values()) if proper else ():
        if proper and other != proper and await joining.are_one(db, proper, other, rules):
            older, younger = sorted((proper, other))
            await joining.join(db, younger, older, now, rules)
            first = proper = older
    return first


async def _change(  # noqa: PLR0917 - as above
    db: Connection, row: Row, draft: Draft, offer: Offer, source: Source, now: datetime, *, rules: ArticleRules
) -> bool:
    """Store what a later reading changes.

    Return whether readers see a new text. An editor's correction stays: it is laid over what the source says, whatever
    that is by now.
    """
    old = article_rows.article(row, as_sourced=True)
    word, parts = await source_words.word(db, old, draft, offer, source)
    change = rules.compare(old, draft, word)
    if change is None:
        if parts:
            await db.together([*parts])
        return False
    new = change.draft
    revision = old.revision + change.is_revision
    parts.append(_update(old, new, revision))
    if change.is_revision:
        parts.append(adding.revision(old.id, revision, new, now))
    before, after = article_rows.article(row), article_rows.revised(row, _with(old, new, revision))
    kept, indexing = index.changed(db.engine, old.id, indexed(after.headline), indexed("\n".join(after.body)))
    if is_read_anew := (before.headline, before.body) != (after.headline, after.body):
        parts.append(kept)
    await db.together([AtOnce(tuple(parts)), *(indexing if is_read_anew else ())])
    declared = article_rows.declared_tags(row, new.tags)
    if (after.listed_at, declared) != (before.listed_at, article_rows.declared_tags(row, old.tags)):
        await tags.put(db, old.id, micros(after.at), declared)
        await terms.adopt(db, declared, micros(now - terms.NEW))
    if _on_card(before) != _on_card(after):
        await subject_rows.change(db, old.id, now, must=False)
    return change.is_revision


def _update(old: Article, new: Draft, revision: int) -> Statement:
    values = (
        *(revision, new.headline, texts(new.body), texts(new.summary), new.url, new.byline, new.dateline),
        *(texts(new.wire_sources), texts(new.tags), new.views, new.image),
        *(maybe_micros(new.published), maybe_micros(new.updated), micros(_listed_at(old, new)), old.id),
    )
    return _CHANGE, values


def _with(old: Article, new: Draft, revision: int) -> Article:
    """Return an article as it is stored with a later reading."""
    return replace(
        old,
        revision=revision,
        headline=new.headline,
        body=new.body,
        summary=new.summary,
        url=new.url,
        byline=new.byline,
        dateline=new.dateline,
        wire_sources=new.wire_sources,
        tags=new.tags,
        views=new.views,
        image=new.image,
        published=new.published,
        updated=new.updated,
        listed_at=_listed_at(old, new),
    )


def _listed_at(old: Article, new: Draft) -> datetime:
    return min(new.published or new.updated or old.listed_at or old.first_seen, old.first_seen)


def _on_card(shown: Article) -> tuple[object, ...]:
    """Return what a card shows.

    A change of anything else edits nothing that was sent.
    """
    body = shown.body if shown.full_text is FullText.ALLOWED else ()
    return (shown.headline, shown.summary, shown.url, shown.byline, shown.wire_sources, shown.image, body)
