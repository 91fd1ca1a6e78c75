"""An article as columns, and back."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING, Any

from bot.values.articles import Article, Correction, FullText
from storage.catalogue import outlets
from storage.driver.connection import maybe_moment, moment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from storage.driver.connection import Row

SAMPLE = "sample"
WITHDRAWN = "withdrawn"
# What a tag is called by now, in the order in which the article names its tags; a hidden one is not shown.
_TAGS = (
    "(SELECT json_list(n.name) FROM (SELECT t.name FROM article_tags y JOIN tags t ON t.id = y.tag_id "
    "WHERE y.article_id = a.id AND t.hidden = 0 ORDER BY y.place, y.tag_id) n)"
)
_OWN_COLUMNS = (
    "a.id, a.source_id, a.revision, a.headline, a.body, a.summary, a.first_seen, a.url, a.byline, a.dateline, "
    "a.wire_sources, a.tags, a.views, a.image, a.published, a.updated, a.topic, a.desk, a.state, s2.full_text, "
    f"s2.kind, a.at, {_TAGS}"
)
_OWN = 23
_DECLARED = slice(11, 18, 6)
COLUMNS = f"{_OWN_COLUMNS}, {outlets.COLUMNS}"
JOINS = "JOIN sources s2 ON s2.id = a.source_id LEFT JOIN outlets o ON o.id = a.outlet_id"
SELECT = f"SELECT {COLUMNS} FROM articles a {JOINS}"
SHOWN = "a.state = 'live' AND a.merged_into IS NULL"


def article(row: Row, *, as_sourced: bool = False) -> Article:
    """Return the article of a row.

    With what editors put right, or ``as_sourced``, as its source has it.
    Its tags are called as they are by now, unless as sourced.
    """
    (
        number,
        source_id,
        revision,
        headline,
        body,
        summary,
        seen,
        url,
        byline,
        dateline,
        wire,
        tags,
        views,
        image,
        *rest,
    ) = row[:_OWN]
    published, updated, topic, desk, state, full_text, kind, at, named = rest
    found = Article(
        id=number,
        source_id=source_id,
        revision=revision,
        headline=headline,
        body=tuple(json.loads(body)),
        summary=tuple(json.loads(summary)),
        first_seen=moment(seen),
        outlet=outlets.outlet(row[_OWN:]),
        url=url,
        byline=byline,
        dateline=dateline,
        wire_sources=tuple(json.loads(wire)),
        tags=tuple(json.loads(tags if as_sourced else named)),
        views=views,
        image=image,
        published=maybe_moment(published),
        updated=maybe_moment(updated),
        full_text=FullText(full_text),
        sample=kind == SAMPLE,
        topic=topic,
        withdrawn=state == WITHDRAWN,
        listed_at=moment(at),
    )
    return found if desk is None or as_sourced else _put_right(found, json.loads(desk))


def declared_tags(row: Row) -> list[str]:
    """Return an article's tags as they were written.

    By its editors, else its source: hidden ones and other spellings too.
    """
    tags, desk = row[_DECLARED]
    declared: list[str] = json.loads(desk or "{}").get("tags") or json.loads(tags)
    return declared


def _put_right(found: Article, desk: dict[str, Any]) -> Article:
    """Lay what editors declared over what the source says."""
    at, reason, before = desk["correction"]
    return dataclasses.replace(
        found,
        headline=desk.get("headline", found.headline),
        summary=tuple(desk.get("summary", found.summary)),
        wire_sources=tuple(desk.get("wire_sources", found.wire_sources)),
        correction=Correction(moment(at), reason, before),
    )


def texts(values: Iterable[str]) -> str:
    """Write a list of texts."""
    return json.dumps(list(values), ensure_ascii=False)
