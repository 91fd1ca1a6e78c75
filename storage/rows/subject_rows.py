"""Subjects as columns, and what happens to one within a transaction."""

from __future__ import annotations

import json
import random
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.values.articles import Push
from bot.values.delivery import Subject, SubjectKind, Wave
from storage.driver.connection import AtOnce, Of, micros
from storage.rows.fields import Fields

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from storage.driver.connection import Connection, Statement

CLOSES_AFTER = timedelta(hours=48)
"""Until then a story may be pushed and its updates shown; that no wave runs after it is what forbids a late double."""
EDIT_EVERY = timedelta(minutes=10)
"""A source that changes its page every minute edits what was sent at most so often."""
SUBJECT = Fields(Subject, "s", named={"by": "made_by"})
SELECT = f"SELECT {SUBJECT.columns} FROM subjects s"


async def next_id(db: Connection) -> int:
    """Take the next number in the order of commits.

    The counter's row is held until the commit, so nobody gets a later number before this one is seen, or is none. Take
    it last in a transaction; a count up to some number then misses none below it.
    """
    db.rouse()
    rows = await db.rows("UPDATE counters SET value = value + 1 WHERE name = 'subject' RETURNING value")
    return int(rows[0][0])


async def add(
    db: Connection,
    kind: SubjectKind,
    now: datetime,
    *,
    article_id: int | None = None,
    parent_id: int | None = None,
    text: str = "",
    push: Push = Push.NONE,
) -> int:
    """Make a subject; return its number."""
    number = await next_id(db)
    breaking = micros(now) if push is Push.BREAKING else None
    ring = random.getrandbits(30)  # spreading, not secrets
    await db.rows(
        "INSERT INTO subjects (id, kind, article_id, parent_id, text, push, breaking_at, ring, created_at, closes_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        *(number, kind.value, article_id, parent_id, text, push.value, breaking, ring, micros(now)),
        micros(now + CLOSES_AFTER),
    )
    return number


Story = tuple[int, Push, "Iterable[int]"]
"""An article, how it may reach readers, and the terms that it offers."""


_WAVES = {Push.NOW: Wave.FIRST, Push.BREAKING: Wave.BREAKING}
_COUNT = "UPDATE counters SET value = value + ? WHERE name = 'subject' RETURNING value"
_COUNTED = "SELECT value FROM counters WHERE name = 'subject'"
# Numbers that were counted just now, in the order of the stories.
_FIRST = "? + 1 - ?"
_OPEN = (
    "INSERT INTO subjects (id, kind, article_id, push, breaking_at, ring, created_at, closes_at) "
    f"SELECT {_FIRST} + j.key, ?, CAST(j.value ->> 0 AS BIGINT), j.value ->> 1, CAST(j.value ->> 2 AS BIGINT), "
    "CAST(j.value ->> 3 AS BIGINT), ?, ? FROM items(?) j ORDER BY j.key"
)
_OFFER = (
    "INSERT INTO subject_terms (term_id, subject_id) "
    f"SELECT CAST(j.value ->> 1 AS BIGINT), {_FIRST} + CAST(j.value ->> 0 AS BIGINT) "
    "FROM items(?) j WHERE true ON CONFLICT DO NOTHING"
)
_SPREAD = (
    "INSERT INTO fanouts (subject_id, wave, due_at) "
    f"SELECT {_FIRST} + CAST(j.value ->> 0 AS BIGINT), j.value ->> 1, 0 FROM items(?) j"
)


async def open_stories(db: Connection, stories: Sequence[Story], now: datetime) -> None:
    """Make articles subjects, in this order.

    Their offers, and that they are to be spread, are written too.
    """
    if not stories:
        return
    db.rouse()
    many = len(stories)
    made = [
        [article, push.value, micros(now) if push is Push.BREAKING else None, random.getrandbits(30)]
        for article, push, _ in stories
    ]
    terms = [[position, term] for position, (_, _, offered) in enumerate(stories) for term in sorted(set(offered))]
    spread = [[position, _WAVES[push].value] for position, (_, push, _) in enumerate(stories) if push in _WAVES]
    count = Of(0, _COUNTED)
    values = (count, many, SubjectKind.STORY.value, micros(now), micros(now + CLOSES_AFTER), json.dumps(made))
    parts: list[Statement] = [(_COUNT, (many,)), (_OPEN, values)]
    if terms:
        parts.append((_OFFER, (count, many, json.dumps(terms))))
    if spread:
        parts.append((_SPREAD, (count, many, json.dumps(spread))))
    await db.together([AtOnce(tuple(parts))])


async def offer(db: Connection, subject_id: int, terms: Iterable[int]) -> None:
    """Say which terms a subject offers, in place of what it offered."""
    await db.rows("DELETE FROM subject_terms WHERE subject_id = ?", subject_id)
    await db.rows(
        "INSERT INTO subject_terms (term_id, subject_id) SELECT j.value, ? FROM ints(?) j WHERE true "
        "ON CONFLICT DO NOTHING",
        *(subject_id, json.dumps(sorted(set(terms)))),
    )


_AGAIN = (
    "ON CONFLICT (subject_id, wave) DO UPDATE SET cursor = 0, done = 0, due_at = "
    "CASE WHEN fanouts.done = 1 THEN excluded.due_at ELSE least(fanouts.due_at, excluded.due_at) END"
)
_BEGIN = (
    "INSERT INTO fanouts (subject_id, wave, due_at) SELECT CAST(j.value ->> 0 AS BIGINT), j.value ->> 1, "
    f"CAST(j.value ->> 2 AS BIGINT) FROM items(?) j WHERE true ORDER BY j.key {_AGAIN}"
)
# Edits that wait for their wave already come with it; only what follows that wave waits anew.
_CHANGE = (
    "UPDATE subjects SET version = version + 1, must = CASE WHEN ? = 1 THEN version + 1 ELSE must END, "
    "changed_at = CASE WHEN ? = 1 THEN ? ELSE greatest(coalesce((SELECT f.due_at FROM fanouts f "
    f"WHERE f.subject_id = subjects.id AND f.wave = '{Wave.EDIT}' AND f.done = 0 AND f.due_at > ?), "
    "coalesce(changed_at, 0) + ?), ?) END "
    "WHERE article_id = ? AND (? = 1 OR closes_at > ?) RETURNING id, changed_at"
)


async def spread(db: Connection, subject_id: int, wave: Wave, due_at: int = 0) -> None:
    """Say that a wave of this subject runs over all chats.

    It begins at the first chat, even if it ran already.
    """
    db.rouse()
    await db.rows(
        f"INSERT INTO fanouts (subject_id, wave, due_at) VALUES (?, ?, ?) {_AGAIN}",
        *(subject_id, wave.value, due_at),
    )


async def change(db: Connection, article_id: int, now: datetime, *, must: bool) -> None:
    """Say that an article's card changed.

    Messages that show it are to be edited, at once if it ``must``. An update waits until ten minutes have passed since
    the last wave of edits; after 48 hours nothing sent is touched.
    """
    moment = micros(now)
    rows = await db.rows(
        _CHANGE, int(must), int(must), moment, moment, EDIT_EVERY // timedelta(microseconds=1), moment,
        article_id, int(must), moment,
    )  # fmt: skip
    waves = (Wave.EDIT, Wave.DIGESTS, Wave.APPEARANCES) if must else (Wave.EDIT,)
    begun = [[number, wave.value, due if due > moment else 0] for number, due in rows for wave in waves]
    if begun:
        db.rouse()
        await db.rows(_BEGIN, json.dumps(sorted(begun)))
