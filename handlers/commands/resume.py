"""/resume: send again, after a stop or a break."""

from __future__ import annotations

from bot.subscriptions import choosing
from bot.subscriptions.outlook import NOTHING as NOTHING_COMES
from bot.subscriptions.outlook import next_digest, outlook
from bot.values.calls import call
from bot.values.chats import ChatState
from bot.values.messages import Choice, Choices, Message, Reply, paragraph
from bot.values.wording import Wording
from handlers.command import Command, Group, Request

ON = Wording("খবর পাঠানো আবার চালু।", "News is on again.")
WAS_ON = Wording("খবর পাঠানো চালুই আছে।", "Sending is on already.")
NEXT = Wording("পরের বার: {time}।", "Next: {time}.")
NOTHING = Wording("তবে এখনো কিছু ফলো করছেন না।", "But you follow nothing yet.")
FOLLOWING = Wording("📋 যা ফলো করছেন", "📋 What you follow")


async def run(request: Request) -> Reply:
    """Go on; say when the next digest comes."""
    chat = request.chat
    stopped = chat.state is not ChatState.ACTIVE or choosing.on_break(chat, request.now) is not None
    if stopped:
        chat = await choosing.resume(request.store, chat, request.now)
    said = [request.words(ON if stopped else WAS_ON)]
    chosen = await request.store.subscriptions.of_chat(chat.id)
    if (due := next_digest(chat, chosen, request.now)) is not None:
        said.append(request.words(NEXT, time=request.view.due(due)))
    text = " ".join(said)
    if comes := outlook(chat, chosen, request.now, request.view.due).ways:
        return Reply(Message((paragraph(text, request.words(NOTHING_COMES)), Choices((comes,))), brief=text))
    if any(not one.exclude for one in chosen):
        return Reply(Message((paragraph(text),), brief=text))
    label = request.words(FOLLOWING)
    choices = Choices(((Choice(label, call("following")),),))
    return Reply(Message((paragraph(f"{text} {request.words(NOTHING)}"), choices), brief=text))


COMMAND = Command(
    name="resume",
    summary=Wording("খবর পাঠানো আবার চালু করুন", "Start sending again"),
    run=run,
    group=Group.UNLISTED,
    changes_chat=True,
    aliases=(
        "চালু",
        "চালু করুন",
        "আবার চালু",
        "আবার চালু করুন",
        "আবার শুরু",
        "বিরতি শেষ",
        "biroti shesh",
        "on",
        "chalu",
        "abar chalu",
    ),
)
