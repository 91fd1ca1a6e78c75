"""/stop: nothing is sent until /resume; what was chosen is kept."""

from __future__ import annotations

from bot.subscriptions import choosing
from bot.values.calls import Change, Lasting, call
from bot.values.messages import Choice, Choices, Message, Reply, paragraph
from bot.values.wording import Wording
from handlers.command import Command, Group, Request

STOPPED = Wording(
    "খবর পাঠানো বন্ধ হলো। আপনার তালিকা রইল; চাইলে /resume লিখে আবার চালু করুন।",
    "Stopped. Your list is kept; /resume starts again.",
)
BREAK = Wording("⏸ শুধু ৮ ঘণ্টা", "⏸ only 8 hours")
EIGHT_HOURS = 8 * 3600
ERASE = Wording("🧹 সব মুছুন", "🧹 erase all")
RESUME = Wording("আবার চালু করুন", "switch on again")


async def run(request: Request) -> Reply:
    """Stop, and offer what may have been meant instead."""
    await choosing.stop(request.store, request.chat, request.now)
    text = request.words(STOPPED)
    on = request.words(RESUME)
    rows = (
        (
            Choice(request.words(BREAK), call("pause", span=Lasting(EIGHT_HOURS))),
            Choice(request.words(ERASE), call("settings", change=Change("erase"))),
        ),
        (Choice(on, call("resume")),),
    )
    return Reply(Message((paragraph(text), Choices(rows)), brief=text))


COMMAND = Command(
    name="stop",
    summary=Wording("খবর পাঠানো বন্ধ করুন", "Stop sending"),
    run=run,
    group=Group.ARRANGE,
    order=4,
    helps=Wording("/stop কিছুক্ষণের বিরতি, বা একেবারে বন্ধ", "/stop Pause for a while, or end it"),
    changes_chat=True,
    aliases=("বন্ধ", "বন্ধ করুন", "বন্ধ করো", "থামুন", "থামো", "স্টপ", "off", "bondho", "bondo", "thamo"),
)
