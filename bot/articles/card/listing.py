"""Draws a list of articles as one message.

A list of one is its card.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.articles.card import withdrawn
from bot.articles.card.card import card, publisher
from bot.articles.card.dating import in_list
from bot.articles.card.snippet import snippet
from bot.values.calls import ListAt, call
from bot.values.chats import CardStyle
from bot.values.messages import Choice, Choices, Heading, Item, Items, Message, MessageSort, Part, paragraph
from bot.values.wording import Wording, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.articles.card.view import View
    from bot.values.articles import Article
    from bot.values.lists import Listed

MORE_ON = Wording("আরও ›", "More ›")


def listing(
    articles: Sequence[Article],
    view: View,
    *,
    head: str,
    listed: Listed,
    note: str = "",
    about: str = "",
    sought: str = "",
    others: Sequence[Choice] = (),
    inside: Sequence[Choice] = (),
    choices: Sequence[Choice] = (),
) -> Message:
    """Draw articles as a page of a list, one as its card.

    ``note`` is something that must be said before either (that a word is no tag, for one); ``head`` is for a list only.
    ``about`` is said under the head.
    ``sought`` are words that were looked for, shown where they stand; ``others`` are other ways to understand them,
    ``inside`` leads to those that have a topic in their text alone, and ``choices`` what can be done about a whole
    list: a card has its own.
    """
    first = listed.first
    alone = len(articles) == 1 and first == 1 and not articles[0].withdrawn
    onward = (Choice(say(MORE_ON, view.language), call("more", list=ListAt(0, listed.id))),) if listed.goes_on else ()
    rows = (tuple(others), tuple(inside), () if alone else tuple(choices), onward)
    below = (Choices(tuple(filter(None, rows))),) if any(rows) else ()
    said = (paragraph(note),) if note else ()
    if alone:
        only = card(articles[0], CardStyle.SUMMARY, view, position=first)
        return replace(only, parts=(*said, *only.parts, *below), listed=listed)
    numbered = enumerate(articles, first)
    items = tuple(_item(article, listed.position(article.id) or at, view, sought) for at, article in numbered)
    top: tuple[Part, ...] = said or (Heading(head), *((paragraph(about),) if about else ()))
    parts = (*top, Items(items), *below)
    return Message(parts, note or head, view.language, sort=MessageSort.LIST, listed=listed)


def _item(article: Article, position: int, view: View, sought: str) -> Item:
    detail = f"{publisher(article, view.language)} · {in_list(article, view)}"
    if article.withdrawn:
        # Where it was shown before: a line that goes without a word leaves its reader with what was wrong.
        text = say(withdrawn.LINE, view.language, headline=article.headline)
        return Item(position, text, None, detail, article.id, struck=True)
    found = snippet(article.body or article.summary, sought) if sought else ()
    corrected = article.correction is not None
    return Item(position, article.headline, article.url, detail, article.id, corrected=corrected, snippet=found)
