"""Answers presses on a card.

Its other forms, and what stands behind ⋯. No list of commands names this one.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING
from urllib.parse import quote

from bot.articles.card import card_choices
from bot.articles.card.card import card, publisher
from bot.articles.card.card_choices import MENU, SHARE
from bot.articles.card.withdrawn import withdrawn
from bot.bangla.cut import cut
from bot.search import meaning, pages
from bot.subscriptions import choosing, naming
from bot.values.calls import Call, Numbered, OneOf, call
from bot.values.chats import CardStyle, Role, Subscription, Term, TermKind
from bot.values.messages import Choice, Choices, Copies, Link, Message, Reply, Shares
from bot.values.wording import Wording
from handlers.command import BACK, Command, Request
from handlers.layout import fits
from handlers.params import OneOfParam, StoryParam, TermParam

if TYPE_CHECKING:
    from bot.values.articles import Article

FOLLOW = Wording("➕ {name}", "➕ {name}")
FOLLOWED = Wording("✓ {name}", "✓ {name}")
LEAVE_OUT = Wording("🔕 {name} বাদ", "🔕 Not {name}")
LEAVE_OUT_TOPIC = Wording("🔕 {name} বাদ দিন", "🔕 Not {name}")
LEFT_OUT = Wording("✓ {name} বাদ আছে", "✓ {name} left out")
WHY = Wording("❔ কেন পেলাম", "❔ Why this")
MISTAKE = Wording("⚠️ ভুল চোখে পড়েছে", "⚠️ Report a mistake")
SHARING = Wording("📤 শেয়ার", "📤 Share")
WHATSAPP = "WhatsApp"
COPY = Wording("লিংক কপি করুন", "Copy the link")
PASS_ON = Wording("অন্য চ্যাটে পাঠান", "Send to a chat")
FOLLOWING = Wording("এখন থেকে ‘{name}’ ফলো করছেন।", "Now following ‘{name}’.")
UNFOLLOWED = Wording("‘{name}’ ফলো বন্ধ।", "Unfollowed ‘{name}’.")
MUTED = Wording("‘{name}’ নিয়ে খবর আর আসবে না।", "News on ‘{name}’ will no longer come.")
MUTED_OUTLET = Wording("{name} থেকে খবর আর আসবে না।", "Nothing from {name} will come.")
UNMUTED = Wording("‘{name}’ আবার আসবে।", "‘{name}’ may come again.")
COPY_NUMBER = Wording("{name}, কপি করুন", "{name}, copy")
EDITING = (
    (Wording("🔴 ব্রেকিং", "🔴 Breaking"), "breaking"),
    (Wording("✏️ সংশোধনী", "✏️ Correct"), "correct"),
    (Wording("🚫 প্রত্যাহার", "🚫 Withdraw"), "withdraw"),
)
"""What editors do with a story, and the command behind each."""
TAGS = 3


STORY = StoryParam(name="story", asked_only=True)
FORM = OneOfParam(name="form", options=dict.fromkeys((*CardStyle, MENU, SHARE), ()), asked_only=True)
STYLE = OneOfParam(name="style", options=dict.fromkeys(CardStyle, ()), asked_only=True)
"""The style that a menu came from and goes back to."""
WISH = OneOfParam(name="wish", options=dict.fromkeys(("follow", "unfollow", "mute", "unmute"), ()), asked_only=True)
TOPIC = TermParam(name="topic", asked_only=True)


async def run(request: Request) -> Reply:
    """Draw a card in another form.

    A wish that a button of its menu holds is done first.
    """
    number = request.get(STORY)
    article = await request.store.articles.get(number.article_id) if number is not None else None
    if article is None:
        return request.reply(pages.FORGOTTEN)
    if article.withdrawn:
        return await _withdrawn(request, article)
    form, style = _option(request, FORM), _style(_option(request, STYLE))
    if form == SHARE:
        return Reply(_shared(request, article, style), replaces=True)
    if form == MENU:
        toast = await _wished(request)
        return Reply(await _menu(request, article, style), replaces=True, toast=toast)
    if form == CardStyle.FULL:
        return Reply(await pages.whole(request.store, article, request.view), replaces=True)
    return Reply(card(article, _style(form), request.view), replaces=True)


def _option(request: Request, param: OneOfParam) -> str:
    value = request.get(param)
    return value.name if value is not None else ""


def _style(name: str) -> CardStyle:
    return CardStyle(name) if name in list(CardStyle) else CardStyle.SUMMARY


async def _withdrawn(request: Request, article: Article) -> Reply:
    subject = await request.store.subjects.of_article(article.id)
    if subject is None:
        return request.reply(pages.FORGOTTEN)
    at = subject.changed_at or subject.created_at
    name = request.services.bot_name
    return Reply(withdrawn(article, subject.text, subject.by, request.view, at=at, bot_name=name), replaces=True)


async def _menu(request: Request, article: Article, style: CardStyle) -> Message:
    """Draw a card with all that can be done.

    It stands under it.
    """
    drawn = card(article, style, request.view)
    chosen = {
        (one.term.kind, one.term.value): one for one in await request.store.subscriptions.of_chat(request.chat.id)
    }
    terms = await _terms(request, article)
    tags = [term for term in terms if term.kind is TermKind.TAG]
    outlets = [term for term in terms if term.kind is TermKind.OUTLET]
    again = call("story", story=Numbered(article.id), form=OneOf(MENU), style=OneOf(style))
    dropped = (*tags[:1], *outlets)
    rows = [
        tuple(_take(request, again, term, chosen.get((term.kind, term.value)), len(tags)) for term in tags),
        tuple(_drop(request, again, term, chosen.get((term.kind, term.value)), len(dropped)) for term in dropped),
        (
            card_choices.turned(article, SHARE, request.words(SHARING), style),
            Choice(request.words(WHY), call("why", number=Numbered(article.id))),
        ),
        (Choice(request.words(MISTAKE), call("report", story=Numbered(article.id))),),
        *_editing(request, article),
        (card_choices.turned(article, style, request.words(BACK)),),
    ]
    return _with_rows(drawn, rows)


def _editing(request: Request, article: Article) -> list[tuple[Choice, ...]]:
    """Offer editors what they do with a story."""
    if request.role < Role.EDITOR:
        return []
    story = Numbered(article.id)
    name = f"#{article.id}"
    return [
        (Choice(request.words(COPY_NUMBER, name=name), Copies(name)),),
        tuple(Choice(request.words(label), call(command, story=story)) for label, command in EDITING),
    ]


def _shared(request: Request, article: Article, style: CardStyle) -> Message:
    """Draw the same card with the ways to pass it on."""
    outlet = publisher(article, request.language)
    text = "\n".join(filter(None, (article.headline, outlet, article.url)))
    ways = [Choice(WHATSAPP, Link(f"https://wa.me/?text={quote(text, safe='')}"))]
    if article.url:
        ways.append(Choice(request.words(COPY), Copies(article.url)))
    rows = [
        tuple(ways),
        (Choice(request.words(PASS_ON), Shares(f"#{article.id}")),),
        (card_choices.turned(article, MENU, request.words(BACK), style),),
    ]
    return _with_rows(card(article, style, request.view), rows)


def _with_rows(drawn: Message, rows: list[tuple[Choice, ...]]) -> Message:
    parts = drawn.told
    return dataclasses.replace(drawn, parts=(*parts, Choices(tuple(filter(None, rows)))))


async def _terms(request: Request, article: Article) -> list[Term]:
    """Return what a card's menu is about: first tags, then outlet."""
    tags = [await meaning.term(request.store, f"tag:{tag}") for tag in article.tags[:TAGS]]
    outlet = article.outlet
    return [*tags, *((naming.outlet(outlet),) if outlet is not None else ())]


