from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.values.chats import Mode, Role, Term, TermKind
from bot.values.messages import Traits
from handlers import suggesting
from handlers.command import Request
from handlers.context import Services
from tests.fakes.world import World, a_world

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.anyio


async def _request(world: World) -> Request:
    services = Services.of(world.core)
    return Request(await world.chat(), "console:local", Role.READER, world.clock(), Traits(), services)


async def _news(world: World) -> None:
    for number in range(3):
        await world.add(f"ইরান ও রাশিয়া {number}", "কিছু একটা ঘটেছে সেখানে।", tags=("ইরান", "রাশিয়া") if number else ("ইরান",))
    await world.add("ঢাকায় বৃষ্টি", "সারা দিন বৃষ্টি হবে আজ।", tags=("ঢাকা বিশ্ববিদ্যালয়",))


async def test_the_busiest_stand_first_with_how_much_they_bring(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await _news(world)
        found = await suggesting.topic(await _request(world), "")
        assert (found[0].label, found[0].value) == ("ইরান (৭ দিনে ৩টি)", "tag:ইরান")
        assert found[1].label == "রাশিয়া (৭ দিনে ২টি)"
        assert any(one.value == "topic:খেলা" for one in found)
        assert len(found) <= 25


@pytest.mark.parametrize("typed", ["ইর", "ir", "Iran", "iraan"])
async def test_what_is_typed_is_found_in_bengali_and_in_roman_letters(tmp_path: Path, typed: str) -> None:
    async with a_world(tmp_path) as world:
        await _news(world)
        found = await suggesting.topic(await _request(world), typed)
        assert found[0].value == "tag:ইরান"


async def test_a_word_within_a_name_is_found_too(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await _news(world)
        found = await suggesting.tag(await _request(world), "বিশ্ববি")
        assert [one.value for one in found] == ["ঢাকা বিশ্ববিদ্যালয়"]


async def test_outlets_go_by_both_names(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await _news(world)
        for typed in ("নদী", "nodi", "Nod"):
            found = await suggesting.outlet(await _request(world), typed)
            assert [one.value for one in found] == ["নদী পত্রিকা"]
        left = await suggesting.topic_or_outlet(await _request(world), "নদী")
        assert [one.value for one in left] == ["outlet:নদী পত্রিকা"]


async def test_only_what_is_chosen_can_be_given_up(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await _news(world)
        await world.follow("local", Term(TermKind.TAG, "ইরান", "ইরান"), mode=Mode.NOW)
        await world.follow("local", Term(TermKind.TAG, "রাশিয়া", "রাশিয়া"), exclude=True)
        request = await _request(world)
        assert [(one.label, one.value) for one in await suggesting.followed(request, "")] == [("ইরান", "tag:ইরান")]
        assert [one.label for one in await suggesting.left_out(request, "ra")] == ["রাশিয়া"]
        assert await suggesting.followed(request, "xyz") == []
