"""/export: gives somebody all that is kept about them, as a file."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.subscriptions.own_data import OwnData
from bot.values.chats import ChatKind
from bot.values.messages import Choice, Choices, File, Link, Message, Reply, paragraph
from bot.values.wording import Wording
from handlers.command import Audience, Command, Group, Request

if TYPE_CHECKING:
    from datetime import datetime

HERE = Wording(
    "আপনার সব তথ্য এই ফাইলে: যা ফলো করেন, যা বাদ, সময় ও সেটিংস, জানানো ভুল, গত ৭ দিনে যা পাঠানো হয়েছে।",
    "All your data: what you follow and leave out, times and settings, mistakes you reported, what was sent in 7 days.",
)
NAME = Wording("khobor-amar-tothyo-{date}.json", "khobor-my-data-{date}.json")
NOTHING = Wording(
    "আপনার কোনো তথ্য জমা নেই; শুধু এই চ্যাটের নম্বর আর ভাষা।",
    "Nothing of yours is kept but this chat's number and language.",
)
ALONE = Wording("এটি শুধু বটের ইনবক্সে দেওয়া যায়।", "Only in a chat with the bot itself.")
INBOX = Wording("ইনবক্সে যান", "Open the inbox")
AGAIN = Wording("ফাইলটি {time} দেওয়া হয়েছে। আবার নেওয়া যাবে: {next}।", "You had it at {time}. Again from {next}.")
EVERY = timedelta(days=1)
SENT = timedelta(days=7)


async def run(request: Request) -> Reply:
    """Give the file, once a day, in private."""
    if request.chat.kind is not ChatKind.PRIVATE:
        return _elsewhere(request)
    given = request.chat.exported_at
    if given is not None and request.now < given + EVERY:
        return request.reply(AGAIN, time=_short(request, given), next=_short(request, given + EVERY))
    data = await _data(request)
    if data.is_empty:
        return request.reply(NOTHING)
    await request.store.chats.exported(request.chat.id, request.now)
    text = request.words(HERE)
    date = request.now.astimezone(request.zone).date().isoformat()
    file = File(request.words(NAME, date=date), data.written(request.now), "application/json")
    return Reply(Message((paragraph(text), file), brief=text), private=True)


async def _data(request: Request) -> OwnData:
    store, chat = request.store, request.chat
    return OwnData(
        chat,
        await store.subscriptions.of_chat(chat.id),
        await store.reader_reports.of_person(request.actor),
        await store.deliveries.sent(chat.id, request.now - SENT),
    )


def _elsewhere(request: Request) -> Reply:
    text, link = request.words(ALONE), request.traits.deep_link
    ways = (Choices(((Choice(request.words(INBOX), Link(link.format(start="export"))),),)),) if link else ()
    return Reply(Message((paragraph(text), *ways), brief=text), private=True)


def _short(request: Request, moment: datetime) -> str:
    return request.view.short(moment)


COMMAND = Command(
    name="export",
    summary=Wording("আমার সব তথ্য একটি ফাইলে", "All my data in a file"),
    run=run,
    audience=Audience.PERSON,
    alone=True,
    described=Wording("আপনার তথ্য একটি ফাইলে নিন", "Your data in one file"),
    group=Group.ARRANGE,
    order=9,
    aliases=("আমার তথ্য", "আমার তথ্য দিন", "আমার সব তথ্য", "my data", "amar tothyo", "amar data"),
)
