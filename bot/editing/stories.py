"""Lets editors announce, correct and withdraw published stories.

It also shows how far that has come.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias
from zoneinfo import ZoneInfo

from bot.articles.text.attribution import wire_names
from bot.articles.text.clean import clean_tags
from bot.bangla import sentences
from bot.subscriptions.times import Quiet
from bot.values.articles import Article, Correction
from bot.values.calls import Numbered, OneOf, call
from bot.values.chats import AuditLine
from bot.values.delivery import EditorChange, SubjectState, Why
from bot.values.messages import Choice, Choices, Message, Part, paragraph
from bot.values.wording import Wording, say

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from bot.ports.store import Store
    from bot.values.chats import Chat, Language
    from bot.values.delivery import Subject
    from bot.values.reach import Reach

CHANGED = Wording(
    "বদলেছে {changed} · বাকি {left} · হয়নি {failed} ({why})", "changed {changed} · left {left} · failed {failed} ({why})"
)
BLOCKED = Wording("ব্লক {n}", "blocked {n}")
DELETED = Wording("মুছে ফেলা {n}", "deleted {n}")
BARRED = Wording("অনুমতি নেই {n}", "no right {n}")
OTHER = Wording("অন্য কারণ {n}", "other reasons {n}")
UNKNOWN = Wording("অজানা {n}", "unknown {n}")
END = Wording(
    "শেষ: {total}টির মধ্যে {revised}টি বদলেছে, {n}টি হয়নি। বদলানো মানে পাঠক দেখেছেন, তা নয়।",
    "Done: {revised} of {total} changed, {n} not. Changed does not mean seen.",
)
BESIDE = Wording(
    "শেয়ার করা কার্ড ও উত্তরে দেখানো খবর: বদলেছে {changed} · বাকি {left} · হয়নি {failed}",
    "cards that were shared and answers that show it: changed {changed} · left {left} · failed {failed}",
)
WHAT_UNKNOWN_IS = Wording(
    "অজানা মানে পাঠানোর উত্তর হারিয়ে গেছে; সেখানে পুরোনো একটি কপি থেকে যেতে পারে।",
    "Unknown: the answer to a send was lost, so an older copy may lie there.",
)
NOWHERE = Wording("খবরটি কোনো চ্যাটে পাঠানো হয়নি।", "The story was sent to no chat.")
TOO_OLD = Wording(
    "৭ দিনের বেশি পুরোনো খবর চ্যাটে আর বদলানো যায় না।", "A story older than 7 days can no longer be changed in chats."
)
UNCHANGED = Wording(
    "{n}টি চ্যাটে পাঠানো হয়েছে; পরে কিছু বদলানো হয়নি।", "Sent to {n:chat|chats}; nothing was changed afterwards."
)
ARRIVING = Wording("পাঠানো হয়েছে {n}টি চ্যাটে · বাকি {left}", "sent to {n:chat|chats} · left {left}")
ARRIVED = Wording("শেষ: {n}টি চ্যাটে পাঠানো হয়েছে।", "Done: sent to {n:chat|chats}.")
NOT_ALL = Wording(
    "শেষ: {n}টি চ্যাটে পাঠানো হয়েছে; {total}টিতে এখন নয়, পরে একনজরে যাবে।",
    "Done: sent to {n:chat|chats}; {total} get it later, in a digest.",
)
LIST = Wording("📄 যেগুলো হয়নি", "📄 Those not reached")

NEWS_FOR = timedelta(hours=48)
"""A story that is older cannot be announced: nobody is told of it any more."""
TOLD_FOR = timedelta(hours=48)
"""So long after a story went out its withdrawal is told, and not only shown."""
KEPT_FOR = timedelta(days=7)
"""What lies in chats is known for so long."""
STILL = 6
"""Looks without a new arrival after which the rest is not waited for: it is asleep, paused or over its cap."""
_DESCRIBED = ((BLOCKED, (Why.GONE,)), (DELETED, (Why.LOST,)), (BARRED, (Why.THREAD_CLOSED,)))

Look: TypeAlias = "Callable[[], Awaitable[Message | None]]"


class StoryField(StrEnum):
    """What of a card an editor can put right."""

    HEADLINE = "headline"
    SUMMARY = "summary"
    TOPIC = "topic"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class EditedStory:
    """An article with the subject that it is."""

    article: Article
    subject: Subject

    @property
    def name(self) -> str:
        """How editors write it."""
        return f"#{self.article.id}"

    @property
    def is_withdrawn(self) -> bool:
        """Whether it was taken back."""
        return self.subject.state is SubjectState.WITHDRAWN

    @property
    def is_breaking(self) -> bool:
        """Whether it was announced."""
        return self.subject.breaking_at is not None

    @property
    def was_changed(self) -> bool:
        """Whether an editor changed what was sent of it."""
        return self.is_withdrawn or self.article.correction is not None

    def is_old(self, now: datetime) -> bool:
        """Whether it is too old to be announced."""
        return now - self.subject.created_at > NEWS_FOR

    def is_past(self, now: datetime) -> bool:
        """Whether nobody knows any more where it lies."""
        return now - self.subject.created_at > KEPT_FOR


async def find(store: Store, article_id: int) -> EditedStory | None:
    """Return the story of that number; a sample is none."""
    article = await store.articles.get(article_id)
    if article is None or article.sample:
        return None
    subject = await store.subjects.of_article(article.id)
    return EditedStory(article, subject) if subject is not None else None


async def announce(
    store: Store, story: EditedStory, actor: str, now: datetime, *, loud: bool, idempotency_key: str = ""
) -> bool:
    """Send a story as breaking news.

    It goes to every chat that takes breaking news and has it not yet. Return False if it went out before.
    """
    line = AuditLine(
        now, actor, "breaking", story.name, after="loud" if loud else "silent", idempotency_key=idempotency_key
    )
    return await store.subjects.announce(story.subject.id, line, now, loud=loud)


async def correct(
    store: Store,
    story: EditedStory,
    change: EditorChange,
    actor: str,
    now: datetime,
    *,
    tell: bool,
    idempotency_key: str = "",
) -> bool:
    """Correct a story wherever it was sent.

    ``tell`` adds a silent line in answer to each card. Return False if this was done before.
    """
    field = _field(change)
    after = " | ".join((said(change, field), change.reason, "note" if tell else "card"))
    before = f"{field}: {stands(story.article, field)}"
    line = AuditLine(now, actor, "correct", story.name, before, f"{field}: {after}", idempotency_key)
    return await store.subjects.correct(story.subject.id, change, line, now, tell=tell)


async def withdraw(store: Store, story: EditedStory, reason: str, actor: str, now: datetime) -> None:
    """Take a story back everywhere; this cannot be undone.

    An edit is seen by nobody, so what went out lately gets a silent line in answer.
    """
    line = AuditLine(now, actor, "withdraw", story.name, before=story.article.headline, after=reason)
    lately = now - story.subject.created_at <= TOLD_FOR
    await store.subjects.withdraw(story.subject.id, reason, "", line, now, tell=lately)


def change(field: StoryField, text: str, reason: str) -> EditorChange | None:
    """Read what an editor wrote as a change.

    Return None if there is nothing in it.
    """
    made = EditorChange(reason)
    match field:
        case StoryField.HEADLINE:
            made = replace(made, headline=text)
        case StoryField.SUMMARY:
            made = replace(made, summary=tuple(sentences.split(text)))
        case StoryField.TOPIC:
            made = replace(made, tags=clean_tags((text,)))
        case StoryField.SOURCE:
            made = replace(made, wire_sources=wire_names(text))
    return made if said(made, field) else None


def stands(article: Article, field: StoryField) -> str:
    """Say what stands on the card now."""
    match field:
        case StoryField.HEADLINE:
            return article.headline
        case StoryField.SUMMARY:
            return " ".join(article.summary)
        case StoryField.TOPIC:
            return ", ".join(article.tags)
        case StoryField.SOURCE:
            return ", ".join(article.wire_sources)


def said(made: EditorChange, field: StoryField) -> str:
    """Say what is to stand there."""
    match field:
        case StoryField.HEADLINE:
            return made.headline or ""
        case StoryField.SUMMARY:
            return " ".join(made.summary or ())
        case StoryField.TOPIC:
            return ", ".join(made.tags or ())
        case StoryField.SOURCE:
            return ", ".join(made.wire_sources or ())


def as_corrected(article: Article, made: EditorChange, now: datetime) -> Article:
    """Return the article as its card will show it."""
    before = article.headline if made.headline not in (None, article.headline) else ""
    return replace(
        article,
        headline=article.headline if made.headline is None else made.headline,
        summary=article.summary if made.summary is None else made.summary,
        tags=article.tags if made.tags is None else made.tags,
        wire_sources=article.wire_sources if made.wire_sources is None else made.wire_sources,
        correction=Correction(now, made.reason, before),
    )


def _field(made: EditorChange) -> StoryField:
    return next(field for field in StoryField if said(made, field))


async def reach(store: Store, story: EditedStory, now: datetime) -> Reach:
    """Return how far the newest change to a story has come."""
    return await store.subjects.reach(story.subject.id, now)


async def missed(store: Store, story: EditedStory, limit: int) -> list[tuple[Chat, str]]:
    """Return chats that still show an older version, with the reason why."""
    return await store.subjects.missed(story.subject.id, limit)


def counted(found: Reach, story: EditedStory, now: datetime, language: Language, done: str = "") -> Message:
    """Say how many chats changed, wait and failed.

    It says why they failed, and of how many nobody knows. ``done`` stands above: what was done to the story just now.
    """
    count = _counted(found, story, now, language)
    return replace(count, parts=(paragraph(done), *count.parts)) if done else count


def _counted(found: Reach, story: EditedStory, now: datetime, language: Language) -> Message:
    beside = [_beside(found, language)] if found.beside.total else []
    if not found.total and not found.unknown:
        text = say(TOO_OLD if story.is_past(now) else NOWHERE, language)
        return Message((paragraph(text, *beside),), text, language)
    if not story.was_changed:
        text = say(UNCHANGED, language, n=found.total)
        return Message((paragraph(text),), text, language)
    lines = [_line(found, language)]
    failed = sum(n for _, n in found.failed)
    if not found.waiting:
        lines.append(say(END, language, total=found.total, revised=found.changed, n=failed))
        lines += [say(WHAT_UNKNOWN_IS, language)] if found.unknown else []
    parts: list[Part] = [paragraph(*lines, *beside)]
    if failed and not found.waiting:
        missing = Choice(say(LIST, language), call("reach", story=Numbered(story.article.id), what=OneOf("missed")))
        parts.append(Choices(((missing,),)))
    return Message(tuple(parts), lines[-1], language)


def _beside(found: Reach, language: Language) -> str:
    beside = found.beside
    return say(BESIDE, language, changed=beside.changed, left=beside.waiting, failed=beside.failed)


def _line(found: Reach, language: Language) -> str:
    failed = dict(found.failed)
    why = [say(wording, language, n=sum(failed.pop(one, 0) for one in reasons)) for wording, reasons in _DESCRIBED]
    if other := sum(failed.values()):
        why.append(say(OTHER, language, n=other))
    count = sum(n for _, n in found.failed)
    said_now = say(CHANGED, language, changed=found.changed, left=found.waiting, failed=count, why=", ".join(why))
    return f"{said_now} · {say(UNKNOWN, language, n=found.unknown)}" if found.unknown else said_now


def watch(store: Store, story: EditedStory, now: datetime, language: Language, done: str = "") -> Look:
    """Yield how far a change has come, then None.

    Its count, at last how it ended.
    """
    ended = False

    async def look() -> Message | None:
        nonlocal ended
        if ended:
            return None
        found = await reach(store, story, now)
        ended = not found.waiting and not found.beside.waiting
        return counted(found, story, now, language, done)

    return look


async def audience(store: Store, story: EditedStory, now: datetime) -> tuple[int, int]:
    """Return how many chats a breaking story goes to.

    The second number counts those with quiet hours just now.
    """
    shares = await store.subjects.audience(story.subject.id)
    quiet = [share for share in shares if Quiet(share.quiet_from, share.quiet_to).covers(now, ZoneInfo(share.zone))]
    return sum(share.chats for share in shares), sum(share.chats for share in quiet)


def watch_arrivals(store: Store, story: EditedStory, now: datetime, language: Language) -> Look:
    """Yield how far an announced story has come.

    A chat that sleeps or had enough for the day gets it in a digest: when nothing more arrives, that is the end.
    """
    before, still = -1, 0

    async def look() -> Message | None:
        nonlocal before, still
        if still > STILL:
            return None
        # In this order: whom it reaches between the two is counted, and not told to be nobody.
        left, _ = await audience(store, story, now)
        arrived = (await store.subjects.reach(story.subject.id, now)).total
        still = 0 if arrived > before else still + 1
        before = arrived
        if not left:
            still = STILL + 1
        return _arrivals(arrived, left, language, ended=still > STILL)

    return look


def _arrivals(arrived: int, left: int, language: Language, *, ended: bool) -> Message:
    if not ended:
        text = say(ARRIVING, language, n=arrived, left=left)
    else:
        text = say(NOT_ALL, language, n=arrived, total=left) if left else say(ARRIVED, language, n=arrived)
    return Message((paragraph(text),), text, language)
