"""An article opened in place of its list, and the way back."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.editing import stories
from bot.values.articles import Cursor, Query, QueryKind
from bot.values.calls import ListAt, call
from bot.values.chats import ChatKind, Role
from bot.values.lists import Listed
from bot.values.messages import Choice, Items, Reply
from handlers.commands.page import GONE
from tests.fakes.world import World, a_world, chat_of
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
    listed = reply.message.listed
    assert listed is not None
    return Choice("", call("read", number=ListAt(items.items[number - 1].position, listed.id)))


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


async def test_a_second_page_keeps_its_numbers_and_what_was_withdrawn_is_struck(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await _listed(world, "/latest")
        second = await world.say("/more")
        first, last = _items(second).items
        assert first.article_id is not None
        opened = await world.press(_place(second, 1))
        story = await stories.find(world.core.store, first.article_id)
        assert story is not None
        await stories.withdraw(world.core.store, story, "ভুল ছিল", "me", world.clock())
        back = await world.press(choice(opened, "‹ তালিকায় ফিরুন"))
        struck, as_before = _items(back).items
        assert (struck.position, struck.struck, struck.link) == (6, True, None)
        assert struck.text == f"(প্রত্যাহার) {first.text}"
        assert as_before == last


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
        assert text(await world.press_on(f"page {page}")).strip() == GONE.bn


@pytest.mark.parametrize("about", ['"words","x","ভুয়া"', '"tag","সেতু","ভুয়া"', '"tag","ভুয়া","ভুয়া"', '"outlet","1","ভুয়া"'])
async def test_no_words_that_a_button_brings_are_shown(tmp_path: Path, about: str) -> None:
    async with a_world(tmp_path) as world:
        await _listed(world, "/latest")
        assert "ভুয়া" not in text(await world.press_on(f"page [1,0,[1,2],{about}]"))


async def test_a_list_comes_back_under_its_name_whatever_was_shown_since(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        opened = await world.press(_place(await _listed(world, "/search নম্বর কথা"), 2))
        back = choice(opened, "‹ তালিকায় ফিরুন")
        await world.say("/latest")
        assert "‘নম্বর কথা’ নিয়ে খবর" in text(await world.press(back))


async def test_more_turns_the_page_of_its_own_list_and_twice_is_the_same(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        first = choice(await _listed(world, "/tag সেতু"), "আরও ›")
        await world.say("/search নম্বর কথা", person="other")
        await world.say("/latest 2")
        second = await world.press(first)
        assert [one.position for one in _items(second).items] == [6, 7]
        assert _items(await world.press(first)) == _items(second)


async def test_in_a_group_more_and_numbers_are_of_the_list_last_shown_to_that_person(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await _listed(world, "/help")
        club = chat_of("club")

        async def said(actor: str, text_: str, listed: str = "") -> Reply:
            return await world.dialogue().reply(club, actor, Role.READER, text_, kind=ChatKind.GROUP, listed=listed)

        mine = await said("console:me", "/latest 2")
        await said("console:you", "/latest 3")
        assert next(one.position for one in _items(await said("console:me", "/more")).items) == 3
        assert next(one.position for one in _items(await said("console:you", "/more")).items) == 4
        listed = mine.message.listed
        assert listed is not None
        # Whose message is answered, of that list.
        assert next(one.position for one in _items(await said("console:you", "/more", listed.id)).items) == 3


moments = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - strategy's bounds are naive


@given(
    st.lists(st.integers(1, 2**62), max_size=20),
    st.builds(
        Query, st.sampled_from(QueryKind), st.text(), st.text(), st.text(), st.none() | moments, st.none() | moments
    ),
    st.none() | st.builds(Cursor, moments, st.integers(0, 2**62), st.integers(0, 9)),
    st.integers(1, 100),
)
def test_a_list_is_read_as_it_was_written(ids: list[int], query: Query, cursor: Cursor | None, first: int) -> None:
    listed = Listed(tuple(ids), query, cursor, first, len(ids))
    assert Listed.read(listed.write()) == listed
    assert len(listed.id) == 16
