"""/status: is news arriving here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.subscriptions import choosing
from bot.subscriptions.outlook import ON_BREAK, next_digest, outlook
from bot.values.calls import call
from bot.values.chats import ChatState
from bot.values.messages import Choice, Choices, Message, Part, Reply, paragraph
from bot.values.wording import Wording
from handlers.command import Audience, Command, Group, Request

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.values.chats import Chat, Subscription

WELL = Wording("সব ঠিক আছে।", "All well.")
EMPTY = Wording("এখনো কোনো খবর আসেনি।", "No news yet.")
NEWEST = Wording("সর্বশেষ খবর: {time}।", "Last story: {time}.")
NEXT = Wording("পরের বার: {time}।", "Next: {time}.")
SENT = Wording("গত ৭ দিনে পাঠানো হয়েছে {n}টি।", "Sent in 7 days: {n}.")
NONE_SENT = Wording("গত ৭ দিনে কিছু পাঠানো হয়নি।", "Nothing was sent in 7 days.")
NOTHING_WAITS = Wording("সব পাঠানো হয়ে গেছে, কিছু আটকে নেই।", "Everything has been sent; nothing is stuck.")
WAITING = Wording("পাঠানো বাকি {n}টি।", "{n} waiting to be sent.")
ARCHIVE = Wording("জমা আছে {n}টি খবর।", "{n:story is|stories are} kept.")
NO_FOLLOWS = Wording("কিছু ফলো করছেন না, তাই নিজে থেকে কিছু আসবে না।", "You follow nothing, so nothing comes by itself.")
OFF = Wording("{day} থেকে পাঠানো বন্ধ: {reason}।", "Paused since {day}: {reason}.")
OFF_SINCE_UNKNOWN = Wording("পাঠানো বন্ধ: {reason}।", "Paused: {reason}.")
STOPPED = Wording("আপনি বন্ধ রেখেছেন", "you stopped it")
BLOCKED = Wording("বট ব্লক ছিল", "the bot was blocked")
THROWN_OUT = Wording("বটকে সরানো হয়েছিল", "the bot was removed")
DELETED = Wording("চ্যাটটি মুছে গেছে", "the chat was deleted")
NO_RIGHT = Wording("এখানে লেখার অনুমতি নেই", "the bot may not write here")
UNREACHABLE = Wording("চ্যাটে পৌঁছানো যাচ্ছিল না", "the chat could not be reached")
AGAIN = Wording("আবার চালু করুন", "switch on again")
FOLLOWING = Wording("📋 যা ফলো করছেন", "📋 What you follow")
REASONS = (
    ((choosing.STOPPED,), STOPPED),
    (("blocked",), BLOCKED),
    (("kicked", "removed", "thrown out", "left"), THROWN_OUT),
    (("deleted", "deactivated", "not found"), DELETED),
    (("right", "forbidden", "permission", "admin"), NO_RIGHT),
)
"""What platforms say, each in words that a reader knows; what none of them says is that the chat was out of reach."""


async def run(request: Request) -> Reply:
    """Say what is sent here and when.

    Say when the last story came and the next digest comes, and what waits.
    """
    sent, waiting = await request.store.deliveries.counts(request.chat.id, request.now)
    off = _off(request, request.chat)
    chosen = await request.store.subscriptions.of_chat(request.chat.id)
    lines = [off] if off else [await _well(request, sent, chosen)]
    lines.append(request.words(WAITING, n=waiting) if waiting else request.words(NOTHING_WAITS))
    follows = any(not one.exclude for one in chosen)
    comes = outlook(request.chat, chosen, request.now, request.view.due)
    if not follows:
        lines.append(request.words(NO_FOLLOWS))
    elif comes.ways and not off:
        lines.append(comes.said)
    lines.append(request.words(ARCHIVE, n=await request.store.articles.count()))
    parts: list[Part] = [paragraph(*lines)]
    if off or not follows:
        parts.append(Choices((_choices(request, off=bool(off)),)))
    elif comes.ways:
        parts.append(Choices((comes.ways,)))
    return Reply(Message(tuple(parts), brief=lines[0]))


async def _well(request: Request, sent: int, chosen: Sequence[Subscription]) -> str:
    newest, due = await request.store.articles.newest(), next_digest(request.chat, chosen, request.now)
    if newest is None:
        return request.words(EMPTY)
    said = [request.words(WELL), request.words(NEWEST, time=request.view.moment(newest.first_seen))]
    if due is not None:
        said.append(request.words(NEXT, time=request.view.due(due)))
    return " ".join((*said, request.words(SENT, n=sent) if sent else request.words(NONE_SENT)))


def _off(request: Request, chat: Chat) -> str:
    """Say since when nothing is sent, and why; "" if all is."""
    if chat.state is not ChatState.ACTIVE:
        reason = request.words(_reason(chat.reason))
        if chat.since is None:
            return request.words(OFF_SINCE_UNKNOWN, reason=reason)
        # The day alone: nobody needs the minute.
        return request.words(OFF, day=request.view.short(chat.since).rpartition(",")[0], reason=reason)
    until = choosing.on_break(chat, request.now)
    return request.words(ON_BREAK, time=request.view.due(until)) if until is not None else ""


def _reason(said: str) -> Wording:
    """Put a platform's reason in words."""
    for signs, wording in REASONS:
        if any(sign in said.casefold() for sign in signs):
            return wording
    return UNREACHABLE


def _choices(request: Request, *, off: bool) -> tuple[Choice, ...]:
    if off:
        return (Choice(request.words(AGAIN), call("resume")),)
    label = request.words(FOLLOWING)
    return (Choice(label, call("following")),)


COMMAND = Command(
    name="status",
    summary=Wording("খবর ঠিকমতো যাচ্ছে কি না", "Is news arriving here"),
    run=run,
    described=Wording("খবর ঠিকমতো যাচ্ছে কি না", "Is news arriving here"),
    audience=Audience.PERSON,
    or_here=True,
    group=Group.ARRANGE,
    order=3,
    helps=Wording("/status খবর ঠিকমতো আসছে কি না", "/status Is news arriving here"),
    aliases=("অবস্থা", "খবর আসছে না", "খবর আসছে না কেন", "খবর পাচ্ছি না", "obostha", "khobor ashe na", "khobor ase na"),
)
