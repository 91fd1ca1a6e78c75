"""What can be pressed under a card: little, with the rest behind ⋯; where choices are typed, what to type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.subscriptions import naming
from bot.values.articles import FullText
from bot.values.chats import CardStyle, ChatKind
from bot.values.messages import Choice
from bot.values.wording import Wording, number, say

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
LESS_TYPED = Wording("সেটিংস ব্রেকিং", "settings breaking")
STORY = "story"
"""The command behind the choices of a card."""
FOLLOW = Wording("➕ ফলো", "➕ Follow")
LONGEST_OUTLET = 16
"""Letters of an outlet's name that a button beside another has room for."""

Rows = list[tuple[Choice, ...]]


def under(
    article: Article, style: CardStyle, view: View, *, place: int | None, whole: bool, breaking: bool, outlet: str
) -> Rows:
    """Return the rows under a card of that style; ``outlet`` is its publisher's name."""
    if not view.traits.buttons:
        return _typed(article, view, place=place, whole=whole, breaking=breaking)
    if view.kind is not ChatKind.PRIVATE and not view.traits.answers_alone:
        return _public(article, view)
    if breaking:
        less = Choice(say(LESS, view.language), "settings", "breaking", say(LESS_TYPED, view.language))
        return [_private(article, CardStyle.SUMMARY, view, outlet, others=False), (less,)]
    return [_private(article, CardStyle.FULL if whole else style, view, outlet, others=True)]


def turned(article: Article, style: CardStyle | str, label: str) -> Choice:
    """Return the choice that draws a card anew in another style, or with what stands behind ⋯."""
    return Choice(label, STORY, f"#{article.id} {style}")


def _typed(article: Article, view: View, *, place: int | None, whole: bool, breaking: bool) -> Rows:
    open_ones: list[Choice] = []
    if not whole:
        typed = number(place, view.language) if place is not None else f"read #{article.id}"
        open_ones.append(Choice(say(WHOLE, view.language), "read", f"#{article.id}", typed))
    if article.url:
        open_ones.append(Choice(say(ORIGINAL, view.language), link=article.url))
    if breaking:
        less = Choice(say(LESS, view.language), "settings", "breaking", say(LESS_TYPED, view.language))
        return [tuple(open_ones), (less,)]
    names = article.tags[:1] or ((article.outlet.name,) if article.outlet and not article.sample else ())
    return [tuple(open_ones), tuple(naming.follow(name, view.language) for name in names)]


def _public(article: Article, view: View) -> Rows:
    """Nothing that is pressed among others changes anything there: one's own news is chosen in private."""
    row = [Choice(say(ORIGINAL_ICON, view.language), link=article.url)] if article.url else []
    if view.traits.deep_link:
        wording = FOR_ME if view.kind is ChatKind.GROUP else CHOOSE_MINE
        link = view.traits.deep_link.format(start=f"a_{article.id}")
        row.append(Choice(say(wording, view.language), link=link))
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
        named = (
            say(WHOLE_AT, language, outlet=outlet) if len(outlet) <= LONGEST_OUTLET else say(ORIGINAL_ICON, language)
        )
        row.append(Choice(named, link=article.url))
    if article.url and not any(choice.link for choice in row):
        row.append(Choice(say(ORIGINAL_ICON, language), link=article.url))
    if others:
        row += _follow(article, view)
        row.append(turned(article, f"menu {style}", OTHERS))
    return tuple(row)


def _follow(article: Article, view: View) -> list[Choice]:
    """Offer what a card is about first of all, where a press is answered to one person alone."""
    outlet = (f"outlet:{article.outlet.name}",) if article.outlet is not None else ()
    names = (*(f"tag:{tag}" for tag in article.tags[:1]), *outlet)
    return [Choice(say(FOLLOW, view.language), "follow", names[0])] if view.traits.answers_alone and names else []
