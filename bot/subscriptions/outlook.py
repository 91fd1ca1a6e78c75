"""Says what will come to a chat by itself, and when.

Every screen that promises news says it by these words. It does no I/O.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.subscriptions import choosing
from bot.values.calls import Change, OneOf, call
from bot.values.chats import Breaking, ChatState, Mode
from bot.values.messages import Choice
from bot.values.wording import Wording, say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from bot.values.chats import Chat, Subscription

OFF = Wording("খবর পাঠানো বন্ধ আছে।", "Sending is off.")
ON_BREAK = Wording("{time} পর্যন্ত বিরতি চলছে।", "A break is on until {time}.")
NOTHING = Wording("এভাবে কোনো খবরই আসবে না।", "Nothing would come this way.")
NEXT = Wording("পরের বার: {time}", "Next: {time}")
ON_AGAIN = Wording("▶️ আবার চালু করুন", "▶️ Switch on again")
BREAKING_ON = Wording("ব্রেকিং চালু করুন", "Switch breaking on")
OTHER_TIMES = Wording("⏰ সময় বদলান", "⏰ Change times")


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is to be said of what comes.

    It is "" if there is nothing to say. ``ways`` are choices that mend a chat to which nothing comes.
    """

    said: str = ""
    ways: tuple[Choice, ...] = ()


def outlook(chat: Chat, chosen: Sequence[Subscription], now: datetime, short: Callable[[datetime], str]) -> Outlook:
    """Say whether anything comes to a chat, and the next digest.

    ``short`` prints a moment for it.
    """
    language = chat.language
    again = (Choice(say(ON_AGAIN, language), call("resume")),)
    if chat.state is not ChatState.ACTIVE:
        return Outlook(say(OFF, language), again)
    if (until := choosing.on_break(chat, now)) is not None:
        return Outlook(say(ON_BREAK, language, time=short(until)), again)
    if any(not one.exclude for one in chosen) and not brings(chat, chosen):
        ways = (
            Choice(say(BREAKING_ON, language), call("settings", change=Change("breaking", OneOf("day")))),
            Choice(say(OTHER_TIMES, language), call("settings", change=Change("time"))),
        )
        return Outlook(say(NOTHING, language), ways)
    due = next_digest(chat, chosen, now)
    return Outlook(say(NEXT, language, time=short(due))) if due is not None else Outlook()


def brings(chat: Chat, chosen: Sequence[Subscription]) -> bool:
    """Tell whether what was chosen can bring anything.

    Only breaking news, and never any, bring nothing.
    """
    followed = [one for one in chosen if not one.exclude]
    if chat.preferences.breaking is not Breaking.NEVER:
        return bool(followed)
    return any(choosing.effective(chat, one) is not Mode.BREAKING for one in followed)


def next_digest(chat: Chat, chosen: Sequence[Subscription], now: datetime) -> datetime | None:
    """Return when the next digest comes.

    Return None if nothing is sent now, or nothing that is followed comes in digests.
    """
    due = chat.digest_at
    if chat.state is not ChatState.ACTIVE or due is None or due <= now:
        return None
    in_digests = any(choosing.effective(chat, one) is Mode.DIGEST for one in chosen if not one.exclude)
    return due if in_digests else None
