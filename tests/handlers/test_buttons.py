from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.values.messages import Choice
from handlers.buttons import Buttons
from storage.chats.choices import KEPT
from tests.fakes.world import World, a_world

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.anyio
LONG = Choice("ফলো", "follow", "tag:মুক্তিযুদ্ধের ইতিহাস ও সংস্কৃতি")


async def _kept(world: World, choice: Choice) -> str:
    buttons = Buttons(world.core.store, 64)
    data = buttons.data(choice)
    await buttons.keep(world.clock())
    return data


@pytest.mark.parametrize("choice", [Choice("", "latest"), Choice("", "read", "#12"), LONG])
async def test_what_a_button_sends_back_is_the_choice_again(tmp_path: Path, choice: Choice) -> None:
    async with a_world(tmp_path) as world:
        data = await _kept(world, choice)
        assert len(data.encode()) <= 64
        assert await Buttons(world.core.store, 64).read(data) == (choice.command, choice.argument)


async def test_one_choice_in_many_chats_is_one_row(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        assert await _kept(world, LONG) == await _kept(world, LONG)
        rows = await world.core.store._database.read(lambda db: db.rows("SELECT id FROM choices"))  # type: ignore[attr-defined]
        assert len(rows) == 1


async def test_an_argument_may_end_in_what_another_choice_holds(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        data = await _kept(world, LONG)
        buttons = Buttons(world.core.store, 64)
        assert await buttons.read(f"read #12 {data}") == ("read", f"#12 {LONG.argument}")
        assert await buttons.read("search নদী ~পদ্মা") == ("search", "নদী ~পদ্মা")


async def test_what_was_not_drawn_for_months_is_forgotten_and_says_so(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        data = await _kept(world, LONG)
        await world.core.store.choices.purge(world.clock() + KEPT - timedelta(days=1))
        assert await Buttons(world.core.store, 64).read(data) is not None
        await world.core.store.choices.purge(world.clock() + KEPT + timedelta(days=1))
        assert await Buttons(world.core.store, 64).read(data) is None


@given(command=st.from_regex(r"[a-z]{1,16}", fullmatch=True), argument=st.text(max_size=80).map(str.strip))
def test_no_button_holds_more_than_there_is_room_for(command: str, argument: str) -> None:
    data = Buttons(None, 64).data(Choice("x", command, argument))  # type: ignore[arg-type]
    assert 1 <= len(data.encode()) <= 64
