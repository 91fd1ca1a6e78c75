"""/start: what this is, and what one can do first."""

from __future__ import annotations

from bot.messages import Choice, Choices, Heading, Message, Reply, paragraph
from bot.wording import Wording
from handlers.command import Command, Request

WELCOME = Wording("স্বাগতম! এটি {bot}।", "Welcome! This is {bot}.")
ABOUT = Wording(
    "বাংলা সংবাদমাধ্যমের খবর এখানে একসঙ্গে পাবেন: শিরোনাম, তিন বাক্যে মূল কথা, আর খবরটি কোথা থেকে এল।",
    "Bengali outlets in one place: the headline, the point in three sentences, and who reported it.",
)
TRY = Wording(
    "যা জানতে চান, লিখে পাঠান। যেমন: ইরান, ক্রিকেট, সিলেট।",
    "Send what you want to know. For example: Iran, cricket, Sylhet.",
)
LATEST = Wording("সর্বশেষ", "latest")
TODAY = Wording("আজকের খবর", "today")
HELP = Wording("সাহায্য", "help")


async def run(request: Request) -> Reply:
    """Welcome somebody; nothing is sent to a chat that chose nothing."""
    choices = tuple(
        Choice(request.words(label), command, typed=request.words(label))
        for label, command in ((LATEST, "latest"), (TODAY, "today"), (HELP, "help"))
    )
    welcome = request.words(WELCOME, bot=request.services.bot_name)
    about = paragraph(request.words(ABOUT))
    return Reply(Message((Heading(welcome), about, paragraph(request.words(TRY)), Choices((choices,))), brief=welcome))


COMMAND = Command(
    name="start",
    summary=Wording("শুরু করুন", "Begin"),
    run=run,
    aliases=("শুরু", "স্টার্ট", "shuru", "suru"),
)
