"""/stop: nothing is sent until /resume; what was chosen is kept."""

from __future__ import annotations

from bot.subscriptions import choosing
from bot.values.messages import Choice, Choices, Message, Reply, paragraph
from bot.values.wording import Wording
from handlers.command import Command, Request

STOPPED = Wording(
    "খবর পাঠানো বন্ধ হলো। আপনার তালিকা রইল; চাইলে /resume লিখে আবার চালু করুন।",
    "Stopped. Your list is kept; /resume starts again.",
)
BREAK = Wording("⏸ শুধু ৮ ঘণ্টা", "⏸ only 8 hours")
BREAK_TYPED = Wording("বিরতি ৮ ঘণ্টা", "pause 8 hours")
ERASE = Wording("🧹 সব মুছুন", "🧹 erase all")
ERASE_TYPED = Wording("সেটিংস মুছুন", "settings erase")
RESUME = Wording("চালু", "resume")


async def run(request: Request) -> Reply:
    """Stop, and offer what may have been meant instead."""
    await choosing.stop(request.store, request.chat, request.now)
    text = request.words(STOPPED)
    on = request.words(RESUME)
    rows = (
        (Choice(request.words(BREAK), "pause", "8h", request.words(BREAK_TYPED)), Choice(on, "resume", typed=on)),
        (Choice(request.words(ERASE), "settings", "erase", request.words(ERASE_TYPED)),),
    )
    return Reply(Message((paragraph(text), Choices(rows)), brief=text))


COMMAND = Command(
    name="stop",
    summary=Wording("খবর পাঠানো বন্ধ করুন", "Stop sending"),
    run=run,
    changes_chat=True,
    aliases=("বন্ধ", "বন্ধ করুন", "বন্ধ করো", "থামুন", "থামো", "স্টপ", "off", "bondho", "bondo", "thamo"),
)
