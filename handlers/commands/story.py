"""What is pressed on a card: its other forms, and what stands behind ⋯. No list of commands names it."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING
from urllib.parse import quote

from bot.articles.card import card_choices
from bot.articles.card.card import card, publisher
from bot.articles.card.withdrawn import withdrawn
from bot.search import meaning, pages
from bot.subscriptions import choosing
from bot.values.chats import CardStyle, Subscription, Term, TermKind
from bot.values.messages import Choice, Choices, Message, Reply
from bot.values.wording import Wording
from handlers.command import Command, Request

if TYPE_CHECKING:
    from bot.values.articles import Article

FOLLOW = Wording("➕ {name}", "➕ {name}")
FOLLOWED = Wording("✓ {name}", "✓ {name}")
LEAVE_OUT = Wording("🔕 {name} বাদ", "🔕 Not {name}")
LEFT_OUT = Wording("✓ {name} বাদ আছে", "✓ {name} left out")
WHY = Wording("❔ কেন পেলাম", "❔ Why this")
MISTAKE = Wording("⚠️ ভুল চোখে পড়েছে", "⚠️ Report a mistake")
BACK = Wording("‹ ফিরে যান", "‹ back")
SHARING = Wording("📤 শেয়ার", "📤 Share")
WHATSAPP = "WhatsApp"
COPY = Wording("লিংক কপি করুন", "Copy the link")
PASS_ON = Wording("অন্য চ্যাটে পাঠান", "Send to a chat")
FOLLOWING = Wording("‘{name}’ ফলো করছেন।", "Following ‘{name}’.")
UNFOLLOWED = Wording("‘{name}’ ফলো বন্ধ।", "Unfollowed ‘{name}’.")
MUTED = Wording("‘{name}’ নিয়ে খবর আর আসবে না।", "‘{name}’ will no longer come.")
MUTED_OUTLET = Wording("‘{name}’ থেকে খবর আর আসবে না।", "Nothing more from ‘{name}’.")
UNMUTED = Wording("‘{name}’ আবার আসবে।", "‘{name}’ may come again.")
MENU, SHARE, TAKE, DROP = "menu", "share", "take", "drop"
TAGS = 3
LONGEST = 14
"""Letters of a name that a third of a row has room for."""


async def run(request: Request) -> Reply:
    """Draw a card in another form: `#ID STYLE`, or its menu: `#ID menu STYLE [take|drop N]`, or `#ID share STYLE`."""
    number, style, words = _parts(request.argument)
    article = await request.store.articles.get(number)
    if article is None:
        return request.reply(pages.FORGOTTEN)
    if article.withdrawn:
        return await _withdrawn(request, article)
    if words[:1] == [SHARE]:
        return Reply(_shared(request, article, style), replaces=True)
    if words[:1] != [MENU]:
        if style is CardStyle.FULL:
            return Reply(await pages.whole(request.store, article, request.view), replaces=True)
        return Reply(card(article, style, request.view), replaces=True)
    toast = await _toggled(request, article, words[2:])
    return Reply(await _menu(request, article, style), replaces=True, toast=toast)


def _parts(argument: str) -> tuple[int, CardStyle, list[str]]:
    number, *words = argument.split() or [""]
    styles = [CardStyle(word) for word in words if word in list(CardStyle)]
    digits = number.removeprefix("#")[:18]
    return int(digits) if digits.isdecimal() else 0, (*styles, CardStyle.SUMMARY)[0], words


async def _withdrawn(request: Request, article: Article) -> Reply:
    subject = await request.store.subjects.of_article(article.id)
    if subject is None:
        return request.reply(pages.FORGOTTEN)
    at = subject.changed_at or subject.created_at
    name = request.services.bot_name
    return Reply(withdrawn(article, subject.text, subject.by, request.view, at=at, bot_name=name), replaces=True)


async def _menu(request: Request, article: Article, style: CardStyle) -> Message:
    """Draw the same card with all that can be done about it under it."""
    drawn = card(article, style, request.view)
    chosen = {
        (one.term.kind, one.term.value): one for one in await request.store.subscriptions.of_chat(request.chat.id)
    }
    terms = await _terms(request, article)
    tags = [(at, term) for at, term in enumerate(terms) if term.kind is TermKind.TAG][:TAGS]
    rows = [
        tuple(_take(request, article, style, at, term, chosen.get((term.kind, term.value))) for at, term in tags),
        tuple(
            _drop(request, article, style, at, term, chosen.get((term.kind, term.value)))
            for at, term in (*tags[:1], *((at, term) for at, term in enumerate(terms) if term.kind is TermKind.OUTLET))
        ),
        (
            card_choices.turned(article, f"{SHARE} {style}", request.words(SHARING)),
            Choice(request.words(WHY), "why", f"#{article.id}"),
        ),
        (Choice(request.words(MISTAKE), "report", f"#{article.id}"),),
        (card_choices.turned(article, style, request.words(BACK)),),
    ]
    return _with_rows(drawn, rows)


def _shared(request: Request, article: Article, style: CardStyle) -> Message:
    """Draw the same card with the ways to pass it on."""
    outlet = publisher(article, request.language)
    text = "\n".join(filter(None, (article.headline, outlet, article.url)))
    ways = [Choice(WHATSAPP, link=f"https://wa.me/?text={quote(text, safe='')}")]
    if article.url:
        ways.append(Choice(request.words(COPY), copies=article.url))
    rows = [
        tuple(ways),
        (Choice(request.words(PASS_ON), shares=f"#{article.id}"),),
        (card_choices.turned(article, f"{MENU} {style}", request.words(BACK)),),
    ]
    return _with_rows(card(article, style, request.view), rows)


def _with_rows(drawn: Message, rows: list[tuple[Choice, ...]]) -> Message:
    parts = tuple(part for part in drawn.parts if not isinstance(part, Choices))
    return dataclasses.replace(drawn, parts=(*parts, Choices(tuple(filter(None, rows)))))


async def _terms(request: Request, article: Article) -> list[Term]:
    """Return what a card's menu is about: its first tags, then its outlet."""
    tags = [await meaning.term(request.store, f"tag:{tag}") for tag in article.tags[:TAGS]]
    outlet = article.outlet
    name = publisher(article, request.language)
    return [*tags, *((Term(TermKind.OUTLET, str(outlet.id), name),) if outlet is not None else ())]


