"""/withdraw #N REASON: withdraws a story wherever it was sent.

It asks first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.editing import stories
from bot.values.calls import Numbered, OneOf, Text, call
from bot.values.chats import Role
from bot.values.forms import BlankForm, FormField
from bot.values.messages import Asks, Choice, Choices, Message, Reply, paragraph
from bot.values.wording import Wording
from handlers.command import LEAVE_IT, Command, Request, asking
from handlers.params import OneOfParam, TextParam
from handlers.stories import STORY, SURE, meant

if TYPE_CHECKING:
    from bot.editing.stories import EditedStory

WHICH = Wording(
    "কোন খবর? নম্বরটি দিন, যেমন: /withdraw #{id}", "Which story? Give its number, for example: /withdraw #{id}"
)
REASON = Wording("কারণটি এক বাক্যে লিখুন; পাঠক এটি দেখবেন।", "The reason in one sentence; readers will see it.")
ALREADY = Wording("খবরটি আগেই প্রত্যাহার করা হয়েছে।", "The story has been withdrawn already.")
CONFIRM = Wording(
    "খবরটি {n}টি চ্যাট থেকে প্রত্যাহার হবে। কারণ: ‘{reason}’। ফেরানো যাবে না।",
    "Withdraw from {n:chat|chats}? Reason: ‘{reason}’. Cannot be undone.",
)
CONFIRM_UNSENT = Wording(
    "খবরটি কোনো চ্যাটে পাঠানো হয়নি; তালিকায় কাটা দেখাবে। কারণ: ‘{reason}’। ফেরানো যাবে না।",
    "Sent to no chat; it will stand struck in lists. Reason: ‘{reason}’. Cannot be undone.",
)
DONE = Wording("খবরটি প্রত্যাহার করা হলো।", "The story has been withdrawn.")
DO = Wording("🚫 প্রত্যাহার করুন", "🚫 Withdraw")
LEFT = Wording("থাক। কিছু বদলানো হয়নি।", "Left. Nothing was changed.")
TYPED = {"go": ("প্রত্যাহার করুন", "withdraw it", *SURE), "no": Wording("থাক", "leave")}
LABELS = {"go": DO, "no": LEAVE_IT}


FIELD = FormField("reason", Wording("কারণ, পাঠক দেখবেন", "The reason, for readers"))
REASON_PARAM = TextParam(
    name="reason",
    sign="REASON",
    label=Wording("কারণ", "The reason"),
    required=True,
    any_words=True,
    form=BlankForm(Wording("প্রত্যাহার", "Withdraw"), (FIELD,)),
)
HOW = OneOfParam(name="how", options=TYPED, asked_only=True)


async def run(request: Request) -> Reply:
    """Ask for what is missing, confirm, then withdraw.

    It says how many chats that is.
    """
    story = await meant(request, WHICH)
    if isinstance(story, Reply):
        return story
    if story.is_withdrawn:
        return request.reply(ALREADY)
    how, reason = request.get(HOW), request.get(REASON_PARAM)
    if how == OneOf("no"):
        return request.reply(LEFT)
    if reason is None:
        asks = Asks(call("withdraw", story=Numbered(story.article.id)), REASON_PARAM.name)
        return asking(request, asks, request.words(REASON))
    words = " ".join(reason.words.split())
    return await _do(request, story, words) if how is not None else await _confirm(request, story, words)


async def _confirm(request: Request, story: EditedStory, reason: str) -> Reply:
    chats = await request.store.subjects.shown_in(story.subject.id)
    text = request.words(CONFIRM if chats else CONFIRM_UNSENT, n=chats, reason=reason)
    so_far = call("withdraw", story=Numbered(story.article.id), reason=Text(reason))
    row = tuple(Choice(request.words(label), so_far.filled(HOW.name, OneOf(mark))) for mark, label in LABELS.items())
    message = Message((paragraph(story.article.headline), paragraph(text), Choices((row,))), brief=text)
    return Reply(message, asks=Asks(so_far, HOW.name, chosen=True))


async def _do(request: Request, story: EditedStory, reason: str) -> Reply:
    await stories.withdraw(request.store, story, reason, request.actor, request.now)
    after = await stories.find(request.store, story.article.id) or story
    found = await stories.reach(request.store, after, request.now)
    done = request.words(DONE)
    message = stories.counted(found, after, request.now, request.language, done)
    live = stories.watch(request.store, after, request.now, request.language, done)
    return Reply(message, replaces=True, live=live)


COMMAND = Command(
    name="withdraw",
    summary=Wording("খবরটি প্রত্যাহার করুন", "Withdraw a story"),
    run=run,
    params=(STORY, REASON_PARAM, HOW),
    role=Role.EDITOR,
    longest=1000,
)
