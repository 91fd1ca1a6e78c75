"""/correct #N [headline|summary|topic|source] NEW: put something right wherever a story was sent; asks step by step.

All that was said so far stands in the argument («#123 headline: NEW | REASON | card»), so that a restart in between
loses nothing and a choice that is pressed an hour later says all it means.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.articles.card.card import card
from bot.bangla.normalise import key
from bot.editing import stories
from bot.editing.stories import StoryField
from bot.values.chats import CardStyle, Role
from bot.values.messages import Asks, Choice, Choices, Message, MessageSort, Reply, paragraph, plain
from bot.values.wording import Wording
from handlers.command import Command, Request

if TYPE_CHECKING:
    from bot.editing.stories import EditedStory
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
NEW = {
    StoryField.HEADLINE: Wording("নতুন শিরোনাম লিখুন।", "Write the new headline."),
    StoryField.SUMMARY: Wording("নতুন সারসংক্ষেপ লিখুন।", "Write the new summary."),
    StoryField.TOPIC: Wording("বিষয়গুলো কমা দিয়ে লিখুন।", "Write the topics, with commas between them."),
    StoryField.SOURCE: Wording(
        "সূত্রগুলো কমা দিয়ে লিখুন, বেশি হলে চারটি।", "Write the sources, four at most, with commas between them."
    ),
}
NOW = Wording("এখন আছে: {text}", "Now: {text}")
SAME = Wording("কার্ডে এখনই তা-ই আছে।", "That is what the card shows already.")
REASON = Wording("কারণটি এক বাক্যে লিখুন; পাঠক এটি দেখবেন।", "The reason in one sentence; readers will see it.")
CONFIRM = Wording(
    "{n}টি চ্যাটে পাঠানো হয়েছিল। কার্ড বদলাবে; পাঠককে আলাদা করে জানাবেন?",
    "Sent to {n} chats. The card changes; tell readers too?",
)
CARD = Wording("শুধু কার্ড", "Card only")
NOTE = Wording("কার্ড + নীরব বার্তা", "Card and a silent note")
LEAVE = Wording("‹ থাক", "‹ Leave it")
LEFT = Wording("থাক। কিছু বদলানো হয়নি।", "Left. Nothing was changed.")
DONE = Wording("বদলানো হলো।", "Changed.")
CHOICES = {"card": CARD, "note": NOTE, "no": LEAVE}
TYPED = {"card": Wording("শুধু কার্ড", "card"), "note": Wording("নীরব বার্তা", "note"), "no": Wording("থাক", "leave")}
MARKS = {key(word): mark for mark, wording in TYPED.items() for word in (mark, *wording)}
FIELDS = {key(word): field for field, wording in LABELS.items() for word in (field.value, *wording)}
EXAMPLE = "123"
_SAID = re.compile(r"(?P<field>[^\s:|]+)\s*:?\s*(?P<rest>.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Wish:
    """What has been said by now, in the order in which it is asked for."""

    field: StoryField
    text: str = ""
    reason: str = ""
    mark: str = ""


async def run(request: Request) -> Reply:
    """Ask for what is missing, show what the card will be, then change it. What forbids it is looked at each time."""
    number, rest = stories.part(request.argument)
    story = await stories.find(request.store, number)
    if story is None:
        return request.reply(WHICH, id=EXAMPLE)
    if story.is_withdrawn:
        return request.reply(GONE)
    wish = _parsed(rest)
    if wish is None:
        return _ask_what(request, story)
    if wish.mark == "no":
        return request.reply(LEFT)
    made = stories.change(wish.field, wish.text, wish.reason)
    if made is None:
        return _ask_text(request, story, wish.field)
    return await _go_on(request, story, wish, made)


async def _go_on(request: Request, story: EditedStory, wish: Wish, made: EditorChange) -> Reply:
    if stories.said(made, wish.field) == stories.stands(story.article, wish.field):
        # It may have been pressed twice: a second correction would forget what stood there before.
        return request.reply(SAME)
    if not wish.reason:
        return Reply(plain(request.words(REASON)), asks=Asks("correct", f"{_so_far(story, wish)} |", free=True))
    return await (_do if wish.mark else _confirm)(request, story, wish, made)


def _parsed(rest: str) -> Wish | None:
    """Read what stands behind the number; None if it does not say what changes, or says something after the end."""
    said = _SAID.fullmatch(rest)
    field = FIELDS.get(key(said["field"])) if said else None
    if said is None or field is None:
        return None
    text, reason, mark, *more = (" ".join(piece.split()) for piece in (*said["rest"].split("|"), "", ""))
    if any(more) or (mark and key(mark) not in MARKS):
        return None
    return Wish(field, text, reason, MARKS[key(mark)] if mark else "")


def _so_far(story: EditedStory, wish: Wish) -> str:
    return f"{story.name} {wish.field}: {wish.text}"


def _ask_what(request: Request, story: EditedStory) -> Reply:
    text = request.words(WHAT)
    row = tuple(
        Choice(request.words(label), "correct", f"{story.name} {field}", request.words(label))
        for field, label in LABELS.items()
    )
    message = Message((paragraph(story.article.headline), paragraph(text), Choices((row,))), brief=text)
    return Reply(message, asks=Asks("correct", story.name, free=True))


def _ask_text(request: Request, story: EditedStory, field: StoryField) -> Reply:
    now = stories.stands(story.article, field)
    lines = [request.words(NEW[field]), *((request.words(NOW, text=now),) if now else ())]
    return Reply(plain(*lines), asks=Asks("correct", f"{story.name} {field}:", free=True))


async def _confirm(request: Request, story: EditedStory, wish: Wish, made: EditorChange) -> Reply:
    """Show the card as it will be, and to how many chats the old one went."""
    places = await request.store.subjects.shown_in(story.subject.id)
    shown = card(stories.as_corrected(story.article, made, request.now), CardStyle.SUMMARY, request.view)
    text = request.words(CONFIRM, n=places)
    so_far = f"{_so_far(story, wish)} | {wish.reason} |"
    row = tuple(
        Choice(request.words(label), "correct", f"{so_far} {mark}", request.words(TYPED[mark]))
        for mark, label in CHOICES.items()
    )
    parts = tuple(part for part in shown.parts if not isinstance(part, Choices))
    message = replace(shown, parts=(*parts, paragraph(text), Choices((row,))), brief=text, sort=MessageSort.ANSWER)
    return Reply(message, asks=Asks("correct", so_far))


async def _do(request: Request, story: EditedStory, wish: Wish, made: EditorChange) -> Reply:
    await stories.correct(request.store, story, made, request.actor, request.now, tell=wish.mark == "note")
    after = await stories.find(request.store, story.name) or story
    found = await stories.reach(request.store, after, request.now)
    count = stories.counted(found, after, request.now, request.language)
    live = stories.watch(request.store, after, request.now, request.language)
    message = Message((paragraph(request.words(DONE)), *count.parts), brief=count.brief)
    return Reply(message, replaces=True, live=live)


def _fits(text: str) -> bool:
    """Tell whether a text says what to put right: “correct answers” and what answers no question of ours do not."""
    _, rest = stories.part(text)
    return stories.names_a_story(text) and (not rest or _parsed(rest) is not None)


COMMAND = Command(
    name="correct",
    summary=Wording("খবরে সংশোধনী দিন", "Correct a story"),
    run=run,
    takes_argument=True,
    usage="#N [headline|summary|topic|source] NEW",
    role=Role.EDITOR,
    longest=2000,
    fits=_fits,
)
