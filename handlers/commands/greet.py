"""A greeting or thanks, answered as people do; no list of commands names it."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.values.wording import Wording
from handlers.command import Command, Request

if TYPE_CHECKING:
    from bot.values.messages import Reply

HELLO = Wording("শুভেচ্ছা। কী জানতে চান, লিখুন।", "Hello. What would you like to know?")
THANKS = Wording("আপনাকেও ধন্যবাদ।", "Thank you too.")
_THANKS = "thanks"
_GREETINGS = (
    *("সালাম", "আসসালামু আলাইকুম", "আস্সালামু আলাইকুম", "নমস্কার", "আদাব", "হাই", "হ্যালো", "হেলো", "শুভেচ্ছা"),
    *("শুভ সকাল", "শুভ সন্ধ্যা", "hi", "hello", "hey", "salam", "assalamu alaikum", "nomoskar", "namaskar"),
    *("good morning", "👋"),
)
_THANKFUL = (
    *("ধন্যবাদ", "অনেক ধন্যবাদ", "ওকে", "ঠিক আছে", "আচ্ছা"),
    *("thanks", "thank you", "thx", "ok", "okay", "dhonnobad", "thik ache", "👍", "🙏", "❤️"),
)


async def run(request: Request) -> Reply:
    """Answer in kind."""
    return request.reply(THANKS if request.argument == _THANKS else HELLO)


COMMAND = Command(
    name="greet",
    summary=Wording("শুভেচ্ছা ও ধন্যবাদ", "Greetings and thanks"),
    run=run,
    hidden=True,
    exact=MappingProxyType({**dict.fromkeys(_GREETINGS, ""), **dict.fromkeys(_THANKFUL, _THANKS)}),
)
