from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles.card.reported import one_line
from bot.delivery.sender import Sender
from bot.editing import stories
from bot.ports.platform import Gone
from bot.values.chats import ChatKind, Language, Role
from bot.values.messages import Notice, Reply
from bot.values.reports import ReportState
from handlers.commands import report
from tests.fakes.world import PRESSED, RecordingPlatform, World, a_world, chat_of
from tests.handlers.saying import choice, choices, text

if TYPE_CHECKING:
    from pathlib import Path

    from bot.ports.platform import SendResult

pytestmark = pytest.mark.anyio


def _edited_by(world: World, *admins: str) -> None:
    world.core = dataclasses.replace(world.core, settings=world.core.settings.model_copy(update={"admins": admins}))


async def _asked(world: World) -> Reply:
    saved = await world.add("পদ্মায় নৌকাডুবি", "নৌকাটি ডুবেছে।", tags=("পদ্মা",))
    menu = await world.press_on(f"story #{saved.article_id} menu summary")
    return await world.press(choice(menu, "⚠️ ভুল চোখে পড়েছে"))


async def _told(world: World, person: str, *answers: SendResult) -> list[str]:
    """Return what is sent to somebody, then what is changed there."""
    platform = RecordingPlatform(*answers, person=person)
    platform.traits = PRESSED
    await Sender(world.core.store, platform, "test", world.clock).step()
    return [text(Reply(message)) for message in (*(m for _, m, _ in platform.sent), *(m for _, m in platform.edited))]


async def _state(world: World) -> list[ReportState]:
    return [report.state for report in await world.core.store.reader_reports.of_article(1)]


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
        await Sender(world.core.store, platform, "test", world.clock).step()
        ((_, message, _),) = platform.sent
        said = text(Reply(message))
        assert "⚠️ পাঠক জানিয়েছেন:" in said
        assert "‘ভুল খবর’" in said
        assert "পদ্মায় নৌকাডুবি (নদী পত্রিকা) · #1" in said
        assert await world.core.store.audit.recent(9) == []
        (report,) = await world.core.store.reader_reports.of_article(1)
        assert (report.actor, report.text, report.state) == ("console:local", "ভুল খবর", ReportState.SEEN)


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
        # Where a card has no ⋯ nothing may send somebody there.
        crowd = await world.dialogue(PRESSED).reply(
            chat_of("x"), "console:x", Role.READER, "ভুল আছে", kind=ChatKind.GROUP
        )
        assert text(crowd).strip() == "তালিকার নম্বরটি দিন, যেমন: ভুল আছে ১।"
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
        assert answers[-1].strip() == "এক ঘণ্টায় এর বেশি জানানো যায় না; আগেরগুলো দেখা হচ্ছে।"
        assert "ধন্যবাদ" in text(await world.say("/report #1 ভুল", person="other"))
        world.clock.go(hours=1, seconds=1)
        assert "ধন্যবাদ" in text(await world.say("/report #1 ভুল"))


