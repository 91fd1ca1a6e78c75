"""An article as columns, and back."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.values.articles import Article, Correction
from storage.driver.connection import moment
from storage.rows.fields import Fields, Stored
from storage.rows.outlet_rows import OUTLET

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storage.driver.connection import Row

SAMPLE = "sample"
WITHDRAWN = "withdrawn"
# What a tag is called by now, in the order in which the article names its tags; a hidden one is not shown.
_TAGS = (
    "(SELECT json_list(n.name) FROM (SELECT t.name FROM article_tags y JOIN tags t ON t.id = y.tag_id "
    "WHERE y.article_id = a.id AND t.hidden = 0 ORDER BY y.place, y.tag_id) n)"
)


@dataclass(frozen=True, slots=True)
class SourcedTags:
    """The tags of its source, and what editors declared."""

    tags: tuple[str, ...]
    declared: dict[str, Any] | None


ARTICLE = Fields(
    Article,
    "a",
    named={
        "tags": _TAGS,
        "full_text": "s2.full_text",
        "sample": f"s2.kind = '{SAMPLE}'",
        "withdrawn": f"a.state = '{WITHDRAWN}'",
        "listed_at": "at",
    },
    parts={"outlet": OUTLET},
    without={"correction": None},
)
_SOURCED = Fields(SourcedTags, "a", named={"declared": "desk"}, stored={"declared": Stored(json.loads)})
COLUMNS = f"{ARTICLE.columns}, {_SOURCED.columns}"
JOINS = "JOIN sources s2 ON s2.id = a.source_id LEFT JOIN outlets o ON o.id = a.outlet_id"
SELECT = f"SELECT {COLUMNS} FROM articles a {JOINS}"
SHOWN = "a.state = 'live' AND a.merged_into IS NULL"


def article(row: Row, at: int = 0, *, as_sourced: bool = False) -> Article:
    """Return the article of a row whose columns begin at ``at``.

    It has the editors' corrections; ``as_sourced`` it is as its source has it. Its tags are called as they are by now,
    unless as sourced.
    """
    found, sourced = ARTICLE.read(row, at), _SOURCED.read(row, at + ARTICLE.width)
    if as_sourced:
        return dataclasses.replace(found, tags=sourced.tags)
    return found if sourced.declared is None else _put_right(found, sourced.declared)


def revised(row: Row, sourced: Article) -> Article:
    """Return a row's article as its source has it by now.

    The editors' corrections lie over it.
    """
    declared = _SOURCED.read(row, ARTICLE.width).declared
    return sourced if declared is None else _put_right(sourced, declared)


def declared_tags(row: Row, sourced: Sequence[str]) -> list[str]:
    """Return an article's tags as they were written.

    Its editors wrote them, else its source, as ``sourced``: hidden ones and other spellings too.
    """
    declared = _SOURCED.read(row, ARTICLE.width).declared
    return list((declared or {}).get("tags") or sourced)


def _put_right(found: Article, declared: dict[str, Any]) -> Article:
    """Lay what editors declared over what the source says."""
    at, reason, before = declared["correction"]
    return dataclasses.replace(
        found,
        headline=declared.get("headline", found.headline),
        summary=tuple(declared.get("summary", found.summary)),
        wire_sources=tuple(declared.get("wire_sources", found.wire_sources)),
        correction=Correction(moment(at), reason, before),
    )
