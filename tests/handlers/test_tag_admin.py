"""What admins do to tags, as they say it in a chat."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.values.chats import Role
from tests.fakes.world import World, a_world
from tests.handlers.saying import choice, choices, press, text

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.anyio


async def _say(world: World, what: str) -> str:
    # As one line: where the console breaks it is not what is tested here.
    return " ".join(text(await world.say(what)).split())


async def _some_news(world: World) -> None:
    for number, name in enumerate(("ইলিশা", "ইলিশা", "ইলিশা", "ইলিশ", "গুজব")):
        await world.add(f"খবর {number}", tags=(name,), url=f"https://outlet.example/{number}")
    for person in ("এক", "দুই"):
        await world.say("/follow tag:ইলিশা", person=person, role=Role.READER)


async def _audit(world: World) -> list[tuple[str, str, str, str, str]]:
    lines = await world.core.store.audit.recent(9)
    return [(line.who, line.what, line.target, line.before, line.after) for line in lines]


async def test_two_names_are_joined_after_a_look_at_what_it_means(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await _some_news(world)
        asked = await world.say("/mergetag ইলিশা = ইলিশ")
        drawn = " ".join(text(asked).split())
        assert "‘ইলিশা’ আর ‘ইলিশ’ এক হবে, নাম থাকবে ‘ইলিশ’।" in drawn
        assert "৩টি খবর, ২ জন পাঠক। ফেরানো যাবে না।" in drawn
        assert await _audit(world) == []
        done = " ".join(text(await press(world, asked, "এক করুন")).split())
        assert "‘ইলিশা’ আর ‘ইলিশ’ এখন এক, নাম ‘ইলিশ’। এল ৩টি খবর, ২ জন পাঠক।" in done
        assert await _audit(world) == [("console:local", "mergetag", "ইলিশা", "3 articles, 2 readers", "ইলিশ")]
        listed = await _say(world, "/tag ইলিশা")
        assert "‘ইলিশ’ নিয়ে খবর" in listed
        assert "খবর 0" in listed
        assert "আগে থেকেই এক" in " ".join(text(await press(world, asked, "এক করুন")).split())
        assert len(await _audit(world)) == 1


async def test_the_answer_may_be_typed_and_may_be_no(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await _some_news(world)
        await world.say("/mergetag ইলিশা = ইলিশ")
        assert "কিছু বদলানো হয়নি" in await _say(world, "থাক")
        await world.say("/mergetag ইলিশা = ইলিশ")
        assert "এখন এক" in await _say(world, "এক করুন")


async def test_a_topic_is_renamed_and_called_back(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await _some_news(world)
        renamed = await world.say("/renametag ইলিশা = ইলিশ মাছ")
        assert "‘ইলিশা’ এখন থেকে ‘ইলিশ মাছ’: ৩টি খবর, ২ জন পাঠক।" in " ".join(text(renamed).split())
        assert "‘ইলিশ মাছ’ নিয়ে খবর" in await _say(world, "/tag ইলিশা")
        assert "ইলিশ মাছ" in text(await world.say("/following", person="এক"))
        await press(world, renamed, "আবার ‘ইলিশা’ নামে")
        assert "‘ইলিশা’ নিয়ে খবর" in await _say(world, "/tag ইলিশ মাছ")
        assert [(what, before, after) for _, what, _, before, after in await _audit(world)] == [
            ("renametag", "ইলিশ মাছ", "ইলিশা"),
            ("renametag", "ইলিশা", "ইলিশ মাছ"),
        ]


async def test_a_hidden_topic_is_offered_to_nobody_until_it_is_shown(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await _some_news(world)
        hidden = await world.say("/hidetag গুজব")
        assert "‘গুজব’ এখন লুকানো" in text(hidden)
        assert "গুজব" not in text(await world.say("/topics"))
        assert [one.label for one in choices(await world.say("/showtag"))] == ["গুজব"]
        assert "আগে থেকেই লুকানো" in await _say(world, "/hidetag গুজব")
        assert "আবার দেখানো হবে: ১টি খবর, ০ জন পাঠক" in " ".join(text(await press(world, hidden, "আবার দেখান")).split())
        assert "গুজব" in text(await world.say("/topics"))
        assert "কোনো বিষয় লুকানো নেই।" in await _say(world, "/showtag")
        assert "লুকানো নয়" in await _say(world, "/showtag গুজব")
        assert [(what, before, after) for _, what, _, before, after in await _audit(world)] == [
            ("showtag", "hidden", "shown"),
            ("hidetag", "shown", "hidden"),
        ]


async def test_what_a_reader_follows_stays_theirs_while_it_is_hidden(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await _some_news(world)
        await world.say("/hidetag ইলিশা")
        listed = await world.say("/following", person="এক")
        assert "ইলিশা" in text(listed)
        assert "‘ইলিশা’ ফলো বন্ধ।" in text(await press(world, listed, "ফলো বন্ধ ইলিশা", person="এক"))


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("/mergetag", "কোন দুটি নাম"),
        ("/mergetag ইলিশা", "কোন দুটি নাম"),
        ("/mergetag ইলিশা = ", "কোন দুটি নাম"),
        ("/mergetag ক = ইলিশ = গুজব", "কোন দুটি নাম"),
        ("/mergetag ইলিশা = নেই এমন", "‘নেই এমন’ নামে কোনো বিষয় নেই।"),
        ("/mergetag ইলিশা = ইলিশা", "আগে থেকেই এক"),
        ("/renametag", "কোন বিষয়ের নাম"),
        ("/renametag নেই এমন = ইলিশ", "‘নেই এমন’ নামে কোনো বিষয় নেই।"),
        ("/renametag ইলিশা = ইলিশ", "/mergetag ইলিশা = ইলিশ"),
        ("/renametag ইলিশা = ইলিশা", "‘ইলিশা’ নামেই আছে।"),
        ("/renametag ইলিশা = " + "ক" * 61, "৬০টি অক্ষরের মধ্যে"),
        ("/hidetag", "কোন বিষয় লুকাবেন?"),
        ("/hidetag নেই এমন", "‘নেই এমন’ নামে কোনো বিষয় নেই।"),
        ("/showtag নেই এমন", "‘নেই এমন’ নামে কোনো বিষয় নেই।"),
    ],
)
async def test_what_cannot_be_done_is_said_and_does_nothing(tmp_path: Path, said: str, answer: str) -> None:
    async with a_world(tmp_path) as world:
        await _some_news(world)
        assert answer in await _say(world, said)
        assert await _audit(world) == []


@pytest.mark.parametrize("said", ["mergetag ইলিশা = ইলিশ", "renametag ইলিশ = ক", "hidetag ইলিশ", "showtag ইলিশ"])
async def test_only_admins_may(tmp_path: Path, said: str) -> None:
    async with a_world(tmp_path) as world:
        await _some_news(world)
        assert "শুধু অ্যাডমিনরা" in text(await world.say(f"/{said}", role=Role.EDITOR))
        assert await _audit(world) == []


async def test_an_old_card_leads_to_the_topic_by_its_new_name(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await _some_news(world)
        before = choice(await world.say("/topics"), "ইলিশা")
        await press(world, await world.say("/mergetag ইলিশা = ইলিশ"), "এক করুন")
        assert "‘ইলিশ’ নিয়ে খবর" in text(await world.press(before))
