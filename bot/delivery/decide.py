"""Decides what to do with one delivery now.

The whole of quiet hours, caps, pauses and breaking news is one function. Fan-out matches, dispatch decides: a row may
have waited for most of an hour since it was made, so this runs when it is claimed. It is pure: the same row, chat and
moment give the same decision.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.subscriptions.times import Quiet, local, morning
from bot.values.chats import Breaking, ChatState
from bot.values.delivery import (
    Dead,
    Decision,
    DeliveryState,
    Dropped,
    Edit,
    Failed,
    Keep,
    Later,
    Left,
    Post,
    SubjectKind,
    SubjectState,
    Why,
)

if TYPE_CHECKING:
    from bot.values.chats import Chat
    from bot.values.delivery import Delivery

FOLD = timedelta(hours=1)
"""News that waited longer comes together in one digest; a queue of 100,000 chats at 30 a second takes 56 minutes."""
BREAKING_FOR = timedelta(hours=2)
"""After so long breaking news is news like other."""
CORRECTED_FOR = timedelta(hours=48)
BEYOND_CAP = 5
"""Breaking stories a day that come although the cap is used up."""
SLOW_START = 6
"""Articles an hour in a chat's first day."""
DOUBTS = 2
"""A message whose fate is unknown is tried once more; after a second doubt no third copy is risked."""
DEATHS = 3
"""A row that was claimed so often and never settled kills the process that sends it."""
FLIGHT = timedelta(minutes=1)
"""After so long it is known what became of another report of the same story."""
HOUR = 3600


def decide(delivery: Delivery, now: datetime, *, edits: bool = True) -> Decision:
    """Decide about a claimed row.

    ``edits`` says whether its platform can change what was sent.
    """
    if delivery.tries > DEATHS:
        return Dead(Why.POISON) if delivery.ref is None else Failed(Why.POISON)
    if delivery.ref is not None:
        return _change(delivery, now, edits=edits)
    return _gone(delivery) or _spoilt(delivery, now) or _wait(delivery, now) or _news(delivery, now)


def _change(delivery: Delivery, now: datetime, *, edits: bool) -> Decision:
    """Decide about a message that lies there.

    A must shows always, another update only if the chat wants updates.
    """
    subject, chat = delivery.subject, delivery.chat
    if delivery.shown >= subject.version:
        return Keep()
    if chat.state is ChatState.GONE:
        return Failed(Why.GONE)
    owed = delivery.shown < subject.must
    if not owed and not (edits and chat.preferences.updates):
        return Keep()
    if subject.changed_at is not None and now - subject.changed_at > CORRECTED_FOR:
        return Failed(Why.TOO_OLD)
    return _postponed(chat, now) or Edit()


def _gone(delivery: Delivery) -> Decision | None:  # noqa: PLR0911 - a reason each
    """Drop what cannot be sent at all."""
    if delivery.chat.state is ChatState.GONE:
        return Dropped(Why.GONE)
    if delivery.chat.state is not ChatState.ACTIVE:
        return Dropped(Why.STOPPED)
    if delivery.thread_closed:
        return Dropped(Why.THREAD_CLOSED)
    if delivery.subject.state is SubjectState.WITHDRAWN:
        return Dropped(Why.WITHDRAWN)
    if delivery.subject.state is SubjectState.STOPPED:
        return Dead(Why.REFUSED)
    if delivery.subject.kind is SubjectKind.NOTE and delivery.parent is None:
        return Dropped(Why.NO_PARENT)
    return Dropped(Why.STORY) if delivery.other is DeliveryState.SENT else None


def _spoilt(delivery: Delivery, now: datetime) -> Decision | None:
    """Give up what was doubtful twice or is too old to tell."""
    if delivery.unsure >= DOUBTS:
        return Dropped(Why.DOUBTFUL) if delivery.subject.kind is not SubjectKind.STORY else Left(Why.DOUBTFUL, now)
    if (
        delivery.subject.kind in (SubjectKind.NOTE, SubjectKind.POST, SubjectKind.REPORTS)
        and now - delivery.subject.created_at > CORRECTED_FOR / 2
    ):
        return Dropped(Why.TOO_OLD)
    return None


