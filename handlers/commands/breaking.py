"""/breaking #N: sends a story to all who take breaking news.

It asks first.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.articles.card.card import card
from bot.editing import stories
from bot.values.calls import Numbered, OneOf, call
from bot.values.chats import CardStyle, Role
from bot.values.messages import Asks, Choice, Choices, Message, MessageSort, Reply, paragraph
from bot.values.wording import Wording
from handlers.command import LEAVE_IT, Command, Request
from handlers.params import OneOfParam
from handlers.stories import ONCE, STORY, SURE, drawn, meant

if TYPE_CHECKING:
    from bot.editing.stories import EditedStory

WHICH = Wording(
    "কোন খবর? নম্বরটি দিন, যেমন: /breaking #{id}", "Which story? Give its number, for example: /breaking #{id}"
)
GONE = Wording("খবরটি প্রত্যাহার করা হয়েছে; পাঠানো যাবে না।", "The story has been withdrawn; it cannot be sent.")
OLD = Wording(
    "খবরটি ৪৮ ঘণ্টার বেশি পুরোনো; ব্রেকিং হিসেবে পাঠানো যাবে না।",
    "The story is older than 48 hours; it cannot go out as breaking.",
)
ALREADY = Wording("খবরটি আগেই ব্রেকিং হিসেবে পাঠানো হয়েছে।", "The story has gone out as breaking already.")
NOBODY = Wording(
    "ব্রেকিং পাওয়ার মতো কোনো চ্যাট নেই, বা সবাই খবরটি পেয়েছে।", "No chat takes breaking news, or all of them have this story."
)
CONFIRM = Wording(
    "{n}টি চ্যাটে যাবে; এর {total}টিতে এখন নীরব সময়, সেখানে শব্দ হবে না।",
    "Goes to {n:chat|chats}; {total:is|are} in quiet hours and will hear no sound.",
)
CONFIRM_AWAKE = Wording("{n}টি চ্যাটে যাবে।", "Goes to {n:chat|chats}.")
SEND = Wording("🔴 পাঠান", "🔴 Send")
SILENT = Wording("শব্দ ছাড়া পাঠান", "Send without sound")
LEFT = Wording("থাক। কিছু পাঠানো হয়নি।", "Left. Nothing was sent.")
GOES = Wording("পাঠানো শুরু হলো: {n}টি চ্যাটে।", "Sending to {n:chat|chats}.")
TYPED = {"go": ("পাঠান", "send", *SURE), "silent": Wording("শব্দ ছাড়া", "silent"), "no": Wording("থাক", "leave")}
LABELS = {"go": SEND, "silent": SILENT, "no": LEAVE_IT}


HOW = OneOfParam(name="how", options=TYPED)


async def run(request: Request) -> Reply:
    """Show what would go and to how many.

    `go` or `silent` does it. Whatever forbids it is checked each time.
    """
    story = await meant(request, WHICH)
    if isinstance(story, Reply):
        return story
    if (refusal := _refusal(request, story)) is not None:
        return request.reply(refusal)
    how = request.get(HOW)
    if how == OneOf("no"):
        return request.reply(LEFT)
    chats, quiet = await stories.audience(request.store, story, request.now)
    if not chats:
        return request.reply(NOBODY)
    return await _send(request, story, chats, how) if how else _confirm(request, story, chats, quiet)


def _refusal(request: Request, story: EditedStory) -> Wording | None:
    if story.is_withdrawn:
        return GONE
    if story.is_breaking:
        return ALREADY
    return OLD if story.is_old(request.now) else None


def _confirm(request: Request, story: EditedStory, chats: int, quiet: int) -> Reply:
    shown = card(story.article, CardStyle.SUMMARY, request.view, breaking=True)
    text = request.words(CONFIRM if quiet else CONFIRM_AWAKE, n=chats, total=quiet)
    so_far = call("breaking", story=Numbered(story.article.id), once=drawn())
    row = tuple(Choice(request.words(label), so_far.filled(HOW.name, OneOf(how))) for how, label in LABELS.items())
    parts = shown.told
    message = replace(shown, parts=(*parts, paragraph(text), Choices((row,))), brief=text, sort=MessageSort.ANSWER)
    return Reply(message, asks=Asks(so_far, HOW.name, chosen=True))


async def _send(request: Request, story: EditedStory, chats: int, how: OneOf) -> Reply:
    loud, once = how == OneOf("go"), request.get(ONCE)
    idempotency_key = once.idempotency_key if once is not None else ""
    if not await stories.announce(
        request.store, story, request.actor, request.now, loud=loud, idempotency_key=idempotency_key
    ):
        return request.reply(ALREADY)
    text = request.words(GOES, n=chats)
    live = stories.watch_arrivals(request.store, story, request.now, request.language)
    return Reply(Message((paragraph(text),), brief=text), replaces=True, live=live)


COMMAND = Command(
    name="breaking",
    summary=Wording("খবরটি ব্রেকিং হিসেবে পাঠান", "Send a story as breaking news"),
    run=run,
    params=(STORY, HOW, ONCE),
    role=Role.EDITOR,
)
