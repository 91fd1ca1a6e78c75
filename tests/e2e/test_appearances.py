"""What readers shared and were shown changes with its story.

Else it is counted as not reached.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.delivery import redrawing
from bot.editing import stories
from bot.values.chats import Language, Target
from bot.values.delivery import EditorChange
from bot.values.messages import Reply
from bot.values.reach import ReachBeside
from tests.e2e.telegram_bot import a_bot
from tests.fakes.telegram import Fault
from tests.handlers.saying import text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.fakes.telegram import FakeTelegram
    from tests.fakes.telegram.chats import Chat, Shown
    from tests.fakes.world import World

pytestmark = pytest.mark.anyio
BODY = "নৌকাটি সকালে ঘাট ছেড়েছিল। মাঝনদীতে সেটি উল্টে যায়। উদ্ধারে নেমেছে ফায়ার সার্ভিস।"
WRONG, RIGHT = "পদ্মায় লঞ্চডুবি", "পদ্মায় নৌকাডুবি"
STRUCK = "(প্রত্যাহার) পদ্মায় লঞ্চডুবি"


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redrawing, "LOOK", 0.01)


async def _shared(telegram: FakeTelegram, title: str = WRONG, *, by: int = 7) -> Shown:
    """Let somebody share the card of that title."""
    offered = len(telegram.inline)
    await telegram.types("", by=by)
    await telegram.until(lambda: len(telegram.inline) > offered)
    return await telegram.shares(title, by=by)


async def _says(telegram: FakeTelegram, chat: Chat, said: str) -> Shown:
    before = len(chat.messages)
    await telegram.says(chat, said)
    await telegram.until(lambda: len(chat.messages) > before)
    return chat.last


async def _story(world: World, number: int) -> stories.EditedStory:
    found = await stories.find(world.core.store, number)
    assert found is not None
    return found


async def _withdraw(world: World, number: int) -> None:
    await stories.withdraw(world.core.store, await _story(world, number), "যাচাই হয়নি", "test", world.clock())
    await world.spread()


async def _correct(world: World, number: int) -> None:
    change = EditorChange("ভুল ছিল", headline=RIGHT)
    await stories.correct(world.core.store, await _story(world, number), change, "test", world.clock(), tell=False)
    await world.spread()


async def _beside(world: World, number: int) -> ReachBeside:
    return (await stories.reach(world.core.store, await _story(world, number), world.clock())).beside


async def _count(world: World) -> int:
    rows = await world.sql("SELECT count(*) FROM appearances")
    return int(str(rows[0][0]))


async def _noted(telegram: FakeTelegram, world: World, count: int) -> None:
    """Wait until so much was noted.

    Questions to the bot make time go on.
    """
    for _ in range(200):
        if await _count(world) >= count:
            break
        await _says(telegram, telegram.private(990), "/help")
    assert await _count(world) == count


async def _until(telegram: FakeTelegram, world: World, number: int, wanted: ReachBeside, minutes: float = 0.1) -> None:
    """Wait until so much is counted.

    Time goes on: what its reader touched meanwhile is tried again five seconds later.
    """
    for _ in range(200):
        if await _beside(world, number) == wanted:
            break
        world.clock.go(minutes=minutes)
        await _says(telegram, telegram.private(990), "/help")
    assert await _beside(world, number) == wanted


async def _when(telegram: FakeTelegram, world: World, holds: Callable[[], bool]) -> None:
    """Wait until that holds, as `_until` does."""
    for _ in range(200):
        if holds():
            break
        world.clock.go(minutes=0.1)
        await _says(telegram, telegram.private(990), "/help")
    assert holds()


async def test_a_shared_card_is_corrected_and_withdrawn_where_it_was_shared(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        saved = await world.add(WRONG, BODY)
        await world.add("সিলেটে বন্যা", BODY)
        card, other = await _shared(telegram), await _shared(telegram, "সিলেটে বন্যা", by=8)
        await _noted(telegram, world, 2)
        await _correct(world, saved.article_id)
        await _when(telegram, world, lambda: card.edits == 1)
        assert RIGHT in card.text
        assert "সংশোধনী" in card.text
        await _until(telegram, world, saved.article_id, ReachBeside(changed=1))
        await _withdraw(world, saved.article_id)
        await _when(telegram, world, lambda: card.edits == 2)
        assert card.text.startswith("🚫 খবরটি প্রত্যাহার করা হয়েছে")
        assert all("url" in one for row in card.rows for one in row), "nothing can be pressed there"
        assert other.edits == 0
        await _until(telegram, world, saved.article_id, ReachBeside(changed=1))


async def test_a_card_offered_before_a_correction_and_shared_after_it_is_changed(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        saved = await world.add(WRONG, BODY)
        await telegram.types("")
        await telegram.until(lambda: bool(telegram.inline))
        world.clock.go(seconds=30)
        await _withdraw(world, saved.article_id)
        card = await telegram.shares(WRONG)
        await _when(telegram, world, lambda: card.edits == 1)
        assert card.text.startswith("🚫")


async def test_a_card_without_a_link_can_be_changed_too(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        saved = await world.add(WRONG, BODY, url=None, guid="1")
        card = await _shared(telegram)
        assert card.labels == [["📲 নিজের জন্য"]]
        await _noted(telegram, world, 1)
        await _withdraw(world, saved.article_id)
        await _when(telegram, world, lambda: card.edits == 1)


async def test_what_can_not_be_changed_is_counted(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        saved = await world.add(WRONG, BODY)
        lost, slow, down = [await _shared(telegram, by=by) for by in (7, 8, 9)]
        await _noted(telegram, world, 3)
        gone = next(number for number, shown in telegram.shared.items() if shown is lost)
        del telegram.shared[gone]
        telegram.faults += [
            Fault("editMessageText", status=429, description="Too Many Requests: retry after 1", retry_after=0),
            Fault("editMessageText", status=500, description="Internal Server Error"),
        ]
        await _withdraw(world, saved.article_id)
        await _when(telegram, world, lambda: not any(fault.times for fault in telegram.faults))
        await _until(telegram, world, saved.article_id, ReachBeside(changed=2, failed=1), minutes=1)
        assert (slow.edits, down.edits) == (1, 1)
        said = stories.counted(
            await stories.reach(world.core.store, await _story(world, saved.article_id), world.clock()),
            *(await _story(world, saved.article_id), world.clock(), Language.BANGLA),
        )
        assert "শেয়ার করা কার্ড ও উত্তরে দেখানো খবর: বদলেছে ২ · বাকি ০ · হয়নি ১" in text(Reply(said))


@pytest.mark.parametrize("way", ["typed", "in place"])
async def test_a_list_in_an_answer_is_struck(tmp_path: Path, way: str) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        await world.add("সিলেটে বন্যা", BODY)
        saved = await world.add(WRONG, BODY)
        reader = telegram.private(7)
        shown = await _says(telegram, reader, "/latest")
        assert WRONG in shown.text
        if way == "in place":
            await telegram.presses(reader, "১")
            await telegram.until(lambda: shown.edits == 1)
            await telegram.presses(reader, "‹ তালিকায় ফিরুন")
            await telegram.until(lambda: shown.edits == 2)
        before = shown.edits
        await _noted(telegram, world, 1)
        await _withdraw(world, saved.article_id)
        await _when(telegram, world, lambda: shown.edits > before)
        assert STRUCK in shown.text
        assert "সিলেটে বন্যা" in shown.text
        await _until(telegram, world, saved.article_id, ReachBeside(changed=1))


@pytest.mark.parametrize("asked", ["/read #{number}", "১"])
async def test_a_story_that_was_opened_is_changed(tmp_path: Path, asked: str) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        saved = await world.add(WRONG, BODY)
        reader = telegram.private(7)
        if asked == "১":
            await world.add("সিলেটে বন্যা", BODY)
            await _says(telegram, reader, "/latest")
            asked = "২"
        opened = await _says(telegram, reader, asked.format(number=saved.article_id))
        assert opened.text.startswith(WRONG)
        await _noted(telegram, world, 2 if asked.startswith("২") else 1)
        await _correct(world, saved.article_id)
        await _when(telegram, world, lambda: opened.edits == 1)
        assert "সংশোধনী" in opened.text
        assert opened.text.startswith("✏️ " + RIGHT)


async def test_what_shows_something_else_by_now_is_left_alone(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        await world.add("সিলেটে বন্যা", BODY)
        saved = await world.add(WRONG, BODY)
        reader = telegram.private(7)
        listed = await _says(telegram, reader, "/latest")
        await _noted(telegram, world, 1)
        as_list = await world.sql("SELECT call FROM appearances")
        await telegram.presses(reader, "২")
        await telegram.until(lambda: listed.edits == 1)
        assert "সিলেটে বন্যা" in listed.text
        for _ in range(200):  # until it is noted as what it has become
            if await world.sql("SELECT call FROM appearances") != as_list:
                break
            await _says(telegram, telegram.private(990), "/help")
        await _noted(telegram, world, 1)
        shown = listed.text
        await _withdraw(world, saved.article_id)
        await _until(telegram, world, saved.article_id, ReachBeside(changed=await _rows_wanted(world)))
        assert listed.text == shown


async def _rows_wanted(world: World) -> int:
    rows = await world.sql("SELECT count(*) FROM appearances WHERE wanted > 0")
    return int(str(rows[0][0]))


async def test_erased_with_who_shared_it_and_counted_as_not_reached(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        saved = await world.add(WRONG, BODY)
        card = await _shared(telegram, by=7)
        listed = await _says(telegram, telegram.private(7), "/read #1")
        await _noted(telegram, world, 2)
        chat = await world.core.store.chats.find(Target("telegram", "7"))
        assert chat is not None
        await world.core.store.erasing.person("telegram:7", chat.id, world.clock())
        rows = await world.sql("SELECT person, sent_to, message_id, call, chat_id FROM appearances")
        assert rows == [("", "", None, "", None)] * 2
        await _withdraw(world, saved.article_id)
        await _until(telegram, world, saved.article_id, ReachBeside(failed=2))
        assert (card.edits, listed.edits) == (0, 0)


async def test_what_is_too_old_is_forgotten(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        await world.add(WRONG, BODY)
        await _shared(telegram)
        await _says(telegram, telegram.private(7), "/latest")
        await _noted(telegram, world, 2)
        for days, left in ((1, 2), (1.5, 1), (5, 0)):
            world.clock.go(days=days)
            await world.core.engine.tidy()
            assert await _count(world) == left