def _take(  # noqa: PLR0917 - a button and what it stands for
    request: Request, article: Article, style: CardStyle, at: int, term: Term, chosen: Subscription | None
) -> Choice:
    follows = chosen is not None and not chosen.exclude
    label = request.words(FOLLOWED if follows else FOLLOW, name=_short(term.name))
    return card_choices.turned(article, f"{MENU} {style} {TAKE} {at}", label)


def _drop(  # noqa: PLR0917 - as above
    request: Request, article: Article, style: CardStyle, at: int, term: Term, chosen: Subscription | None
) -> Choice:
    out = chosen is not None and chosen.exclude
    label = request.words(LEFT_OUT if out else LEAVE_OUT, name=_short(term.name))
    return card_choices.turned(article, f"{MENU} {style} {DROP} {at}", label)


def _short(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1].rsplit(' ', 1)[0]}…"


async def _toggled(request: Request, article: Article, words: list[str]) -> str:
    """Follow or leave out what was pressed, or take that back; return what is said of it."""
    terms = await _terms(request, article)
    if len(words) != 2 or not words[1].isdecimal() or int(words[1]) >= len(terms):  # noqa: PLR2004 - what and which
        return ""
    term, exclude = terms[int(words[1])], words[0] == DROP
    before = await choosing.chosen(request.store, request.chat, term)
    if before is not None and before.exclude is exclude:
        await choosing.unfollow(request.store, request.chat, term)
        return request.words(UNMUTED if exclude else UNFOLLOWED, name=term.name)
    wanted = Subscription(term, exclude)
    await choosing.follow(request.store, request.chat, wanted, request.now)
    muted = MUTED_OUTLET if term.kind is TermKind.OUTLET else MUTED
    return request.words(muted if exclude else FOLLOWING, name=term.name)


COMMAND = Command(
    name="story",
    summary=Wording("কার্ডের বাটন", "A card's buttons"),
    run=run,
    takes_argument=True,
    usage="#ID STYLE",
    hidden=True,
    changes_chat=True,
)
