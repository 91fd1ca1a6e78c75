"""/pause [how long]: takes a break.

The news of the break comes together at its end.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from bot.bangla.normalise import key
from bot.subscriptions import choosing
from bot.subscriptions.saytimes import LONGEST_BREAK, read_wait
from bot.subscriptions.times import morning
from bot.values.calls import Lasting, OneOf, Unread, call
from bot.values.messages import Asks, Choice, Choices, Message, Reply, paragraph
from bot.values.wording import Wording
from handlers.command import BACK, Command, Group, Request
from handlers.params import Param

if TYPE_CHECKING:
    from datetime import datetime

    from bot.values.calls import Value
    from handlers.context import Context

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
SWITCH_ON = Wording("আবার চালু করুন", "switch on again")


class Break(NamedTuple):
    """A length of a break that is offered.

    It has its label, and other ways to say it.
    """

    value: OneOf | Lasting
    label: Wording
    also: tuple[str, ...] = ()


HOUR = Break(Lasting(3600), Wording("১ ঘণ্টা", "1 hour"))
EIGHT = Break(Lasting(8 * 3600), Wording("৮ ঘণ্টা", "8 hours"))
MORNING = Break(
    OneOf("morning"),
    Wording("কাল সকাল পর্যন্ত", "until tomorrow morning"),
    ("morning", "সকাল পর্যন্ত", "কাল সকাল", "till tomorrow morning", "tomorrow morning", "until morning", "tomorrow"),
)
OFF = Break(
    OneOf("off"),
    Wording("নিজে চালু না করা পর্যন্ত", "until I switch it on"),
    ("off", "চালু না করা পর্যন্ত", "until resumed", "until i resume", "forever"),
)
WAITS = (HOUR, EIGHT, MORNING, OFF)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanParam(Param[OneOf | Lasting]):
    """How long a break lasts.

    It lasts a span, until tomorrow morning, or until one switches it on.
    """

    takes = (OneOf, Lasting)
    many: bool = True

    def fits(self, text: str) -> bool:
        """Return whether a text says how long.

        «বিরতি চুক্তি» does not: it is a question about a truce.
        """
        return any(_is(wait, text) for wait in WAITS) or read_wait(text) is not None

    def admits(self, value: Value) -> bool:
        """Admit what can be offered or read."""
        if isinstance(value, Lasting):
            return 0 < value.seconds <= LONGEST_BREAK.total_seconds()
        return any(value == wait.value for wait in WAITS)

    async def read(self, text: str, at: Context) -> OneOf | Lasting | Unread:
        """Read the span."""
        del at
        named = next((wait for wait in WAITS if _is(wait, text)), None)
        if named is not None:
            return named.value
        span = read_wait(text)
        return Lasting(int(span.total_seconds())) if span is not None else Unread(text)


SPAN = SpanParam(name="span", sign="8h", label=Wording("কতক্ষণ", "How long"))


async def run(request: Request) -> Reply:
    """Take a break, or ask how long."""
    span = request.get(SPAN)
    if span is None:
        return _ask(request, UNCLEAR if request.unread(SPAN) else ASK)
    if span == OFF.value:
        await choosing.stop(request.store, request.chat, request.now)
        return _done(request, request.words(STOPPED))
    until = _until(request, span)
    await choosing.pause(request.store, request.chat, until, request.now)
    return _done(request, request.words(PAUSED, time=request.view.due(until)))


def _until(request: Request, span: OneOf | Lasting) -> datetime:
    if isinstance(span, Lasting):
        return request.now + timedelta(seconds=span.seconds)
    return morning(request.now, request.zone)


def _is(wait: Break, text: str) -> bool:
    return key(text) in {*map(key, wait.label), *map(key, wait.also)}


def _ask(request: Request, wording: Wording) -> Reply:
    text = request.words(wording)
    choices = [Choice(request.words(wait.label), call("pause", span=wait.value)) for wait in WAITS]
    back = (Choice(request.words(BACK), call("settings")),) if request.traits.buttons else ()
    rows = (tuple(choices[:2]), (choices[2],), (choices[3],), back)
    message = Message((paragraph(text), Choices(tuple(row for row in rows if row))), brief=text)
    return Reply(message, replaces=True, asks=Asks(call("pause"), SPAN.name))


def _done(request: Request, text: str) -> Reply:
    on = Choice(request.words(SWITCH_ON), call("resume"))
    return Reply(Message((paragraph(text), Choices(((on,),))), brief=text), replaces=True)


COMMAND = Command(
    name="pause",
    summary=Wording("কিছুক্ষণের বিরতি", "Take a break"),
    run=run,
    params=(SPAN,),
    changes_chat=True,
    group=Group.UNLISTED,
    aliases=("বিরতি", "বিরতি নিন", "biroti"),
)
