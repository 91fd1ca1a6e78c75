"""/withdraw #N REASON: take a story back wherever it was sent; asks first.

All that was said so far stands in the argument («#123 REASON | go»), so that a restart in between loses nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.bangla.normalise import key
from bot.editing import stories
from bot.values.chats import Role
from bot.values.messages import Asks, Choice, Choices, Message, Reply, paragraph, plain
from bot.values.wording import Wording
from handlers.command import Command, Request

if TYPE_CHECKING:
    from bot.editing.stories import EditedStory

WHICH = Wording(
    "কোন খবর? নম্বরটি দিন, যেমন: /withdraw #{id}", "Which story? Give its number, for example: /withdraw #{id}"
)
REASON = Wording("কারণটি এক বাক্যে লিখুন; পাঠক এটি দেখবেন।", "The reason in one sentence; readers will see it.")
ALREADY = Wording("খবরটি আগেই প্রত্যাহার করা হয়েছে।", "The story has been withdrawn already.")
CONFIRM = Wording(
    "খবরটি {n}টি চ্যাট থেকে প্রত্যাহার হবে। কারণ: ‘{reason}’। ফেরানো যাবে না।",
    "Withdraw from {n} chats? Reason: ‘{reason}’. Cannot be undone.",
)
DONE = Wording("খবরটি প্রত্যাহার করা হলো।", "The story has been withdrawn.")
DO = Wording("🚫 প্রত্যাহার করুন", "🚫 Withdraw")
LEAVE = Wording("‹ থাক", "‹ Leave it")
LEFT = Wording("থাক। কিছু বদলানো হয়নি।", "Left. Nothing was changed.")
TYPED = {"go": Wording("প্রত্যাহার করুন", "withdraw it"), "no": Wording("থাক", "leave")}
LABELS = {"go": DO, "no": LEAVE}
MARKS = {key(word): mark for mark, wording in TYPED.items() for word in (mark, *wording)}
EXAMPLE = "123"


async def run(request: Request) -> Reply:
    """Ask for what is missing, say how many chats it is, then do it."""
    number, rest = stories.part(request.argument)
    story = await stories.find(request.store, number)
    if story is None:
        return request.reply(WHICH, id=EXAMPLE)
    if story.is_withdrawn:
        return request.reply(ALREADY)
    reason, mark = _parsed(rest)
    if mark == "no":
        return request.reply(LEFT)
    if not reason:
        return Reply(plain(request.words(REASON)), asks=Asks("withdraw", story.name, free=True))
    return await _do(request, story, reason) if mark == "go" else await _confirm(request, story, reason)


def _parsed(rest: str) -> tuple[str, str]:
    """Part what is to be done from the reason; an unknown word behind the stroke belongs to the reason."""
    before, _, last = rest.rpartition("|")
    mark = MARKS.get(key(last), "")
    return " ".join((before if mark else rest).strip(" |").split()), mark


async def _confirm(request: Request, story: EditedStory, reason: str) -> Reply:
    places = await request.store.subjects.shown_in(story.subject.id)
    text = request.words(CONFIRM, n=places, reason=reason)
    so_far = f"{story.name} {reason} |"
    row = tuple(
        Choice(request.words(label), "withdraw", f"{so_far} {mark}", request.words(TYPED[mark]))
        for mark, label in LABELS.items()
    )
    message = Message((paragraph(story.article.headline), paragraph(text), Choices((row,))), brief=text)
    return Reply(message, asks=Asks("withdraw", so_far))


async def _do(request: Request, story: EditedStory, reason: str) -> Reply:
    await stories.withdraw(request.store, story, reason, request.actor, request.now)
    after = await stories.find(request.store, story.name) or story
    found = await stories.reach(request.store, after, request.now)
    count = stories.counted(found, after, request.now, request.language)
    live = stories.watch(request.store, after, request.now, request.language)
    message = Message((paragraph(request.words(DONE)), *count.parts), brief=count.brief)
    return Reply(message, replaces=True, live=live)


COMMAND = Command(
    name="withdraw",
    summary=Wording("খবরটি প্রত্যাহার করুন", "Withdraw a story"),
    run=run,
    takes_argument=True,
    usage="#N REASON",
    role=Role.EDITOR,
    longest=1000,
    fits=stories.names_a_story,
)