def _wait(delivery: Delivery, now: datetime) -> Decision | None:
    """Wait for the platform, or for the chat's morning.

    Only what is neither news nor breaking waits for the morning.
    """
    chat = delivery.chat
    if (later := _postponed(chat, now)) is not None:
        return later
    if delivery.other is DeliveryState.SENDING:
        return Later(now + FLIGHT)
    if delivery.subject.kind is SubjectKind.STORY:
        return None
    if delivery.subject.kind is SubjectKind.REPORTS:
        # A reader is told that editors have it: it waits for no morning, and wakes nobody.
        return Post(silent=_is_silent(delivery) or quiet_hours(chat).covers(now, ZoneInfo(chat.zone)))
    if chat.paused_until is not None and now < chat.paused_until:
        return Dropped(Why.PAUSED) if delivery.subject.kind is not SubjectKind.DIGEST else Later(chat.paused_until)
    quiet, zone = quiet_hours(chat), ZoneInfo(chat.zone)
    return Later(quiet.ends(now, zone)) if quiet.covers(now, zone) else Post(silent=_is_silent(delivery))


def _news(delivery: Delivery, now: datetime) -> Decision:  # noqa: PLR0911 - a row of the table each
    """Decide about a story.

    This is the table of quiet hours, cap, pause, waiting and slow start.
    """
    chat, zone = delivery.chat, ZoneInfo(delivery.chat.zone)
    breaking = _is_breaking(delivery, now)
    if not breaking and not delivery.matched:
        return Dropped(Why.STALE)
    if chat.paused_until is not None and now < chat.paused_until:
        # Left, not dropped: what waited already when the break began lies before the window of the digest that ends it.
        return Left(Why.PAUSED, chat.paused_until)
    quiet = quiet_hours(chat)
    asleep = quiet.covers(now, zone)
    if asleep and not (breaking and chat.preferences.breaking is Breaking.ALWAYS):
        return Left(Why.QUIET, quiet.ends(now, zone))
    if _used(chat, now, zone) >= chat.preferences.cap + (BEYOND_CAP if breaking else 0):
        return Left(Why.CAP, morning(now, zone))
    if not breaking:
        waited = now - (delivery.subject.breaking_at or delivery.subject.created_at)
        if waited > FOLD and (delivery.waiting > 1 or waited > 2 * FOLD):
            return Left(Why.STALE, now, soon=True)
        if chat.slow_until is not None and now < chat.slow_until and _this_hour(chat, now) >= SLOW_START:
            return Left(Why.SLOW_START, _next_hour(now))
    muted = breaking and not delivery.subject.loud
    return Post(silent=asleep or muted or chat.preferences.silent, counts=True)


def _is_breaking(delivery: Delivery, now: datetime) -> bool:
    """Return whether this is breaking news for this chat now."""
    since, wish = delivery.subject.breaking_at, delivery.chat.preferences.breaking
    if since is None or wish is Breaking.NEVER or now - since > BREAKING_FOR:
        return False
    return delivery.matched or wish is not Breaking.MINE


def _is_silent(delivery: Delivery) -> bool:
    return delivery.chat.preferences.silent or delivery.subject.kind is SubjectKind.NOTE


def _postponed(chat: Chat, now: datetime) -> Later | None:
    return Later(chat.not_before) if chat.not_before is not None and now < chat.not_before else None


def quiet_hours(chat: Chat) -> Quiet:
    """Return a chat's quiet hours; an empty stretch is none."""
    return Quiet(chat.preferences.quiet_from, chat.preferences.quiet_to)


def _used(chat: Chat, now: datetime, zone: ZoneInfo) -> int:
    """Return how many came today, by the chat's own calendar."""
    return chat.cap_used if chat.cap_day == local(now, zone).date().isoformat() else 0


def _this_hour(chat: Chat, now: datetime) -> int:
    return chat.hour_used if chat.hour == int(now.timestamp()) // HOUR else 0


def _next_hour(now: datetime) -> datetime:
    return datetime.fromtimestamp((int(now.timestamp()) // HOUR + 1) * HOUR, UTC)
