"""Stores a draft that is new, in two hops to the driver.

On a server these are three statements, four if a tag is new.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.bangla.normalise import key
from bot.values.articles import DHAKA, Draft, Offer, Push
from storage.articles import naming, source_words
from storage.catalogue import outlets, tags
from storage.driver.connection import AtOnce, Of, maybe_micros, micros
from storage.matching import offers, terms
from storage.rows.article_rows import SAMPLE
from storage.rows.fields import texts
from storage.search import index

if TYPE_CHECKING:
    from datetime import datetime

    from bot.values.articles import Arrival, Outlet, Source
    from storage.driver.connection import Connection, Statement
    from storage.rows.subject_rows import Story

IMPORTED = "import"
_INSERT = (
    "INSERT INTO articles (source_id, outlet_id, at, first_seen, last_seen, published, updated, headline, body, "
    "summary, url, byline, dateline, wire_sources, tags, categories, views, image, topic) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id"
)
_LAST = "SELECT max(id) FROM articles"
_TOLD = f"SELECT 0, ({_LAST}) UNION ALL SELECT 1, 1 FROM aliases WHERE article_id = ({_LAST})"
_KEEP = "INSERT INTO revisions (article_id, number, at, headline, body) VALUES (?, ?, ?, ?, ?)"


async def add(  # noqa: PLR0917 - what came, from where, and under which names
    db: Connection,
    arrival: Arrival,
    offer: Offer,
    source: Source,
    now: datetime,
    named: naming.NamedArticles,
    who: naming.Claimants,
) -> Story:
    """Store a new article.

    Return it as the story that is still to be opened.
    """
    draft = arrival.draft
    outlet = await _outlet(db, draft, source)
    outlet_id, section, at = outlet.id if outlet else None, offer.section(outlet), _at(arrival, source, now)
    (found,) = await db.together([offers.look_up(offer, outlet_id, section)])
    offered, claimant = offers.answered(found), await who.of(db, draft.publisher)
    made = Of(0, _LAST)
    names, free, contested = naming.put_free(made, draft.aliases, claimant, named)
    parts = [
        _article(draft, source, now, at, outlet_id, section),
        names,
        revision(made, 1, draft, now),
        source_words.kept(made, draft, offer, source),
        *tags.given(made, at, offer.tags),
        index.put(made, *offer.indexed),
    ]
    new = tags.new(draft.tags, offer.tags) if offered.has_new_tags else []
    rows = await db.together([*new, AtOnce(tuple(parts), _TOLD), *index.indexed_last(db.engine, *offer.indexed)])
    stored = rows[len(new)]
    number = next(int(one) for part, one in stored if part == 0)
    naming.see_all(sum(part == 1 for part, _ in stored), free)
    await naming.take(db, number, contested, claimant, named)
    numbers = offered.terms + (await offers.keywords(db, offer) if offered.has_keywords else [])
    if offered.is_adopted:
        await terms.adopt(db, draft.tags, micros(now - terms.NEW))
        numbers = await offers.offered(db, offer, outlet_id, section)
    return number, Push.NONE if source.kind_name == SAMPLE else arrival.push, numbers


async def _outlet(db: Connection, draft: Draft, source: Source) -> Outlet | None:
    # Who added a source said whose it is; what a feed or page calls itself («Samakal Opinion») comes second;
    # an aggregator's item that names another outlet comes before both.
    if draft.publisher and (draft.credited or not source.outlet) and key(draft.publisher):
        return await outlets.ensure(db, draft.publisher)
    return source.outlet


def _article(  # noqa: PLR0917 - its columns
    draft: Draft, source: Source, now: datetime, at: int, outlet_id: int | None, section: str | None
) -> Statement:
    values = (
        *(source.id, outlet_id, at, micros(now), micros(now)),
        *(maybe_micros(draft.published), maybe_micros(draft.updated), draft.headline, texts(draft.body)),
        *(texts(draft.summary), draft.url, draft.byline, draft.dateline, texts(draft.wire_sources)),
        *(texts(draft.tags), texts(draft.categories), draft.views, draft.image, section),
    )
    return _INSERT, values


def revision(number: int | Of, revision: int, draft: Draft, now: datetime) -> Statement:
    """Write what keeps a text that readers saw."""
    return _KEEP, (number, revision, micros(now), draft.headline, texts(draft.body))


def _at(arrival: Arrival, source: Source, now: datetime) -> int:
    """Return what orders a new article.

    It is its own date, else the moment of an ordinary look at its source. An article without a date in an import or a
    first look was not published now: it stands behind that day's news.
    """
    own = arrival.draft.published or arrival.draft.updated
    if own is None and source.kind_name != SAMPLE and (arrival.push is Push.NONE or source.kind_name == IMPORTED):
        zone = ZoneInfo(source.outlet.zone if source.outlet else DHAKA)
        return micros(now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)) - 1
    return min(micros(own or now), micros(now))
