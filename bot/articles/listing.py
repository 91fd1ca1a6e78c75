"""A list of articles as one message; a list of one is its card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.articles.card import card, publisher
from bot.messages import Choice, Choices, Heading, Item, Items, Message, Part, paragraph
from bot.model import CardStyle
from bot.wording import Wording, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.articles.view import View
    from bot.model import Article

MORE = Wording("আরও", "more")


def listing(
    articles: Sequence[Article], view: View, *, head: str, first: int = 1, more: bool, note: str = ""
) -> Message:
    """Draw articles as a list that begins with place ``first``; one alone is drawn as its card.

    ``note`` is something that must be said before either (that a word is no tag, for one); ``head`` is for a list only.
    """
    onward = (
        (
            Choices(
                ((Choice(say(MORE, view.language), "more", typed=say(MORE, view.language)),),),
            ),
        )
        if more
        else ()
    )
    said = (paragraph(note),) if note else ()
    if len(articles) == 1 and first == 1:
        only = card(articles[0], CardStyle.SUMMARY, view, place=first)
        return Message((*said, *only.parts, *onward), only.brief, view.language)
    items = tuple(_item(article, place, view) for place, article in enumerate(articles, first))
    top: tuple[Part, ...] = said or (Heading(head),)
    return Message((*top, Items(items), *onward), note or head, view.language)


def _item(article: Article, place: int, view: View) -> Item:
    moment = article.published or article.updated or article.first_seen
    detail = f"{publisher(article, view.language)} · {view.short(moment)}"
    return Item(place, article.headline, article.url, detail, article.id)