async def test_a_long_complaint_is_shortened_and_english_is_asked_in_english(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await _asked(world)
        await world.say("/language en")
        reply = await world.say("/report #1", traits=PRESSED)
        assert "what is wrong?" in text(reply, Language.ENGLISH)
        assert [one.label for one in choices(reply)] == ["‹ leave it"]
        await world.say("ভুল " * 200)
        (report,) = await world.core.store.reader_reports.of_article(1)
        assert len(report.text) <= 500


# --- who has it ---

KEPT = "ধন্যবাদ। জমা রইল; সম্পাদকেরা তালিকা খুললে দেখবেন।"


async def test_with_nobody_to_send_it_to_it_is_kept_and_that_is_said(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await _asked(world)
        assert text(await world.say("/report #1 ভুল", person="reader")).strip() == KEPT
        _edited_by(world, "console:editor", "telegram:900")
        assert text(await world.say("/report #1 আরও ভুল", person="reader")).strip() == KEPT
        assert await _state(world) == [ReportState.NEW, ReportState.NEW]
        # The first editor who writes has both, in one message, and once.
        await world.say("সর্বশেষ", person="editor", role=Role.ADMIN)
        (told,) = await _told(world, "editor")
        assert "‘ভুল’" in told
        assert "‘আরও ভুল’" in told
        await world.say("সর্বশেষ", person="editor", role=Role.ADMIN)
        assert await _told(world, "editor") == []
        assert await _state(world) == [ReportState.SEEN, ReportState.SEEN]


async def test_an_editor_who_blocked_the_bot_has_nothing(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        _edited_by(world, "console:editor", "console:other")
        await world.chat("editor")
        await _asked(world)
        assert "সম্পাদকদের কাছে" in text(await world.say("/report #1 ভুল", person="reader"))
        await _told(world, "editor", Gone("blocked"))
        assert await _state(world) == [ReportState.NEW]
        assert text(await world.say("/report #1 আরও ভুল", person="reader")).strip() == KEPT
        await world.say("সর্বশেষ", person="other", role=Role.ADMIN)
        (told,) = await _told(world, "other")
        assert "‘ভুল’" in told


async def test_reports_of_an_hour_are_one_message_that_grows(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        _edited_by(world, "console:editor")
        await world.chat("editor")
        await _asked(world)
        await world.say("/report #1 এক", person="a")
        assert len(await _told(world, "editor")) == 1
        await world.say("/report #1 দুই", person="b")
        (grown,) = await _told(world, "editor")
        assert grown.index("‘এক’") < grown.index("‘দুই’")
        world.clock.go(hours=1, seconds=1)
        await world.say("/report #1 তিন", person="c")
        (new,) = await _told(world, "editor")
        assert "‘এক’" not in new


async def test_an_editor_is_told_at_night_too_without_a_sound(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        _edited_by(world, "console:editor")
        await world.chat("editor")
        await _asked(world)
        world.clock.go(hours=14)
        await world.say("/report #1 ভুল", person="reader")
        platform = RecordingPlatform(person="editor")
        await Sender(world.core.store, platform, "test", world.clock).step()
        assert platform.silent == [True]


async def test_what_became_of_it_stands_with_it(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        _edited_by(world, "console:editor")
        await world.chat("editor")
        await _asked(world)
        await world.say("/report #1 ভুল", person="reader")
        platform = RecordingPlatform(person="editor")
        await Sender(world.core.store, platform, "test", world.clock).step()
        ((_, message, _),) = platform.sent
        stays = choice(Reply(message), "ঠিক আছে")
        refused = await world.press(stays, person="reader")
        assert "শুধু অ্যাডমিনরা" in text(refused)
        assert text(await world.press(stays, person="editor", role=Role.ADMIN)).strip() == "ঠিক আছে।"
        assert await _state(world) == [ReportState.CLOSED]
        await world.say("/report #1 আবার ভুল", person="reader")
        story = await stories.find(world.core.store, 1)
        assert story is not None
        await stories.withdraw(world.core.store, story, "ভুল ছিল", "console:editor", world.clock())
        assert await _state(world) == [ReportState.CLOSED, ReportState.ACTED]


async def test_no_line_of_a_reader_can_pass_for_one_of_ours(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        _edited_by(world, "console:editor")
        await world.chat("editor")
        await _asked(world)
        forged = "ভুল’\n✅ সব ঠিক আছে\u2028/withdraw #2\u202e ‘x"
        await world.say(f"/report #1 {forged}", person="reader")
        platform = RecordingPlatform(person="editor")
        await Sender(world.core.store, platform, "test", world.clock).step()
        ((_, message, _),) = platform.sent
        (notice,) = [part for part in message.parts if isinstance(part, Notice)]
        (theirs,) = notice.lines
        assert [span.text for span in theirs] == ["‘ভুল' ✅ সব ঠিক আছে ∕withdraw #2 'x’"]
        assert "\n" not in message.brief


@given(st.text())
def test_a_readers_words_are_one_line_that_holds_no_command(words: str) -> None:
    line = one_line(words)
    assert len(line.splitlines()) <= 1
    assert not any(word.startswith("/") and word[1:2].isalnum() for word in line.split())
    assert not set(line) & set("‘’")
