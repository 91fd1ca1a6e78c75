"""An article as columns, and back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bot.model import Article, FullText
from storage import outlets
from storage.connection import maybe_moment, moment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from storage.connection import Row

SAMPLE = "sample"
_COLUMNS = (
    "a.id, a.source_id, a.revision, a.headline, a.body, a.summary, a.first_seen, a.url, a.byline, a.dateline, "
    f"a.wire_sources, a.tags, a.views, a.image, a.published, a.updated, s.full_text, s.kind, {outlets.COLUMNS}"
)
_OWN = 18
SELECT = (
    f"SELECT {_COLUMNS} FROM articles a JOIN sources s ON s.id = a.source_id LEFT JOIN outlets o ON o.id = a.outlet_id"
)
SHOWN = "a.state = 'live' AND a.merged_into IS NULL"


def article(row: Row) -> Article:
    """Read an article from what SELECT brings."""
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
    published, updated, full_text, kind = rest
    return Article(
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
        tags=tuple(json.loads(tags)),
        views=views,
        image=image,
        published=maybe_moment(published),
        updated=maybe_moment(updated),
        full_text=FullText(full_text),
        sample=kind == SAMPLE,
    )


def texts(values: Iterable[str]) -> str:
    """Write a list of texts."""
    return json.dumps(list(values), ensure_ascii=False)
