"""/correct #N [field] NEW: corrects a story wherever it was sent.

The field is headline, summary, topic or source; what is missing is asked for, step by step.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.articles.card.card import card
from bot.editing import stories
from bot.editing.stories import StoryField
from bot.values.calls import Numbered, OneOf, call
from bot.values.chats import CardStyle, Role
from bot.values.forms import BlankForm, FormField
from bot.values.messages import Asks, Choice, Choices, Message, MessageSort, Reply, paragraph
from bot.values.wording import Wording
from handlers.command import LEAVE_IT, Command, Request, asking, way_out
from handlers.params import OneOfParam, TextParam
from handlers.stories import ONCE, STORY, drawn, meant

if TYPE_CHECKING:
    from bot.editing.stories import EditedStory
    from bot.values.calls import Once
    from bot.values.delivery import EditorChange

WHICH = Wording(
    "কোন খবর? নম্বরটি দিন, যেমন: /correct #{id}", "Which story? Give its number, for example: /correct #{id}"
)
GONE = Wording("খবরটি প্রত্যাহার করা হয়েছে; বদলানো যাবে না।", "The story has been withdrawn; it cannot be changed.")
WHAT = Wording("কী বদলাবেন?", "What changes?")
LABELS = {
    StoryField.HEADLINE: Wording("শিরোনাম", "headline"),
    StoryField.SUMMARY: Wording("সারসংক্ষেপ", "summary"),
    StoryField.TOPIC: Wording("বিষয়", "topic"),
    StoryField.SOURCE: Wording("সূত্র", "source"),
}
ASK_NEW = {
    StoryField.HEADLINE: Wording("নতুন শিরোনাম লিখুন।", "Write the new headline."),
    StoryField.SUMMARY: Wording("নতুন সারসংক্ষেপ লিখুন।", "Write the new summary."),
    StoryField.TOPIC: Wording("বিষয়গুলো কমা দিয়ে লিখুন।", "Write the topics, with commas between them."),
    StoryField.SOURCE: Wording(
        "সূত্রগুলো কমা দিয়ে লিখুন, বেশি হলে চারটি।", "Write the sources, four at most, with commas between them."
    ),
}
NOW = Wording("এখন আছে: {text}", "Now: {text}")
SAME = Wording("কার্ডে এখনই তা-ই আছে।", "That is what the card shows already.")
WHY = Wording("কারণটি এক বাক্যে লিখুন; পাঠক এটি দেখবেন।", "The reason in one sentence; readers will see it.")
CONFIRM = Wording(
    "{n}টি চ্যাটে পাঠানো হয়েছিল। কার্ড বদলাবে; পাঠককে আলাদা করে জানাবেন?",
    "Sent to {n:chat|chats}. The card changes; tell readers too?",
)
CONFIRM_UNSENT = Wording("কোনো চ্যাটে পাঠানো হয়নি। কার্ড বদলাবে।", "Sent to no chat. The card changes.")
TOPICS = Wording("বিষয়: {names}", "Topics: {names}")
CARD = Wording("শুধু কার্ড", "Card only")
NOTE = Wording("কার্ড + নীরব বার্তা", "Card and a silent note")
LEFT = Wording("থাক। কিছু বদলানো হয়নি।", "Left. Nothing was changed.")
DONE = Wording("বদলানো হলো।", "Changed.")
CHOICES = {"card": CARD, "note": NOTE, "no": LEAVE_IT}
TYPED = {"card": Wording("শুধু কার্ড", "card"), "note": Wording("নীরব বার্তা", "note"), "no": Wording("থাক", "leave")}


FIELD = OneOfParam(
    name="field",
    sign="headline|summary|topic|source",
    required=True,
    label=Wording("কী বদলাবেন", "What changes"),
    options={
        field: tuple(word + end for word in (field, *said) for end in ("", ":")) for field, said in LABELS.items()
    },
)
CORRECTION = Wording("সংশোধনী", "Correction")
NEW = TextParam(
    name="new",
    sign="NEW",
    required=True,
    label=Wording("নতুন লেখা", "The new text"),
    any_words=True,
    form=BlankForm(CORRECTION, (FormField("new", Wording("নতুন লেখা", "The new text"), long=True),)),
)
REASON = TextParam(
    name="reason",
    label=Wording("কারণ", "The reason"),
    any_words=True,
    asked_only=True,
    form=BlankForm(CORRECTION, (FormField("reason", Wording("কারণ, পাঠক দেখবেন", "The reason, for readers")),)),
)
HOW = OneOfParam(name="how", options=TYPED, asked_only=True)


async def run(request: Request) -> Reply:
    """Ask for what is missing, show the card, then change it.

    Whatever forbids it is checked each time.
    """
    story = await meant(request, WHICH)
    if isinstance(story, Reply):
        return story
    if story.is_withdrawn:
        return request.reply(GONE)
    if request.get(HOW) == OneOf("no"):
        return request.reply(LEFT)
    named, new = request.get(FIELD), request.get(NEW)
    field = StoryField(named.name) if named is not None and named.name in list(StoryField) else None
    if field is None:
        return _ask_what(request, story)
    made = stories.change(field, " ".join(new.words.split()), _reason(request)) if new is not None else None
    return _ask_text(request, story, field) if made is None else await _go_on(request, story, field, made)


def _reason(request: Request) -> str:
    reason = request.get(REASON)
    return " ".join(reason.words.split()) if reason is not None else ""


async def _go_on(request: Request, story: EditedStory, field: StoryField, made: EditorChange) -> Reply:
    if stories.said(made, field) == stories.stands(story.article, field):
        # It may have been pressed twice: a second correction would forget what stood there before.
        return request.reply(SAME)
    if not made.reason:
        return asking(request, Asks(request.call, REASON.name), request.words(WHY))
    once = request.get(ONCE)
    if request.get(HOW) is None or once is None:  # older buttons have no idempotency key: ask again
        return await _confirm(request, story, made)
    return await _do(request, story, field, made, once)


def _ask_what(request: Request, story: EditedStory) -> Reply:
    text = request.words(WHAT)
    so_far = call("correct", story=Numbered(story.article.id))
    row = tuple(
        Choice(request.words(label), so_far.filled(FIELD.name, OneOf(field))) for field, label in LABELS.items()
    )
    choices = Choices((row, (way_out(request),)))
    message = Message((paragraph(story.article.headline), paragraph(text), choices), brief=text)
    return Reply(message, asks=Asks(so_far, FIELD.name, chosen=True))


def _ask_text(request: Request, story: EditedStory, field: StoryField) -> Reply:
    now = stories.stands(story.article, field)
    lines = [request.words(ASK_NEW[field]), *((request.words(NOW, text=now),) if now else ())]
    so_far = call("correct", story=Numbered(story.article.id), field=OneOf(field))
    return asking(request, Asks(so_far, NEW.name), *lines)


async def _confirm(request: Request, story: EditedStory, made: EditorChange) -> Reply:
    """Show the new card, and how many chats have the old."""
    chats = await request.store.subjects.shown_in(story.subject.id)
    shown = card(stories.as_corrected(story.article, made, request.now), CardStyle.SUMMARY, request.view)
    text = request.words(CONFIRM if chats else CONFIRM_UNSENT, n=chats)
    so_far = request.call.without(HOW.name).filled(ONCE.name, drawn())
    offered = {mark: label for mark, label in CHOICES.items() if chats or mark != "note"}
    row = tuple(Choice(request.words(label), so_far.filled(HOW.name, OneOf(mark))) for mark, label in offered.items())
    topics = (paragraph(request.words(TOPICS, names=", ".join(made.tags))),) if made.tags is not None else ()
    message = replace(
        shown, parts=(*shown.told, *topics, paragraph(text), Choices((row,))), brief=text, sort=MessageSort.ANSWER
    )
    return Reply(message, asks=Asks(so_far, HOW.name, chosen=True))


async def _do(request: Request, story: EditedStory, field: StoryField, made: EditorChange, once: Once) -> Reply:
    tell = request.get(HOW) == OneOf("note")
    done = await stories.correct(
        request.store, story, made, request.actor, request.now, tell=tell, idempotency_key=once.idempotency_key
    )
    after = await stories.find(request.store, story.article.id) or story
    if not done:
        # It was done before, and something else stands there since.
        return request.reply(NOW, text=stories.stands(after.article, field))
    found = await stories.reach(request.store, after, request.now)
    told = request.words(DONE)
    message = stories.counted(found, after, request.now, request.language, told)
    live = stories.watch(request.store, after, request.now, request.language, told)
    return Reply(message, replaces=True, live=live)


COMMAND = Command(
    name="correct",
    summary=Wording("খবরে সংশোধনী দিন", "Correct a story"),
    run=run,
    params=(STORY, FIELD, NEW, REASON, HOW, ONCE),
    role=Role.EDITOR,
    longest=2000,
)
