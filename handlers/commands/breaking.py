"""/breaking #N: send a story to everybody who takes breaking news; asks first."""

from __future__ import annotations

from bot import newsroom
from bot.articles.card import card
from bot.bangla.normalise import key
from bot.messages import Choice, Choices, Message, Reply, paragraph
from bot.model import CardStyle, Role
from bot.newsroom import Story
from bot.wording import Wording
from handlers.command import Command, Request

WHICH = Wording("কোন খবর? নম্বর দিন, যেমন: /breaking #১২৩", "Which story? Give its number: /breaking #123")
GONE = Wording("খবরটি প্রত্যাহার করা হয়েছে; পাঠানো যাবে না।", "The story has been withdrawn; it cannot be sent.")
OLD = Wording("খবরটি ৪৮ ঘণ্টার বেশি পুরোনো; ব্রেকিং করা যাবে না।", "The story is older than 48 hours; it is not breaking any more.")
CONFIRM = Wording(
    "{n}টি চ্যাটে শব্দ করে যাবে, এর {m}টিতে এখন নীরব সময়।", "Goes to {n} chats with sound; {m} are in quiet hours."
)
SEND = Wording("🔴 পাঠান", "🔴 Send")
SILENT = Wording("শব্দ ছাড়া পাঠান", "Send without sound")
LEAVE = Wording("‹ থাক", "‹ Leave it")
LEFT = Wording("কিছু পাঠানো হয়নি।", "Nothing was sent.")
GOES = Wording("পাঠানো শুরু হলো: {n}টি চ্যাটে। অবস্থা: /reach #{number}", "Sending to {n} chats. How it goes: /reach #{number}")


async def run(request: Request) -> Reply:
    """Show what would go and to how many; `go` or `silent` does it."""
    first, _, how = key(request.argument).partition(" ")
    story = await newsroom.find(request.store, first)
    if story is None:
        return request.reply(WHICH)
    if story.is_withdrawn:
        return request.reply(GONE)
    if story.is_old(request.now):
        return request.reply(OLD)
    if how == "no":
        return request.reply(LEFT)
    chats, quiet = await request.store.subjects.audience(story.subject.id, request.now)
    if how not in ("go", "silent"):
        return _confirm(request, story, chats, quiet)
    await newsroom.announce(request.store, story, request.actor, request.now, loud=how == "go")
    return request.reply(GOES, n=chats, number=str(story.article.id))


def _confirm(request: Request, story: Story, chats: int, quiet: int) -> Reply:
    shown = card(story.article, CardStyle.SUMMARY, request.view, breaking=True)
    text = request.words(CONFIRM, n=chats, m=quiet)
    number = f"#{story.article.id}"
    row = tuple(
        Choice(request.words(label), "breaking", f"{number} {how}", f"breaking {number} {how}")
        for label, how in ((SEND, "go"), (SILENT, "silent"), (LEAVE, "no"))
    )
    parts = tuple(part for part in shown.parts if not isinstance(part, Choices))
    return Reply(Message((*parts, paragraph(text), Choices((row,))), brief=text))


COMMAND = Command(
    name="breaking",
    summary=Wording("খবরটি ব্রেকিং হিসেবে পাঠান", "Send a story as breaking news"),
    run=run,
    takes_argument=True,
    usage="#N",
    role=Role.EDITOR,
)
