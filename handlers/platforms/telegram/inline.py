"""Serves inline mode: `@bot ইরান` offers cards to share.

They go to any chat, with link buttons only.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.articles.card.card import card, publisher
from bot.articles.card.view import View
from bot.bangla.cut import cut
from bot.bangla.normalise import key
from bot.search import understanding
from bot.values.articles import DHAKA, Query
from bot.values.chats import CardStyle, Language
from bot.values.messages import Choices, Link, Message
from bot.values.wording import Wording, say
from handlers.platforms.telegram.piece import as_post
from handlers.platforms.telegram.render import render

if TYPE_CHECKING:
    from datetime import datetime

    from telegram import InlineQuery

    from bot.ports.store import Store
    from bot.values.articles import Article
    from bot.values.messages import Choice, Part, Traits

NOTHING = Wording("কিছু পাওয়া যায়নি। কম শব্দে লিখুন।", "Nothing found. Try fewer words.")
OFFERED = 10
CACHED = 60
"""Seconds that the platform may answer others who ask the same."""
_TITLE, _LINE = 120, 120


async def answer(query: InlineQuery, store: Store, traits: Traits, now: datetime) -> dict[str, object]:
    """Answer an inline query.

    The answer has cards, or says that there are none.
    """
    text = query.query.strip()
    articles = [one for one in await _articles(store, text, now) if not one.sample and not one.withdrawn]
    view = View(Language.BANGLA, ZoneInfo(DHAKA), now, traits)
    found = [result for article in articles if (result := _result(article, view)) is not None]
    told = {} if found else {"button": {"text": say(NOTHING, view.language), "start_parameter": "inline"}}
    return {"inline_query_id": query.id, "results": found, "cache_time": CACHED, **told}


async def _articles(store: Store, text: str, now: datetime) -> list[Article]:
    """Return the articles that a text asks for.

    They are one by its number, else the newest about it, else the newest of all.
    """
    if text.startswith("#") and (number := key(text[1:])).isdecimal():
        return await store.articles.many([int(number[:18])])
    query = (await understanding.find(store, text, now, ZoneInfo(DHAKA))).query if text else Query()
    return await store.articles.page(query, OFFERED)


def _result(article: Article, view: View) -> dict[str, object] | None:
    pieces = render(_shared(card(article, CardStyle.SUMMARY, view)), _never)
    if len(pieces) != 1:
        return None
    _, fields = as_post(pieces[0])
    keyboard = fields.pop("reply_markup", None)
    moment = article.published or article.updated or article.first_seen
    return {
        "type": "article",
        "id": str(article.id),
        "title": cut(article.headline, _TITLE),
        "description": cut(f"{publisher(article, view.language)} · {view.short(moment)}", _LINE),
        "input_message_content": {"message_text": fields.pop("text"), **fields},
        **({"reply_markup": keyboard} if keyboard else {}),
        **({"thumbnail_url": article.image} if article.image else {}),
    }


def _shared(message: Message) -> Message:
    """Return choices without those that are pressed.

    A press in another chat would come from nobody we know.
    """
    linked = [kept for part in message.parts if (kept := _linked(part)) is not None]
    return dataclasses.replace(message, parts=tuple(linked))


def _linked(part: Part) -> Part | None:
    if not isinstance(part, Choices):
        return part
    rows = (tuple(choice for choice in row if isinstance(choice.does, Link)) for row in part.rows)
    kept = tuple(row for row in rows if row)
    return Choices(kept) if kept else None


def _never(choice: Choice) -> str:
    raise ValueError(f"{choice.label}: only links are shared")
