"""/verify WORDS: checks whether a headline or card stands here.

It says what differs from the archive's.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING
from urllib.parse import quote

from bot.articles.card.card import card, publisher
from bot.bangla.numerals import to_bangla
from bot.bangla.words import split
from bot.search import checking, meaning
from bot.subscriptions import naming
from bot.values.calls import Text, call
from bot.values.chats import CardStyle, Language
from bot.values.forms import BlankForm, FormField
from bot.values.messages import Asks, Choice, Choices, Link, Message, Reply, paragraph
from bot.values.wording import Wording
from handlers.command import Command, Request, asking
from handlers.params import TextParam

if TYPE_CHECKING:
    from bot.search.checking import Comparison
    from bot.values.articles import Article

ASK = Wording("শিরোনাম বা কার্ডের কথাগুলো লিখে পাঠান।", "Send the headline, or the words on the card.")
SHORT = Wording("আরেকটু লিখুন: শিরোনামের অন্তত তিনটি শব্দ।", "A little more: three words of the headline at least.")
FOUND = Wording("এই শিরোনামে খবর আছে, দিয়েছে {outlet}:", "There is a story with this headline, from {outlet}:")
SEVERAL = Wording("এই খবর {n}টি সংবাদমাধ্যমে আছে:", "{n:outlet has|outlets have} this story:")
DIFFERS = Wording(
    "কাছের খবরটি নিচে। এতে নেই: ‘{words}’। মিলিয়ে দেখুন।",
    "The nearest story is below. It does not have: ‘{words}’. Compare.",
)
NUMBER = Wording("কাছের খবরটি নিচে। আপনার লেখায় {a}, খবরে {b}।", "The nearest story is below. You wrote {a}; it says {b}.")
OPPOSITE = Wording(
    "কাছের খবরটি নিচে। এর কথা উল্টো হতে পারে; পুরোটা পড়ে দেখুন।",
    "The nearest story is below. It may say the opposite; read it whole.",
)
NEAR = Wording("কাছের খবরটি নিচে। মিলিয়ে দেখুন।", "The nearest story is below. Compare.")
ANOTHER = Wording(
    "‘{outlet}’ থেকে এমন খবর পাওয়া যায়নি। কাছের খবরটি দিয়েছে {other}:",
    "Nothing like it from ‘{outlet}’. The nearest is from {other}:",
)
OLD = Wording("খবরটি পুরোনো: {date}।", "This is old news: {date}.")
CORRECTED = Wording("✏️ এই খবরে পরে সংশোধনী এসেছে:", "This story was corrected later:")
WITHDRAWN = Wording(
    "🚫 খবরটি প্রত্যাহার করা হয়েছে। আর শেয়ার করবেন না।", "The story was withdrawn. Please don't share it further."
)
NOT_FOUND = Wording(
    "এমন কোনো খবর পাওয়া যায়নি; দেখা হয়েছে {n}টি সংবাদমাধ্যম, গত {m} দিন। না পাওয়া মানেই ভুল নয়: সংবাদমাধ্যমটির নিজের পাতায় দেখুন।",
    "Nothing like it in {n:outlet|outlets}, {m:day|days}. That does not make it false: look at the outlet's own page.",
)
SEARCH = Wording("🔎 খুঁজুন", "🔎 Search")
TELL = Wording("এলে জানান", "Tell me when it comes")
ORIGINAL = Wording("🔗 মূল খবর", "🔗 Original")
SHARE = Wording("📤 শেয়ার", "📤 Share")
SHARED = Wording("যাচাই: {headline}", "Checked: {headline}")
LONGEST = 3000
FOLLOWED = 2
"""Words of a text that can be followed."""

LABEL = Wording("শিরোনাম বা কার্ডের কথা", "The headline, or words of a card")
WORDS = TextParam(
    name="words",
    sign="WORDS",
    label=LABEL,
    required=True,
    any_words=True,
    form=BlankForm(Wording("যাচাই", "Check"), (FormField("words", LABEL, long=True),)),
)


async def run(request: Request) -> Reply:
    """Show the story and say what differs.

    If there is none here, say so and what that means.
    """
    given = request.get(WORDS)
    text = given.words.strip() if given is not None else ""
    if not split(text):
        return asking(request, Asks(call("verify"), WORDS.name), request.words(ASK))
    if len(split(text)) < checking.LEAST_WORDS:
        return asking(request, Asks(call("verify"), WORDS.name), request.words(SHORT))
    found = await checking.check(request.store, text)
    if not found.articles:
        return await _nothing(request, text)
    story = found.articles[0]
    said = (paragraph(_verdict(request, found)), *(paragraph(one) for one in _notes(request, found, story)))
    drawn = card(story, CardStyle.SUMMARY, request.view)
    parts = drawn.told
    return Reply(dataclasses.replace(drawn, parts=(*said, *parts, Choices(_foot(request, story)))))


def _verdict(request: Request, found: Comparison) -> str:
    """Say how the words and the story agree, what matters most alone."""
    names = list(dict.fromkeys(publisher(one, request.language) for one in found.articles))
    if found.claimed is not None:
        return request.words(ANOTHER, outlet=found.claimed.name, other=names[0])
    if found.exact:
        return request.words(SEVERAL, n=len(names)) if len(names) > 1 else request.words(FOUND, outlet=names[0])
    if found.opposite:
        return request.words(OPPOSITE)
    if found.numbers is not None:
        a, b = found.numbers
        return request.words(NUMBER, a=_digits(request, a), b=_digits(request, b))
    return request.words(DIFFERS, words=" ".join(found.words)) if found.words else request.words(NEAR)


def _digits(request: Request, number: str) -> str:
    return to_bangla(number) if request.language is Language.BANGLA else number


def _notes(request: Request, found: Comparison, story: Article) -> list[str]:
    """Say what else must be known of the story: withdrawn, corrected, old."""
    notes = [request.words(WITHDRAWN)] if story.withdrawn else []
    if story.correction is not None and not story.withdrawn:
        notes.append(request.words(CORRECTED))
    if found.is_old(request.now):
        notes.append(request.words(OLD, date=request.view.date(story.at)))
    return notes


def _foot(request: Request, story: Article) -> tuple[tuple[Choice, ...], ...]:
    if story.withdrawn:
        return ()
    outlet, day = publisher(story, request.language), request.view.date(story.at)
    told = [request.words(SHARED, headline=story.headline), f"{outlet} · {day}", story.url or ""]
    text = "\n".join(filter(None, told))
    row = [Choice(request.words(ORIGINAL), Link(story.url))] if story.url else []
    return ((*row, Choice(request.words(SHARE), Link(f"https://wa.me/?text={quote(text, safe='')}"))),)


async def _nothing(request: Request, text: str) -> Reply:
    """Say where was looked, and what that means.

    A story that is not here need not be false.
    """
    outlets = await request.store.outlets.all()
    oldest = await request.store.articles.oldest()
    days = (request.now - oldest.at).days + 1 if oldest is not None else 0
    said = request.words(NOT_FOUND, n=len(outlets), m=days)
    words = " ".join(split(text)[:3])
    row = [Choice(request.words(SEARCH), call("search", words=Text(words)))]
    if len(split(text)) <= FOLLOWED:
        row.append(Choice(request.words(TELL), naming.following(await meaning.term(request.store, text))))
    return Reply(Message((paragraph(said), Choices((tuple(row),))), brief=said))


COMMAND = Command(
    name="verify",
    summary=Wording("শিরোনাম বা কার্ডের কথা যাচাই করুন", "Check a headline or a card's words"),
    run=run,
    params=(WORDS,),
    longest=LONGEST,
    aliases=(
        *("যাচাই", "যাচাই করুন", "আসল কি না", "সত্যি কি না", "গুজব কি না", "ভুয়া কি না"),
        *("check", "fact check", "jachai", "asol ki na", "sotti ki na", "gujob ki na"),
    ),
)
