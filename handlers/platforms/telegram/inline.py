"""Serves inline mode: `@bot ইরান` offers cards to share.

They go to any chat, with link buttons only.
Chosen cards are remembered, so that a correction changes them there too. Telegram tells of them once @BotFather was
asked for inline feedback (/setinlinefeedback).
"""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.articles.card.card import card, publisher
from bot.articles.card.card_choices import FOR_ME
from bot.articles.card.view import View
from bot.articles.card.withdrawn import withdrawn
from bot.bangla.cut import cut
from bot.bangla.normalise import key
from bot.search import understanding
from bot.values.appearances import Appearance
from bot.values.articles import DHAKA, Query
from bot.values.chats import CardStyle, Language
from bot.values.messages import Choice, Choices, Link, Message
from bot.values.wording import Wording, say
from handlers.platforms.telegram.piece import as_post
from handlers.platforms.telegram.render import render
from handlers.platforms.telegram.settings import NAME

if TYPE_CHECKING:
    from telegram import ChosenInlineResult, InlineQuery

    from bot.ports.platform import SendResult
    from bot.ports.store import Store
    from bot.running.core import Core
    from bot.values.articles import Article
    from bot.values.messages import Part, Traits
    from handlers.platforms.telegram.account import TelegramAccount

NOTHING = Wording("কিছু পাওয়া যায়নি। কম শব্দে লিখুন।", "Nothing found. Try fewer words.")
OFFERED = 10
CACHED = 60
"""Seconds that the platform may answer others who ask the same."""
_TITLE, _LINE = 120, 120
_AT, _NUMBER, _MOMENT = ".", 18, 11
"""Between a story's number and the second when it was drawn; so many digits each has at most in an id of ours."""


async def answer(query: InlineQuery, store: Store, traits: Traits, now: datetime) -> dict[str, object]:
    """Answer an inline query.

    The answer has cards, or says that there are none.
    """
    text = query.query.strip()
    articles = [one for one in await _articles(store, text, now) if not one.sample and not one.withdrawn]
    view = _view(traits, now)
    found = [result for article in articles if (result := _result(article, view)) is not None]
    told = {} if found else {"button": {"text": say(NOTHING, view.language), "start_parameter": "inline"}}
    return {"inline_query_id": query.id, "results": found, "cache_time": CACHED, **told}


async def _articles(store: Store, text: str, now: datetime) -> list[Article]:
    """Return the articles that a text asks for.

    They are one by its number, else the newest about it, else the newest of all.
    """
    if text.startswith("#") and (number := key(text[1:])).isdecimal():
        return await store.articles.many([int(number[:_NUMBER])])
    query = (await understanding.find(store, text, now, ZoneInfo(DHAKA))).query if text else Query()
    return await store.articles.page(query, OFFERED)


def chosen(result: ChosenInlineResult, account: str, now: datetime) -> Appearance | None:
    """Return what somebody shared.

    A result that was offered before there were moments in its id is None.
    """
    number, _, drawn = result.result_id.partition(_AT)
    if not (number.isdecimal() and drawn.isdecimal() and len(number) <= _NUMBER and len(drawn) <= _MOMENT):
        return None
    at = min(datetime.fromtimestamp(int(drawn), UTC), now)
    # Where no button stands under it the platform gives no number, and nobody can change it.
    return Appearance(account, f"{NAME}:{result.from_user.id}", (int(number),), at, result.inline_message_id)


class SharedInline:
    """Cards that readers shared by inline mode."""

    def __init__(self, core: Core, account: TelegramAccount, bot_name: str) -> None:
        """Draw what ``core`` has and change it through ``account``.

        The desk that withdraws is that of ``bot_name``.
        """
        self._core = core
        self._account = account
        self._bot_name = bot_name

    async def draw(self, article_id: int) -> Message | None:
        """Draw a card as it is shared now."""
        store, view = self._core.store, _view(self._account.traits, self._core.clock())
        article = await store.articles.get(article_id)
        if article is None:
            return None
        subject = await store.subjects.of_article(article.id) if article.withdrawn else None
        if subject is None:
            return _shared(card(article, CardStyle.SUMMARY, view), article, view)
        at = subject.changed_at or subject.created_at
        return _shared(
            withdrawn(article, subject.text, subject.by, view, at=at, bot_name=self._bot_name), article, view
        )

    async def change(self, number: str, message: Message) -> SendResult:
        """Put a card in place of a shared one."""
        return await self._account.change_shared(number, message)


def _view(traits: Traits, now: datetime) -> View:
    return View(Language.BANGLA, ZoneInfo(DHAKA), now, traits)


def _result(article: Article, view: View) -> dict[str, object] | None:
    pieces = render(_shared(card(article, CardStyle.SUMMARY, view), article, view), _never)
    if len(pieces) != 1:
        return None
    _, fields = as_post(pieces[0])
    keyboard = fields.pop("reply_markup", None)
    moment = article.published or article.updated or article.first_seen
    return {
        "type": "article",
        "id": f"{article.id}{_AT}{int(view.now.timestamp())}",
        "title": cut(article.headline, _TITLE),
        "description": cut(f"{publisher(article, view.language)} · {view.short(moment)}", _LINE),
        "input_message_content": {"message_text": fields.pop("text"), **fields},
        **({"reply_markup": keyboard} if keyboard else {}),
        **({"thumbnail_url": article.image} if article.image else {}),
    }


def _shared(message: Message, article: Article, view: View) -> Message:
    """Return choices without those that are pressed.

    A press in another chat would come from nobody we know.
    There is one in any case: the platform gives a message without buttons no number by which it can be changed.
    """
    linked = [kept for part in message.parts if (kept := _linked(part)) is not None]
    shown = dataclasses.replace(message, parts=tuple(linked))
    if shown.rows:
        return shown
    here = Choice(say(FOR_ME, view.language), Link(view.traits.deep_link.format(start=f"a_{article.id}")))
    return dataclasses.replace(shown, parts=(*linked, Choices(((here,),))))


def _linked(part: Part) -> Part | None:
    if not isinstance(part, Choices):
        return part
    rows = (tuple(choice for choice in row if isinstance(choice.does, Link)) for row in part.rows)
    kept = tuple(row for row in rows if row)
    return Choices(kept) if kept else None


def _never(choice: Choice) -> str:
    raise ValueError(f"{choice.label}: only links are shared")
