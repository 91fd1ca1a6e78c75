"""Changes a chat's choices and sets its next digest.

Every change of either goes through here.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.subscriptions.times import Quiet, next_slot
from bot.values.chats import ChatState, Mode, Preferences

if TYPE_CHECKING:
    from datetime import datetime

    from bot.ports.store import Store
    from bot.values.chats import Chat, Subscription, Term

STOPPED = "stopped"
"""The reason of a chat whose own people stopped it."""


def effective(chat: Chat, subscription: Subscription) -> Mode:
    """Return when what is followed comes: its own manner, else the chat's."""
    return subscription.mode or chat.preferences.mode


def on_break(chat: Chat, now: datetime) -> datetime | None:
    """Return until when a chat is on a break, if it is."""
    return chat.paused_until if chat.paused_until is not None and now < chat.paused_until else None


async def chosen(store: Store, chat: Chat, term: Term) -> Subscription | None:
    """Return what a chat chose for a term, if it chose anything."""
    of_chat = await store.subscriptions.of_chat(chat.id)
    return next((one for one in of_chat if (one.term.kind, one.term.value) == (term.kind, term.value)), None)


async def follow(store: Store, chat: Chat, wanted: Subscription, now: datetime) -> None:
    """Follow or mute a term, replacing the earlier choice.

    A chat without digest times gets the usual ones if the choice is to come in digests.
    """
    if wanted.mode is Mode.DIGEST and not chat.preferences.digest_times:
        usual = replace(chat.preferences, digest_times=Preferences().digest_times)
        chat = await prefer(store, chat, usual, now)
    digest_at = None if wanted.exclude else due(chat, chat.preferences, now)
    await store.subscriptions.follow(chat.id, wanted, now, digest_at)
    if wanted.exclude and wanted.until is None and not await follows(store, chat):
        await store.chats.prefer(chat.id, chat.preferences, None)


async def unfollow(store: Store, chat: Chat, term: Term) -> Subscription | None:
    """Forget what a chat chose for a term; return what it was."""
    return await store.subscriptions.unfollow(chat.id, term)


async def follows(store: Store, chat: Chat) -> bool:
    """Tell whether a chat follows anything: what it leaves out brings nothing."""
    return any(not one.exclude for one in await store.subscriptions.of_chat(chat.id))


async def prefer(store: Store, chat: Chat, wanted: Preferences, now: datetime) -> Chat:
    """Keep what a chat prefers.

    Changed times, quiet hours or zone move its next digest and nothing else.
    """
    digest_at = chat.digest_at
    if _timed(wanted) != _timed(chat.preferences):
        digest_at = due(chat, wanted, now) if await follows(store, chat) else None
    await store.chats.prefer(chat.id, wanted, digest_at)
    return replace(chat, preferences=wanted, digest_at=digest_at)


async def pause(store: Store, chat: Chat, until: datetime, now: datetime) -> Chat:
    """Send nothing until then, and what came together.

    A chat that was stopped goes on after it.
    """
    digest_at = until if await follows(store, chat) else None
    if chat.state is not ChatState.ACTIVE:
        await store.chats.resume(chat.id, digest_at, now)
    await store.chats.pause(chat.id, until, digest_at)
    return replace(chat, state=ChatState.ACTIVE, paused_until=until, digest_at=digest_at)


async def stop(store: Store, chat: Chat, now: datetime) -> Chat:
    """Send nothing until somebody says otherwise; what was chosen is kept."""
    if on_break(chat, now):
        await store.chats.pause(chat.id, None, chat.digest_at)
    await store.chats.set_state(chat.id, ChatState.PAUSED, STOPPED, now)
    return replace(chat, state=ChatState.PAUSED, reason=STOPPED, since=now, paused_until=None)


async def resume(store: Store, chat: Chat, now: datetime) -> Chat:
    """Send again.

    After a break all that came in it comes at once, after a stop only what comes from now on.
    """
    following = await follows(store, chat)
    on = replace(chat, state=ChatState.ACTIVE, paused_until=None)
    if chat.state is ChatState.ACTIVE:
        digest_at = _awake(chat.preferences, now) if following else None
        await store.chats.pause(chat.id, None, digest_at)
    else:
        digest_at = due(on, chat.preferences, now) if following else None
        await store.chats.resume(chat.id, digest_at, now)
    return replace(on, digest_at=digest_at)


async def hand_over(store: Store, before: Chat, after: Chat, now: datetime) -> None:
    """Let another chat have what one chose, which is left with nothing."""
    after = await prefer(store, after, before.preferences, now)
    for one in await store.subscriptions.of_chat(before.id):
        await follow(store, after, replace(one, thread=""), now)
        await unfollow(store, before, one.term)


def due(chat: Chat, preferences: Preferences, now: datetime) -> datetime | None:
    """Return when a chat's next digest is due.

    If the chat follows something, that is the end of a break, else its next slot. A chat without times gets one only
    for what was left for it.
    """
    until = on_break(chat, now)
    if until is not None:
        return until
    quiet = Quiet(preferences.quiet_from, preferences.quiet_to)
    slot = next_slot(preferences.digest_times, now, ZoneInfo(preferences.zone), quiet, preferences.digest_days)
    return slot or chat.digest_at


def _timed(preferences: Preferences) -> tuple[object, ...]:
    clock = preferences.digest_times, preferences.digest_days
    return clock, preferences.zone, preferences.quiet_from, preferences.quiet_to


def _awake(preferences: Preferences, now: datetime) -> datetime:
    """Return now, or the end of quiet hours."""
    return Quiet(preferences.quiet_from, preferences.quiet_to).ends(now, ZoneInfo(preferences.zone))
