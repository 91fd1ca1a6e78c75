"""Defines a list as it was shown.

It has its articles by position, and how it goes on. A button names it by its id.
"""

from __future__ import annotations

import hashlib
import json
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.values.articles import Cursor, Query, QueryKind

if TYPE_CHECKING:
    from bot.values.calls import Call, OpenQuestion

MOST = 200
"""Places that a list keeps: forty pages of five."""
_ID_BYTES = 12
_DAYS = 3
"""Limits of a list that was kept before lists had a section too."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Listed:
    """All articles of a list up to the end of a page.

    They stand in the list's order. ``first`` is the position at which the page begins, ``end`` that of its last
    article: a digest already knows the articles behind it. ``cursor`` is where the archive goes on, or None if it does
    not.
    """

    ids: tuple[int, ...] = ()
    query: Query = field(default_factory=Query)
    cursor: Cursor | None = None
    first: int = 1
    end: int = 0

    @property
    def id(self) -> str:
        """Sixteen letters made from the content.

        The same list in many chats is one.
        """
        return urlsafe_b64encode(hashlib.sha256(self.write().encode()).digest()[:_ID_BYTES]).decode()

    @property
    def page(self) -> tuple[int, ...]:
        """The articles of the page that was shown."""
        return self.ids[self.first - 1 : self.end]

    @property
    def goes_on(self) -> bool:
        """Whether there is a page behind this one."""
        return self.end < len(self.ids) or (self.cursor is not None and self.end < MOST)

    def position(self, article_id: int) -> int | None:
        """Return the place of an article on the page that was shown."""
        return self.first + self.page.index(article_id) if article_id in self.page else None

    def write(self) -> str:
        """Write it as text, always the same way."""
        query, at = self.query, self.cursor
        days = (None if one is None else _micros(one) for one in (query.since, query.until))
        limits = [query.without, *days, query.topic]
        written = [query.kind.value, query.value, query.name, *(limits if any(limits) else ())]
        cursor = None if at is None else [_micros(at.at), at.id, at.rank]
        return json.dumps([self.ids, written, cursor, self.first, self.end], ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def read(cls, text: str) -> Listed:
        """Read what `write` wrote."""
        ids, (kind, value, name, *limits), cursor, first, end = json.loads(text)
        without, since, until, topic = (*limits, "") if len(limits) == _DAYS else limits or ("", None, None, "")
        query = Query(QueryKind(kind), value, name, without, _moment(since), _moment(until), topic)
        at = Cursor(_EPOCH + timedelta(microseconds=cursor[0]), *cursor[1:]) if cursor else None
        return cls(tuple(ids), query, at, first, end)


@dataclass(frozen=True, slots=True)
class LastShown:
    """What somebody was shown last in a chat.

    A list, the labels that could be pressed, an open question.
    """

    listed: Listed | None = None
    labels: tuple[tuple[str, Call], ...] = ()
    """Each label by its ``key()``."""
    question: OpenQuestion | None = None


def _micros(moment: datetime) -> int:
    return (moment - _EPOCH) // _MICROSECOND


def _moment(micros: int | None) -> datetime | None:
    return None if micros is None else _EPOCH + timedelta(microseconds=micros)
