"""আমার জেলা: by a name, by choices, and among the first screens."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.articles.names import gazetteer
from bot.values.chats import ChatKind, Role, TermKind
from tests.fakes.world import PRESSED, World, a_world, router
from tests.handlers.saying import choice, choices, press, text

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.anyio


async def _follows(world: World) -> set[tuple[TermKind, str]]:
    chosen = await world.core.store.subscriptions.of_chat((await world.chat()).id)
    return {(one.term.kind, one.term.value) for one in chosen if not one.exclude}


@pytest.mark.parametrize("said", ["আমার জেলা সিলেট", "জেলা সিলেট", "/district sylhet", "jela Sylhet", "জেলা সিলেটের"])
async def test_a_name_in_any_spelling_is_followed_with_its_volume_and_the_way_back(tmp_path: Path, said: str) -> None:
    async with a_world(tmp_path) as world:
        for number in range(7):
            await world.add(f"সিলেটে খবর {number}", url=f"https://outlet.example/{number}")
        reply = await world.say(said)
        assert "‘সিলেট’ ফলো করছেন। দিনে গড়ে ১টি খবর।" in text(reply)
        assert await _follows(world) == {(TermKind.TAG, "সিলেট")}
        await press(world, reply, "ফলো বন্ধ")
        assert await _follows(world) == set()


async def test_asked_for_a_name_it_takes_the_next_message(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        asked = await world.say("আমার জেলা")
        assert "জেলার নাম লিখে পাঠান। যেমন: সিলেট, বগুড়া।" in text(asked)
        assert "ফলো করছেন" in text(await world.say("bogra"))
        assert await _follows(world) == {(TermKind.TAG, "বগুড়া")}


async def test_a_name_that_is_nearly_one_is_asked_about(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.say("আমার জেলা")
        near = await world.say("বগুরা")
        assert "‘বগুরা’ নামে কোনো জেলা নেই।" in text(near)
        await press(world, near, "বগুড়া")
        assert await _follows(world) == {(TermKind.TAG, "বগুড়া")}


async def test_an_answer_that_is_none_is_a_question_like_any_other(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.add("ইরানে বৃষ্টি", tags=("ইরান",))
        await world.say("আমার জেলা")
        assert "ইরানে বৃষ্টি" in text(await world.say("ইরান"))
        assert await _follows(world) == set()


@pytest.mark.parametrize("said", ["জেলা প্রশাসক নিয়োগ", "জেলা জজ", "আমার জেলা কেমন"])
def test_other_words_that_begin_so_are_questions(said: str) -> None:
    assert router().route(said) is None
    assert router().led(said) is None


async def test_division_by_division_every_district_can_be_reached(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        first = await world.say("/district")
        reached = []
        for division in choices(first)[:-1]:
            reached += [one.label for one in choices(await press(world, first, division.label))[:-1]]
        assert sorted(reached) == sorted(one.name for one in gazetteer.districts())
        within = await press(world, first, "ঢাকা বিভাগ")
        assert "ঢাকা বিভাগ: কোন জেলা?" in text(within)
        await press(world, within, "গাজীপুর")
        assert await _follows(world) == {(TermKind.TAG, "গাজীপুর")}


async def test_what_a_choice_says_typed_is_the_same(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        first = choice(await world.say("/district"), "রংপুর বিভাগ")
        within = choice(await world.say(first.label), "রংপুর")
        assert "‘রংপুর’ ফলো করছেন" in text(await world.say(within.label))


async def test_english_reads_english_names(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.say("/language en")
        first = await world.say("/district")
        within = await press(world, first, "Chattogram division")
        assert "Cox's Bazar" in [one.label for one in choices(within)]
        await press(world, within, "Cox's Bazar")
        assert await _follows(world) == {(TermKind.TAG, "কক্সবাজার")}


async def test_an_unknown_name_shows_the_divisions(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        reply = await world.say("/district অচেনাপুরনগর")
        assert "নামে কোনো জেলা নেই" in text(reply)
        assert len(choices(reply)) == 8 + 1
        assert choices(reply)[-1].label == "‹ থাক"


async def _to_what(world: World, country: str = "🇧🇩 বাংলাদেশ") -> list[str]:
    reply = await world.press(choice(await world.say("/start", traits=PRESSED), country))
    asked = await world.press(choice(reply, "📍 আমার জেলা"))
    return [one.label for one in choices(asked)]


async def test_among_the_first_screens_it_comes_back_ticked(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        assert (await _to_what(world))[:2] == ["ঢাকা বিভাগ", "চট্টগ্রাম বিভাগ"]
        what = await world.say("সিলেট", traits=PRESSED)
        assert "কোন খবর চান?" in text(what)
        assert [one.label for one in choices(what)][-3:] == ["✓ সিলেট", "📍 আমার জেলা", "ঠিক আছে ›"]
        again = await world.press(choice(what, "✓ সিলেট"))
        assert "✓ সিলেট" not in [one.label for one in choices(again)]
        assert await _follows(world) == {(TermKind.ALL, "")}


async def test_among_the_first_screens_it_can_be_pressed_or_left(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        first = await world.press(choice(await world.say("/start", traits=PRESSED), "🇧🇩 বাংলাদেশ"))
        asked = await world.press(choice(first, "📍 আমার জেলা"))
        assert "কোন খবর চান?" in text(await world.press(choice(asked, "‹ থাক")))
        what = await world.press(choice(await world.press(choice(asked, "বরিশাল বিভাগ")), "ভোলা"))
        assert "✓ ভোলা" in [one.label for one in choices(what)]
        done = await world.press(choice(await world.press(choice(what, "ঠিক আছে ›")), "☀️ শুধু সকালে, একসঙ্গে"))
        assert "ভোলা" in text(done)


async def test_in_india_the_districts_of_west_bengal_are_offered(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        labels = await _to_what(world, "🇮🇳 ভারত")
        assert "হাওড়া" in labels
        assert "✓ হাওড়া" in [one.label for one in choices(await world.say("howrah", traits=PRESSED))]


async def test_in_a_group_only_its_admins_choose(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        within = choice(await world.say("/district ঢাকা বিভাগ"), "গাজীপুর")
        await world.core.store.erasing.chat((await world.chat()).id, world.clock())
        reply = await world.press(within, role=Role.READER, kind=ChatKind.GROUP)
        assert "গ্রুপের অ্যাডমিনরা" in text(reply)
        assert await _follows(world) == set()


async def test_a_district_that_admins_renamed_is_followed_by_its_new_name(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.add("খবর", tags=("বগুড়া",))
        await world.say("/renametag বগুড়া = বগুড়া জেলা সদর")
        await world.say("জেলা বগুড়া")
        assert await _follows(world) == {(TermKind.TAG, "বগুড়া জেলা সদর")}
