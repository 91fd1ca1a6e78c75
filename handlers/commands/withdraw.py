"""/withdraw #N REASON: take a story back wherever it was sent; asks first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot import newsroom
from bot.articles.counting import counted
from bot.bangla.normalise import display, key
from bot.messages import Asks, Choice, Choices, Message, Reply, paragraph, plain
from bot.model import Role
from bot.wording import Wording
from handlers.command import Command, Request

if TYPE_CHECKING:
    from bot.newsroom import Story

WHICH = Wording("কোন খবর? নম্বর দিন, যেমন: /withdraw #১২৩", "Which story? Give its number: /withdraw #123")
REASON = Wording("কারণটি এক বাক্যে লিখুন; পাঠক এটি দেখবেন।", "Write the reason in one sentence; readers will see it.")
ALREADY = Wording("খবরটি আগেই প্রত্যাহার করা হয়েছে।", "The story has been withdrawn already.")
CONFIRM = Wording(
    "খবরটি {n}টি চ্যাট থেকে প্রত্যাহার হবে। কারণ: ‘{reason}’। ফেরানো যাবে না।",
    "Withdraw from {n} chats? Reason: ‘{reason}’. Cannot be undone.",
)
DO = Wording("🚫 প্রত্যাহার করুন", "🚫 Withdraw")
LEAVE = Wording("‹ থাক", "‹ Leave it")
LEFT = Wording("কিছু বদলানো হয়নি।", "Nothing was changed.")
MARKS = {"go": True, "no": False}


async def run(request: Request) -> Reply:
    """Ask for what is missing, say how many chats it is, then do it."""
    first, _, rest = display(request.argument).strip().partition(" ")
    story = await newsroom.find(request.store, key(first))
    if story is None:
        return request.reply(WHICH)
    if story.is_withdrawn:
        return request.reply(ALREADY)
    reason, _, mark = rest.strip().rpartition(" ")
    decided = MARKS.get(key(mark))
    if decided is None:
        reason = rest.strip()
    if not reason:
        return Reply(plain(request.words(REASON)), asks=Asks("withdraw", f"#{story.article.id}"))
    if decided is None:
        return await _confirm(request, story, reason)
    return await _do(request, story, reason) if decided else request.reply(LEFT)


async def _confirm(request: Request, story: Story, reason: str) -> Reply:
    reach = await newsroom.reach(request.store, story, request.now)
    text = request.words(CONFIRM, n=reach.total, reason=reason)
    row = tuple(
        Choice(request.words(label), "withdraw", f"{about} {mark}", f"withdraw {about} {mark}")
        for about in (f"#{story.article.id} {reason}",)
        for label, mark in ((DO, "go"), (LEAVE, "no"))
    )
    return Reply(Message((paragraph(story.article.headline), paragraph(text), Choices((row,))), brief=text))


async def _do(request: Request, story: Story, reason: str) -> Reply:
    await newsroom.withdraw(request.store, story, reason, request.actor, request.now)

    async def live() -> Message | None:
        reach = await newsroom.reach(request.store, story, request.now)
        return counted(reach, story.article.id, request.language) if reach.waiting else None

    reach = await newsroom.reach(request.store, story, request.now)
    return Reply(counted(reach, story.article.id, request.language), live=live)


COMMAND = Command(
    name="withdraw",
    summary=Wording("খবরটি প্রত্যাহার করুন", "Withdraw a story"),
    run=run,
    takes_argument=True,
    usage="#N REASON",
    role=Role.EDITOR,
    longest=1000,
)
