"""Chooses what can be pressed under a card.

That is little, with the rest behind ⋯; where choices are typed, it says what to type.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.articles.names import english
from bot.bangla.graphemes import letters
from bot.bangla.normalise import key
from bot.subscriptions import naming
from bot.values.articles import FullText
from bot.values.calls import Change, Numbered, OneOf, call
from bot.values.chats import CardStyle, ChatKind, Term, TermKind
from bot.values.messages import Choice, Link
from bot.values.wording import Wording, say

if TYPE_CHECKING:
    from bot.articles.card.view import View
    from bot.values.articles import Article

WHOLE = Wording("পুরো খবর", "Full story")
WHOLE_ICON = Wording("📖 পুরো খবর", "📖 Full story")
WHOLE_AT = Wording("🔗 পুরো খবর: {outlet}", "🔗 Full story: {outlet}")
ORIGINAL = Wording("মূল খবর", "Original")
ORIGINAL_ICON = Wording("🔗 মূল খবর", "🔗 Original")
SHORT = Wording("সংক্ষেপে", "In brief")
FOLD = Wording("গুটিয়ে নিন", "Fold")
OTHERS = "⋯"
FOR_ME = Wording("📲 নিজের জন্য", "📲 For yourself")
CHOOSE_MINE = Wording("📲 নিজের খবর বেছে নিন", "📲 Choose your own news")
LESS = Wording("🔴 ব্রেকিং কমান", "🔴 Less breaking news")
STORY = "story"
"""The command behind the choices of a card."""
MENU, SHARE = "menu", "share"
"""Forms of a card beside its styles: with all that can be done about it, and with ways to pass it on."""
FOLLOW = Wording("➕ ফলো", "➕ Follow")
BESIDE_ANOTHER = 18
"""Letters of a label that stands beside another (the voice's rule 14)."""

Rows = list[tuple[Choice, ...]]


def under(article: Article, style: CardStyle, view: View, *, whole: bool, breaking: bool, outlet: str) -> Rows:
    """Return the rows under a card of that style.

    ``outlet`` is its publisher's name.
    """
    if not view.traits.buttons:
        return _typed(article, view, whole=whole, breaking=breaking)
    if view.among_others:
        return _public(article, view)
    if breaking:
        less = Choice(say(LESS, view.language), call("settings", change=Change("breaking")))
        return [_private(article, CardStyle.SUMMARY, view, outlet, others=False), (less,)]
    return [_private(article, CardStyle.FULL if whole else style, view, outlet, others=True)]


def turned(article: Article, form: str, label: str, style: CardStyle = CardStyle.SUMMARY) -> Choice:
    """Return the choice that draws a card in another form.

    ``style`` is the one that it came from.
    """
    came = OneOf(style) if form in (MENU, SHARE) else None
    return Choice(label, call(STORY, story=Numbered(article.id), form=OneOf(form), style=came))


def _typed(article: Article, view: View, *, whole: bool, breaking: bool) -> Rows:
    open_ones: list[Choice] = []
    if not whole:
        open_ones.append(Choice(say(WHOLE, view.language), call("read", number=Numbered(article.id))))
    if article.url:
        open_ones.append(Choice(say(ORIGINAL, view.language), Link(article.url)))
    if breaking:
        less = Choice(say(LESS, view.language), call("settings", change=Change("breaking")))
        return [tuple(open_ones), (less,)]
    about = () if article.sample else terms(article)
    named = [(term, english.said(naming.name(term, view.language), view.language)) for term in about]
    follow = tuple(naming.follow(term, name, view.language) for term, name in named)
    return [tuple(open_ones), follow[:1]]


def terms(article: Article) -> tuple[Term, ...]:
    """Return what a card is about: its tags, then its outlet."""
    outlet = article.outlet
    tags = tuple(Term(TermKind.TAG, key(tag), tag) for tag in article.tags)
    return (*tags, *((naming.outlet(outlet),) if outlet is not None else ()))


def _public(article: Article, view: View) -> Rows:
    """Return the choices under a card that others see.

    A press among others changes nothing there: one's own news is chosen in private.
    """
    row = [Choice(say(ORIGINAL_ICON, view.language), Link(article.url))] if article.url else []
    if view.traits.deep_link:
        wording = FOR_ME if view.kind is ChatKind.GROUP else CHOOSE_MINE
        link = view.traits.deep_link.format(start=f"a_{article.id}")
        row.append(Choice(say(wording, view.language), Link(link)))
    return [tuple(row)]


def _private(article: Article, style: CardStyle, view: View, outlet: str, *, others: bool) -> tuple[Choice, ...]:
    language = view.language
    row: list[Choice] = []
    if style is CardStyle.HEADLINE:
        row.append(turned(article, CardStyle.SUMMARY, say(SHORT, language)))
    if style is CardStyle.FULL:
        row.append(turned(article, CardStyle.SUMMARY, say(FOLD, language)))
    elif article.full_text is FullText.ALLOWED and article.body:
        row.append(turned(article, CardStyle.FULL, say(WHOLE_ICON, language)))
    elif article.url:
        # The whole text is the outlet's: the way to it is the link, and there is no other under the card.
        named = say(WHOLE_AT, language, outlet=outlet)
        if letters(named) > BESIDE_ANOTHER:
            named = say(ORIGINAL_ICON, language)
        row.append(Choice(named, Link(article.url)))
    if article.url and not any(isinstance(choice.does, Link) for choice in row):
        row.append(Choice(say(ORIGINAL_ICON, language), Link(article.url)))
    if others:
        row += _follow(article, view)
        row.append(turned(article, MENU, OTHERS, style))
    return tuple(row)


def _follow(article: Article, view: View) -> list[Choice]:
    """Offer to follow the card's first topic.

    Only where a press is answered to one person alone.
    """
    about = terms(article)[:1] if view.traits.answers_alone else ()
    return [Choice(say(FOLLOW, view.language), naming.following(term)) for term in about]
