"""/start: what this is, and what one can do first."""

from __future__ import annotations

from bot.messages import Choice, Choices, Heading, Message, Reply, paragraph
from bot.model import ChatState
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
REGULARLY = Wording(
    "নিয়মিত পেতে লিখুন: ফলো ইরান। সকাল ৮টা ও রাত ৯টায় একসঙ্গে আসবে; সেটিংসে বদলানো যায়।",
    "To get it regularly, write: follow Iran. It comes together at 8 am and 9 pm; settings change that.",
)
AGAIN = Wording("আবার দেখে ভালো লাগল। আগের তালিকা আছে।", "Good to see you again. Your list is still here.")
SWITCH_ON = Wording("চালু করুন", "switch on")
ANEW = Wording("নতুন করে সাজান", "arrange anew")
LATEST = Wording("সর্বশেষ", "latest")
TODAY = Wording("আজকের খবর", "today")
TOPICS = Wording("বিভাগ", "topics")
HELP = Wording("সাহায্য", "help")
RESUME = Wording("চালু", "resume")
SETTINGS = Wording("সেটিংস", "settings")


async def run(request: Request) -> Reply:
    """Welcome somebody, or somebody back; nothing is sent to a chat that chose nothing."""
    if request.chat.state is not ChatState.ACTIVE:
        return _back(request)
    choices = tuple(
        Choice(request.words(label), command, typed=request.words(label))
        for label, command in ((LATEST, "latest"), (TODAY, "today"), (TOPICS, "topics"), (HELP, "help"))
    )
    welcome = request.words(WELCOME, bot=request.services.bot_name)
    texts = [paragraph(request.words(wording)) for wording in (ABOUT, TRY, REGULARLY)]
    return Reply(Message((Heading(welcome), *texts, Choices((choices,))), brief=welcome))


def _back(request: Request) -> Reply:
    """Offer to go on where it stopped: nothing is sent again without being asked for."""
    text = request.words(AGAIN)
    row = (
        Choice(request.words(SWITCH_ON), "resume", typed=request.words(RESUME)),
        Choice(request.words(ANEW), "settings", typed=request.words(SETTINGS)),
    )
    return Reply(Message((paragraph(text), Choices((row,))), brief=text))


COMMAND = Command(
    name="start",
    summary=Wording("শুরু করুন", "Begin"),
    run=run,
    aliases=("শুরু", "স্টার্ট", "shuru", "suru"),
)
