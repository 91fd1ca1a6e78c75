"""What editors do to a story that is out: announce it, put it right, take it back, and see how far that has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.model import AuditLine
from bot.outbox import DeskChange, SubjectState

if TYPE_CHECKING:
    from datetime import datetime

    from bot.model import Article, Chat
    from bot.outbox import Reach, Subject
    from bot.ports import Store

NEWS_FOR = timedelta(hours=48)
"""A story that is older cannot be announced: nobody is told of it any more."""


@dataclass(frozen=True, slots=True)
class Story:
    """An article with the subject that it is."""

    article: Article
    subject: Subject

    @property
    def is_withdrawn(self) -> bool:
        """Whether it was taken back."""
        return self.subject.state is SubjectState.WITHDRAWN

    def is_old(self, now: datetime) -> bool:
        """Whether it is too old to be announced."""
        return now - self.subject.created_at > NEWS_FOR


async def find(store: Store, number: str) -> Story | None:
    """Return the story of that number, as an editor writes it: 123 or #123, in any digits that `key` knows."""
    digits = number.removeprefix("#")
    # 18 digits are the most that are sure to fit an SQLite integer.
    article = await store.articles.get(int(digits[:18])) if digits.isdecimal() else None
    subject = await store.subjects.of_article(article.id) if article is not None else None
    return Story(article, subject) if article is not None and subject is not None else None


async def announce(store: Store, story: Story, actor: str, now: datetime, *, loud: bool) -> None:
    """Send a story as breaking news to every chat that takes such and has it not yet."""
    how = "loud" if loud else "silent"
    line = AuditLine(now, actor, "breaking", f"#{story.article.id}", after=how)
    await store.subjects.announce(story.subject.id, line, now, loud=loud)


async def correct(
    store: Store, story: Story, change: DeskChange, actor: str, now: datetime, *, tell: bool
) -> None:
    """Put something right wherever a story was sent; ``tell`` adds a silent line in answer to each card."""
    before, after = _changed(story.article, change)
    line = AuditLine(now, actor, "correct", f"#{story.article.id}", before, f"{after} | {change.reason}")
    await store.subjects.correct(story.subject.id, change, line, now)
    if tell:
        await store.subjects.note(story.subject.id, change.reason, now)


async def withdraw(store: Store, story: Story, reason: str, actor: str, now: datetime) -> None:
    """Take a story back everywhere; this cannot be undone."""
    line = AuditLine(now, actor, "withdraw", f"#{story.article.id}", before=story.article.headline, after=reason)
    await store.subjects.withdraw(story.subject.id, reason, "", line, now)


async def reach(store: Store, story: Story, now: datetime) -> Reach:
    """Return how far a story, or the newest change to it, has come."""
    return await store.subjects.reach(story.subject.id, now)


async def missed(store: Store, story: Story, limit: int) -> list[tuple[Chat, str]]:
    """Return chats that still show an older version, with the reason why."""
    return await store.subjects.missed(story.subject.id, limit)


def _changed(article: Article, change: DeskChange) -> tuple[str, str]:
    """Say what stood there and what stands there now."""
    if change.headline is not None:
        return article.headline, change.headline
    if change.summary is not None:
        return " ".join(article.summary), " ".join(change.summary)
    if change.tags is not None:
        return ", ".join(article.tags), ", ".join(change.tags)
    return ", ".join(article.wire_sources), ", ".join(change.wire_sources or ())
