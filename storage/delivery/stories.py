"""Reads stories as digests see them.

A morning's are read once, although a hundred thousand chats choose among them.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.values.articles import Push
from storage.rows import article_rows, subject_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.values.articles import Article
    from bot.values.delivery import Subject
    from storage.driver.connection import Connection, Row

KEPT = 2_000
"""A day of a hundred outlets; some 8 kB each."""
# Whatever changes what a digest says of a story changes one of these.
_STAMP = (
    "s.version, s.state, s.breaking_at, s.changed_at, s.push, a.revision, a.state, "
    "(SELECT count(*) FROM subjects r WHERE r.article_id = s.article_id)"
)
_FROM = "FROM ints(?) j CROSS JOIN subjects s ON s.id = j.value JOIN articles a ON a.id = s.article_id"
_WHOLE = f"SELECT {subject_rows.SUBJECT.columns}, {article_rows.COLUMNS}, s.push {_FROM} {article_rows.JOINS}"
Stamp = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class DigestStory:
    """A subject, its article, and how it may reach readers.

    ``joined`` tells whether its article has other subjects too.
    """

    subject: Subject
    article: Article
    push: Push
    joined: bool = False


class Stories:
    """Reads stories by the numbers of their subjects.

    It keeps what it read for as long as that is true.
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        self._kept: OrderedDict[int, tuple[Stamp, DigestStory]] = OrderedDict()

    async def read(self, db: Connection, subject_ids: Iterable[int], *, withdrawn: bool) -> list[DigestStory]:
        """Return those that may be shown, youngest first.

        With ``withdrawn``, those that were taken back are among them.
        """
        shown = "a.merged_into IS NULL" if withdrawn else article_rows.SHOWN
        asked = json.dumps(list(subject_ids))
        rows = await db.rows(f"SELECT s.id, {_STAMP} {_FROM} WHERE {shown} ORDER BY s.id DESC", asked)
        stamps = {int(row[0]): row[1:] for row in rows}
        # Taken out once: several threads read, and each may let go of the oldest.
        known = {number: self._kept.get(number) for number in stamps}
        kept = {number: one[1] for number, one in known.items() if one is not None and one[0] == stamps[number]}
        fresh = [number for number in stamps if number not in kept]
        found = {story.subject.id: story for story in await _whole(db, fresh)}
        found = {number: replace(story, joined=stamps[number][-1] != 1) for number, story in found.items()}
        stories = [found[number] if number in found else kept[number] for number in stamps]
        self._keep(stamps, found.values())
        return stories

    def _keep(self, stamps: dict[int, Stamp], found: Iterable[DigestStory]) -> None:
        for story in found:
            self._kept[story.subject.id] = (stamps[story.subject.id], story)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)


async def _whole(db: Connection, subject_ids: list[int]) -> Iterator[DigestStory]:
    rows = await db.rows(_WHOLE, json.dumps(subject_ids)) if subject_ids else []
    return map(_story, rows)


def _story(row: Row) -> DigestStory:
    subject = subject_rows.SUBJECT.read(row)
    return DigestStory(subject, article_rows.article(row, subject_rows.SUBJECT.width), Push(row[-1]))
