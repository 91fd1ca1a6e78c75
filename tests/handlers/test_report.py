from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest

from bot.delivery.sender import Sender
from bot.values.chats import Language
from handlers.commands import report
from tests.fakes.world import PRESSED, RecordingPlatform, World, a_world
from tests.handlers.saying import choice, choices, text

if TYPE_CHECKING:
    from pathlib import Path

    from bot.values.messages import Reply

pytestmark = pytest.mark.anyio


def _edited_by(world: World, *admins: str) -> None:
    world.core = dataclasses.replace(world.core, settings=world.core.settings.model_copy(update={"admins": admins}))


async def _asked(world: World) -> Reply:
    saved = await world.add("পদ্মায় নৌকাডুবি", "নৌকাটি ডুবেছে।", tags=("পদ্মা",))
    menu = await world.press_on(f"story #{saved.article_id} menu summary")
    return await world.press(choice(menu, "⚠️ ভুল চোখে পড়েছে"))


async def _told(world: World, person: str) -> list[str]:
    platform = RecordingPlatform(person=person)
    await Sender(world.core.store, platform, "test", world.clock).turn()
    return [message.brief for _, message, _ in platform.sent]


async def test_a_mistake_goes_to_the_editors_with_what_they_need(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        _edited_by(world, "console:editor")
        await world.chat("editor")
        asked = await _asked(world)
        assert "‘পদ্মায় নৌকাডুবি’: ভুলটি কী" in text(asked)
        assert not asked.replaces
        # It names a command by its words, and is an answer all the same.
        assert "সম্পাদকদের কাছে" in text(await world.say("ভুল খবর"))
        platform = RecordingPlatform(person="editor")
        await Sender(world.core.store, platform, "test", world.clock).turn()
        ((_, message, _),) = platform.sent
        assert message.brief.startswith("⚠️ পাঠক জানিয়েছেন: ‘ভুল খবর’\nপদ্মায় নৌকাডুবি (নদী পত্রিকা)\n/correct #1")
        (line,) = await world.core.store.audit.recent(9)
        assert (line.who, line.what, line.target, line.after) == ("console:local", "report", "#1", "ভুল খবর")


async def test_whoever_leaves_it_tells_nobody(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        _edited_by(world, "console:editor")
        await world.chat("editor")
        left = await world.press(choice(await _asked(world), "‹ থাক"))
        assert "কিছু পাঠানো হয়নি" in text(left)
        await world.say("পদ্মা")
        assert await _told(world, "editor") == []


async def test_without_a_number_it_is_the_story_that_came_last_or_asked_which(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        assert "কোন খবরে?" in text(await world.say("ভুল আছে", person="reader"))
        await world.at_once("reader")
        await world.follow("reader")
        await world.add("পদ্মায় নৌকাডুবি", "নৌকাটি ডুবেছে।")
        await world.spread()
        assert len(await _told(world, "reader")) == 1
        assert "‘পদ্মায় নৌকাডুবি’" in text(await world.say("ভুল আছে", person="reader"))
        assert "আর জমা নেই" in text(await world.say("/report #99", person="reader"))


async def test_one_person_reports_only_so_often_and_later_again(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await _asked(world)
        answers = [text(await world.say(f"/report #1 ভুল {number}")) for number in range(report.MOST + 1)]
        assert ["ধন্যবাদ" in answer for answer in answers] == [True] * report.MOST + [False]
        assert "৬০ মিনিট পরে" in answers[-1]
        assert "ধন্যবাদ" in text(await world.say("/report #1 ভুল", person="other"))
        world.clock.go(hours=1, seconds=1)
        assert "ধন্যবাদ" in text(await world.say("/report #1 ভুল"))


async def test_a_long_complaint_is_shortened_and_english_is_asked_in_english(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await _asked(world)
        await world.say("/language en")
        reply = await world.say("/report #1", traits=PRESSED)
        assert "what is wrong?" in text(reply, Language.ENGLISH)
        assert [one.label for one in choices(reply)] == ["‹ Leave it"]
        await world.say("ভুল " * 200)
        (line, *_) = await world.core.store.audit.recent(1)
        assert len(line.after) <= 500
