"""An article opened in place of its list, and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.editing import stories
from bot.search.pages import Page
from bot.values.articles import Query, QueryKind
from bot.values.chats import ChatKind
from bot.values.messages import Choice, Items, Reply
from handlers.commands.page import GONE
from tests.fakes.world import World, a_world
from tests.handlers.saying import choice, text

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.anyio


async def _listed(world: World, asked: str) -> Reply:
    for number in range(7):
        await world.add(f"সেতুর খবর {number}", f"{number} নম্বর কথা, সেতু নিয়ে।", tags=("সেতু",))
        world.clock.go(minutes=1)
    return await world.say(asked)


def _items(reply: Reply) -> Items:
    (found,) = [part for part in reply.message.parts if isinstance(part, Items)]
    return found


def _place(reply: Reply, number: int) -> Choice:
    items = _items(reply)
    return Choice("", "read", f"#{items.items[number - 1].article_id} {items.page}")


@pytest.mark.parametrize("asked", ["/latest", "/tag সেতু", "/search নম্বর কথা"])
async def test_a_place_opens_there_and_leads_back_to_the_same_list(tmp_path: Path, asked: str) -> None:
    async with a_world(tmp_path) as world:
        listed = await _listed(world, asked)
        opened = await world.press(_place(listed, 2))
        assert opened.replaces
        assert "5 নম্বর কথা" in text(opened)
        back = await world.press(choice(opened, "‹ তালিকায় ফিরুন"))
        assert back.replaces
        assert _items(back) == _items(listed)
        assert choice(back, "আরও ›") == choice(listed, "আরও ›")


async def test_a_second_page_keeps_its_numbers_and_what_went_is_left_out(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await _listed(world, "/latest")
        second = await world.say("/more")
        first, last = _items(second).items
        opened = await world.press(_place(second, 1))
        story = await stories.find(world.core.store, str(first.article_id))
        assert story is not None
        await stories.withdraw(world.core.store, story, "ভুল ছিল", "me", world.clock())
        back = await world.press(choice(opened, "‹ তালিকায় ফিরুন"))
        assert [(one.place, one.article_id) for one in _items(back).items] == [(6, last.article_id)]


async def test_in_a_group_the_list_stays(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        listed = await _listed(world, "/latest")
        opened = await world.press(_place(listed, 1), person="club", kind=ChatKind.GROUP)
        assert not opened.replaces
        assert "‹ তালিকায় ফিরুন" not in text(opened)


@pytest.mark.parametrize(
    "page", ["", "[", "[]", "1", "null", "[1,0,[999]]", '[1,0,["x"]]', "[1,0,[9e999]]", '[1,0,[1],"digest"]', "[" * 200]
)
async def test_what_no_list_ever_wrote_is_answered_in_plain_words(tmp_path: Path, page: str) -> None:
    async with a_world(tmp_path) as world:
        assert text(await world.say(f"/page {page}".strip())).strip() == GONE.bn


@pytest.mark.parametrize("about", ['"words","x","ভুয়া"', '"tag","সেতু","ভুয়া"', '"tag","ভুয়া","ভুয়া"', '"outlet","1","ভুয়া"'])
async def test_no_words_that_a_button_brings_are_shown(tmp_path: Path, about: str) -> None:
    async with a_world(tmp_path) as world:
        await _listed(world, "/latest")
        assert "ভুয়া" not in text(await world.press(Choice("", "page", f"[1,0,[1,2],{about}]")))


async def test_a_list_of_words_that_is_not_the_last_comes_back_under_no_words(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        opened = await world.press(_place(await _listed(world, "/search নম্বর কথা"), 2))
        back = choice(opened, "‹ তালিকায় ফিরুন")
        assert "‘নম্বর কথা’ নিয়ে খবর" in text(await world.press(back))
        await world.press(Choice("", "latest"))
        again = text(await world.press(back))
        assert "আরও খবর" in again
        assert "‘নম্বর কথা’" not in again


@given(
    st.integers(1, 100),
    st.booleans(),
    st.lists(st.integers(1, 2**62), max_size=20),
    st.sampled_from(QueryKind),
    st.text(max_size=30),
)
def test_a_page_is_read_as_it_was_written(
    first: int, more: bool, ids: list[int], subject: QueryKind, name: str
) -> None:
    page = Page(first, more, ids, Query(subject, name, name))
    # A name would be words that a button brings.
    assert Page.read(page.write()) == page._replace(query=Query(subject, name))


@given(st.text() | st.recursive(st.integers() | st.floats() | st.text(), st.lists).map(str))
def test_any_text_is_a_page_or_none(text: str) -> None:
    page = Page.read(text)
    assert page is None or Page.read(page.write()) == page
