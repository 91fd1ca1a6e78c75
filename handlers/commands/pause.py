"""/pause [how long]: a break; what came meanwhile comes together at its end."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from bot.bangla.normalise import key
from bot.subscriptions import choosing
from bot.subscriptions.saytimes import read_wait
from bot.subscriptions.times import morning
from bot.values.messages import Asks, Choice, Choices, Message, Reply, paragraph
from bot.values.wording import Wording
from handlers.command import Command, Request

if TYPE_CHECKING:
    from datetime import datetime

ASK = Wording("কতক্ষণ?", "How long?")
UNCLEAR = Wording(
    "কতক্ষণ, বুঝতে পারলাম না। এভাবে লিখুন: ৩ ঘণ্টা, ২ দিন, অথবা কাল সকাল পর্যন্ত।",
    "How long was not clear. Write: 3 hours, 2 days, or until tomorrow morning.",
)
PAUSED = Wording(
    "{time} পর্যন্ত কিছু আসবে না; এরপর জমে থাকা খবর একসঙ্গে পাবেন।", "Nothing until {time}; then what gathered, together."
)
STOPPED = Wording(
    "নিজে চালু না করা পর্যন্ত কিছু আসবে না। আবার চালু করতে লিখুন: চালু।",
    "Nothing until you switch it on. To start again, write: resume.",
)
TYPED = Wording("বিরতি {wait}", "pause {wait}")
RESUME = Wording("চালু", "resume")
SWITCH_ON = Wording("আবার চালু করুন", "switch on again")


class Wait(NamedTuple):
    """A length that is offered: what it is called, and other ways to say it."""

    key: str
    label: Wording
    also: tuple[str, ...] = ()


HOUR = Wait("1h", Wording("১ ঘণ্টা", "1 hour"))
EIGHT = Wait("8h", Wording("৮ ঘণ্টা", "8 hours"))
MORNING = Wait(
    "morning",
    Wording("কাল সকাল পর্যন্ত", "until tomorrow morning"),
    ("সকাল পর্যন্ত", "কাল সকাল", "till tomorrow morning", "tomorrow morning", "until morning", "tomorrow"),
)
OFF = Wait(
    "off",
    Wording("নিজে চালু না করা পর্যন্ত", "until I switch it on"),
    ("চালু না করা পর্যন্ত", "until resumed", "until i resume", "forever"),
)
WAITS = (HOUR, EIGHT, MORNING, OFF)


async def run(request: Request) -> Reply:
    """Take a break for as long as was said, or ask how long."""
    if not request.argument:
        return _ask(request, ASK)
    if _is(OFF, request.argument):
        await choosing.stop(request.store, request.chat, request.now)
        return _done(request, request.words(STOPPED))
    until = _until(request)
    if until is None:
        return _ask(request, UNCLEAR)
    await choosing.pause(request.store, request.chat, until, request.now)
    return _done(request, request.words(PAUSED, time=request.view.short(until)))


def _until(request: Request) -> datetime | None:
    if _is(MORNING, request.argument):
        return morning(request.now, ZoneInfo(request.chat.zone))
    wait = read_wait(request.argument)
    return request.now + wait if wait is not None else None


def _is(wait: Wait, text: str) -> bool:
    return key(text) in {wait.key, *map(key, wait.label), *map(key, wait.also)}


def _fits(text: str) -> bool:
    """Tell whether a text says how long: «বিরতি চুক্তি» is a question about a truce."""
    return any(_is(wait, text) for wait in WAITS) or read_wait(text) is not None


def _ask(request: Request, wording: Wording) -> Reply:
    text = request.words(wording)
    choices = [
        Choice(request.words(wait.label), "pause", wait.key, request.words(TYPED, wait=request.words(wait.label)))
        for wait in WAITS
    ]
    rows = (tuple(choices[:2]), (choices[2],), (choices[3],))
    return Reply(Message((paragraph(text), Choices(rows)), brief=text), asks=Asks("pause"))


def _done(request: Request, text: str) -> Reply:
    on = Choice(request.words(SWITCH_ON), "resume", typed=request.words(RESUME))
    return Reply(Message((paragraph(text), Choices(((on,),))), brief=text))


COMMAND = Command(
    name="pause",
    summary=Wording("কিছুক্ষণের বিরতি", "Take a break"),
    run=run,
    takes_argument=True,
    usage="[8h]",
    changes_chat=True,
    fits=_fits,
    aliases=("বিরতি", "বিরতি নিন", "biroti"),
)