def _take(request: Request, again: Call, term: Term, chosen: Subscription | None, beside: int) -> Choice:
    follows = chosen is not None and not chosen.exclude
    label = _label(request, FOLLOWED if follows else FOLLOW, term, beside)
    return _wishing(label, again, "unfollow" if follows else "follow", term)


def _drop(request: Request, again: Call, term: Term, chosen: Subscription | None, beside: int) -> Choice:
    out = chosen is not None and chosen.exclude
    wording = LEFT_OUT if out else LEAVE_OUT_TOPIC if term.kind is TermKind.TAG else LEAVE_OUT
    return _wishing(_label(request, wording, term, beside), again, "unmute" if out else "mute", term)


def _wishing(label: str, again: Call, wish: str, term: Term) -> Choice:
    """Offer a choice of the card that sets something.

    Pressed twice it stays so, whatever the card's topics have become.
    """
    return Choice(label, again.filled(WISH.name, OneOf(wish)).filled(TOPIC.name, term))


def _label(request: Request, wording: Wording, term: Term, beside: int) -> str:
    """Name something on a button that fits its row."""
    name = meaning.name(term, request.language)
    shorter = (name, *(cut(name, size) for size in range(len(name) - 1, 0, -1)))
    labels = (request.words(wording, name=one) for one in shorter)
    return next((label for label in labels if fits(label, beside)), request.words(wording, name="…"))


async def _wished(request: Request) -> str:
    """Do what a button wished; return what is said of it."""
    wish, term = _option(request, WISH), request.get(TOPIC)
    if term is None or wish not in WISH.options:
        return ""
    before = await choosing.chosen(request.store, request.chat, term)
    if wish in ("unfollow", "unmute"):
        exclude = wish == "unmute"
        if before is not None and before.exclude is exclude:
            await choosing.unfollow(request.store, request.chat, term)
        return request.words(UNMUTED if exclude else UNFOLLOWED, name=meaning.name(term, request.language))
    exclude = wish == "mute"
    if before is None or before.exclude is not exclude:
        await choosing.follow(request.store, request.chat, Subscription(term, exclude), request.now)
    muted = MUTED_OUTLET if term.kind is TermKind.OUTLET else MUTED
    return request.words(muted if exclude else FOLLOWING, name=meaning.name(term, request.language))


COMMAND = Command(
    name="story",
    summary=Wording("কার্ডের বাটন", "A card's buttons"),
    run=run,
    params=(STORY, FORM, STYLE, WISH, TOPIC),
    hidden=True,
    changes_chat=True,
    looks=lambda given: given.get(WISH.name) is None,
)
