"""What a message is stands in its fields.

An outlet's own signs in a headline mean nothing to us.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.articles.card.card import card, note, plain_card
from bot.articles.card.listing import listing
from bot.articles.card.view import View
from bot.articles.card.withdrawn import withdrawn
from bot.values.articles import Correction
from bot.values.calls import call
from bot.values.chats import CardStyle, Language, Picture
from bot.values.lists import Listed
from bot.values.messages import Choice, Choices, Heading, Item, Items, Message, MessageSort, MessageState, Reply, plain
from handlers.placing import MARK, comes_in_place, marking, unmarked
from handlers.platforms.console.adapter import TRAITS as CONSOLE
from handlers.platforms.console.render import arrival
from handlers.platforms.discord import render as discord
from handlers.platforms.discord.account import TRAITS
from handlers.platforms.telegram import render as telegram
from handlers.signs import SIGNS, signed
from tests.handlers.telegram.seed import ARTICLE, HEADLINE, NOW, PICTURED

VIEW = View(Language.BANGLA, ZoneInfo("Asia/Dhaka"), NOW, TRAITS)
CORRECTED = replace(ARTICLE, correction=Correction(datetime(2025, 6, 23, 13, 0, tzinfo=UTC), "ভুল ছিল"))
GONE = withdrawn(ARTICLE, "ভুল ছিল", "", VIEW, at=NOW, bot_name="খবর")
STATES = [
    (MessageState.PLAIN, card(ARTICLE, CardStyle.SUMMARY, VIEW)),
    (MessageState.BREAKING, card(ARTICLE, CardStyle.SUMMARY, VIEW, breaking=True)),
    (MessageState.CORRECTED, card(CORRECTED, CardStyle.SUMMARY, VIEW)),
    (MessageState.CORRECTED, card(CORRECTED, CardStyle.SUMMARY, VIEW, breaking=True)),
    (MessageState.WITHDRAWN, GONE),
]


def _press(choice: Choice) -> str:
    return choice.label or "x"


def _accent(message: Message) -> int:
    (piece,) = discord.render(message, _press)
    return int(piece.components[0]["accent_color"])


@pytest.mark.parametrize(("state", "message"), STATES)
def test_a_state_is_a_field_and_its_sign_is_drawn_once_by_each_renderer(state: MessageState, message: Message) -> None:
    assert (message.sort, message.state, message.outlet) == (MessageSort.CARD, state, "নমুনা পোর্টাল")
    message = replace(message, parts=tuple(part for part in message.parts if not isinstance(part, Choices)))
    assert not any(sign and sign in str(message) for sign in SIGNS.values()), "nothing of it stands in the words"
    sign = SIGNS[state]
    (piece,) = telegram.render(message, _press)
    assert piece.text.startswith(f"{sign} <b>" if sign else "<b>")
    (drawn,) = discord.render(message, _press)
    assert drawn.brief.startswith(sign)
    assert all(str(drawn.components).count(one) == (one == sign) for one in SIGNS.values() if one)


@pytest.mark.parametrize("sign", [*filter(None, SIGNS.values()), "☀️", "🔔"])
def test_an_outlets_own_sign_changes_neither_colour_nor_state(sign: str) -> None:
    article = replace(ARTICLE, headline=f"{sign} {HEADLINE}")
    message = card(article, CardStyle.SUMMARY, VIEW)
    assert message.state is MessageState.PLAIN
    assert _accent(message) == discord.colour("নমুনা পোর্টাল")
    (piece,) = telegram.render(message, _press)
    assert piece.text.startswith(f"<b>{sign} {HEADLINE}</b>"), "it is the outlet's headline, whole"
    assert [line.text for line in arrival(card(article, CardStyle.SUMMARY, replace(VIEW, traits=CONSOLE)))] == [
        f"🔔 {sign} {HEADLINE} (নমুনা পোর্টাল)"
    ]


def test_colours_are_those_of_the_state() -> None:
    colours = [_accent(message) for _, message in STATES]
    outlet = discord.colour("নমুনা পোর্টাল")
    assert colours == [outlet, discord.BREAKING, outlet, outlet, discord.WITHDRAWN]


def test_an_outlets_colour_is_its_own_whoever_wrote_the_story() -> None:
    for byline in (None, "নিজস্ব প্রতিবেদক", "রহিম করিম"):
        assert _accent(card(replace(ARTICLE, byline=byline), CardStyle.SUMMARY, VIEW)) == discord.colour("নমুনা পোর্টাল")


def test_lines_and_bare_words_have_their_sign_too() -> None:
    line = note("শিরোনাম ভুল ছিল", Language.BANGLA)
    assert (line.sort, line.state) == (MessageSort.NOTE, MessageState.CORRECTED)
    (piece,) = telegram.render(line, _press)
    assert piece.text == "✏️ ওপরের খবরে একটি সংশোধনী আছে: শিরোনাম ভুল ছিল"
    (bare,) = telegram.render(plain_card(ARTICLE, VIEW, breaking=True), _press)
    assert bare.text.startswith(f"🔴 ব্রেকিং: {HEADLINE}")
    assert signed(line).brief.startswith("✏️ ")
    assert signed(GONE).brief == GONE.brief, "its brief says it in words"


def test_what_was_corrected_in_a_list_bears_the_sign_and_what_was_withdrawn_none() -> None:
    items = (Item(1, "ক", corrected=True), Item(2, "খ", struck=True, corrected=True), Item(3, "গ"))
    (part,) = signed(Message((Items(items),))).parts
    assert isinstance(part, Items)
    assert [item.text for item in part.items] == ["✏️ ক", "খ", "গ"]


def test_a_sign_stands_nowhere_where_nothing_is_said() -> None:
    assert signed(Message((), state=MessageState.BREAKING)).parts == ()
    assert signed(Message((Heading("ক"),))).parts == (Heading("ক"),)


@pytest.mark.parametrize("picture", list(Picture))
def test_a_list_of_one_keeps_what_its_card_is(picture: Picture) -> None:
    view = replace(VIEW, picture=picture)
    alone = listing([PICTURED], view, head="সর্বশেষ খবর", listed=Listed((1,), end=1), note="কাছাকাছি শব্দ")
    only = card(PICTURED, CardStyle.SUMMARY, view, position=1)
    assert (alone.picture, alone.topic, alone.outlet, alone.sort) == (picture, "বিশ্ব", only.outlet, MessageSort.CARD)
    assert alone.parts[1:] == only.parts
    several = listing([PICTURED, ARTICLE], view, head="সর্বশেষ খবর", listed=Listed((1, 2), end=2))
    assert several.sort is MessageSort.LIST


# --- where an answer comes ---

PANEL = plain("সেটিংস")
NEWS = [replace(PANEL, sort=sort) for sort in MessageSort if sort is not MessageSort.ANSWER]


@pytest.mark.parametrize("news", NEWS)
def test_news_is_replaced_by_news_alone(news: Message) -> None:
    for under_answer in (False, True):
        assert comes_in_place(Reply(news, replaces=True), under_answer=under_answer)
        assert comes_in_place(Reply(PANEL, replaces=True), under_answer=under_answer) is under_answer
        assert not comes_in_place(Reply(news), under_answer=under_answer)
        assert not comes_in_place(Reply(PANEL), under_answer=under_answer)


@pytest.mark.parametrize("message", [PANEL, *NEWS])
def test_a_button_tells_whether_it_stood_under_an_answer(message: Message) -> None:
    written = marking(message, lambda choice: f"{choice.label} x")(Choice("settings", call("settings")))
    assert unmarked(written) == ("settings x", message is PANEL)
    assert len(written) <= len("settings x") + len(MARK)
