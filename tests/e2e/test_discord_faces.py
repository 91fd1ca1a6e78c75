"""Every face of a story on Discord changes with it.

A forum post's title, followers' copies of an announcement, answers that all see, and those that one person sees.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.delivery import redrawing
from bot.editing import stories
from bot.values.delivery import EditorChange, Why
from bot.values.reach import Reach, ReachBeside
from handlers.platforms.discord import gateway, inboxes
from tests.e2e.discord_server import a_server
from tests.fakes.discord import Fault, Right
from tests.fakes.discord.places import NEWS
from tests.fakes.world import StoppedClock
from tests.handlers.discord.reading import visible

if TYPE_CHECKING:
    from pathlib import Path

    from tests.e2e.discord_server import Server
    from tests.fakes.discord.places import Channel
    from tests.fakes.world import World

pytestmark = pytest.mark.anyio
BODY = "নৌকাটি সকালে ঘাট ছেড়েছিল। মাঝনদীতে সেটি উল্টে যায়। উদ্ধারে নেমেছে ফায়ার সার্ভিস।"
WRONG, RIGHT = "পদ্মায় লঞ্চডুবি", "পদ্মায় নৌকাডুবি"
TAKEN_BACK = "🚫 খবরটি প্রত্যাহার করা হয়েছে"
STRUCK = "(প্রত্যাহার) পদ্মায় লঞ্চডুবি"


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"FIRST_WAIT": 0.01, "LONGEST_WAIT": 0.05, "READY_WITHIN": 0.0}.items():
        monkeypatch.setattr(gateway, name, value)
    monkeypatch.setattr(inboxes, "GAP", 0.0)
    monkeypatch.setattr(redrawing, "LOOK", 0.01)


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


async def _noted(server: Server, count: int) -> None:
    """Wait until so many answers are noted.

    Questions to the bot make time go on.
    """
    rows: object = None
    for _ in range(200):
        rows = (await server.world.sql("SELECT count(*) FROM appearances"))[0][0]
        if rows == count:
            break
        await server.asks("help")
    assert rows == count


async def _reach(server: Server, number: int) -> Reach:
    return await stories.reach(server.world.core.store, await _story(server.world, number), server.world.clock())


async def _reached(server: Server, number: int, wanted: ReachBeside) -> None:
    found = ReachBeside()
    for _ in range(200):
        found = (
            await stories.reach(server.world.core.store, await _story(server.world, number), server.world.clock())
        ).beside
        if found == wanted:
            break
        await server.asks("help")
    assert found == wanted


async def _posted(server: Server, forum: Channel) -> Channel:
    """Wait for a story's post in a forum, and return it."""
    await server.there.until(lambda: any(one.parent is forum for one in server.guild.channels.values()))
    return next(one for one in server.guild.channels.values() if one.parent is forum)


# --- the title of a forum's post ---


async def test_with_the_right_to_it_the_title_changes_each_time(tmp_path: Path) -> None:
    async with a_server(tmp_path) as server:
        forum = server.there.channel(server.guild, "ফোরাম", tags=("খেলা",))
        forum.permit(Right.MANAGE_THREADS)
        await server.has_everything(forum)
        saved = await server.world.add(WRONG, BODY)
        await server.world.spread()
        post = await _posted(server, forum)
        assert post.name == WRONG
        await _correct(server.world, saved.article_id)
        await server.there.until(lambda: post.name == f"✏️ {RIGHT}")
        await _withdraw(server.world, saved.article_id)
        await server.there.until(lambda: post.name == TAKEN_BACK)
        assert not post.archived
        assert TAKEN_BACK in post.texts[0]


async def test_without_it_nothing_is_claimed(tmp_path: Path) -> None:
    async with a_server(tmp_path) as server:
        forum = server.there.channel(server.guild, "ফোরাম", tags=("খেলা",))
        await server.has_everything(forum)
        saved = await server.world.add(WRONG, BODY)
        await server.world.spread()
        post = await _posted(server, forum)
        await server.asks("help")
        await _withdraw(server.world, saved.article_id)
        await server.there.until(lambda: "প্রত্যাহার" in post.texts[0])
        reach = None
        for _ in range(200):
            reach = await _reach(server, saved.article_id)
            if not reach.waiting:
                break
            await server.asks("help")
        assert reach is not None
        assert (reach.changed, reach.failed) == (0, ((Why.LOST, 1),))
        assert post.name == WRONG, "it stands there, and is counted"


async def test_a_post_that_went_to_the_archive_is_woken_for_its_correction(tmp_path: Path) -> None:
    async with a_server(tmp_path) as server:
        forum = server.there.channel(server.guild, "ফোরাম", tags=("খেলা",))
        forum.permit(Right.MANAGE_THREADS)
        await server.has_everything(forum)
        saved = await server.world.add(WRONG, BODY)
        await server.world.spread()
        post = await _posted(server, forum)
        await server.asks("help")
        post.archived = True
        await _withdraw(server.world, saved.article_id)
        await server.there.until(lambda: post.name == TAKEN_BACK)
        assert "প্রত্যাহার" in post.texts[0]


# --- copies of an announcement ---


async def test_followers_copies_of_an_announcement_follow_it(tmp_path: Path) -> None:
    async with a_server(tmp_path, publish=True) as server:
        news = server.there.channel(server.guild, "ঘোষণা", NEWS)
        elsewhere = server.there.channel(server.there.guild("অন্য সার্ভার"))
        server.there.follows(elsewhere, news)
        await server.has_everything(news)
        saved = await server.world.add(WRONG, BODY)
        await server.world.spread()
        await server.there.until(lambda: bool(elsewhere.messages))
        copy = elsewhere.last
        assert WRONG in copy.text
        await _correct(server.world, saved.article_id)
        await server.there.until(lambda: RIGHT in copy.text)
        await _withdraw(server.world, saved.article_id)
        await server.there.until(lambda: "প্রত্যাহার করা হয়েছে" in copy.text)
        await server.there.until(lambda: len(news.messages) == 2)
        assert len(elsewhere.messages) == 1, "the line that answers a card cannot be published"
        assert not server.there.api.stumbled


@pytest.mark.parametrize("code", [20022, 30046])
async def test_a_limit_on_changing_announcements_only_delays(tmp_path: Path, code: int) -> None:
    async with a_server(tmp_path, publish=True) as server:
        news = server.there.channel(server.guild, "ঘোষণা", NEWS)
        await server.has_everything(news)
        saved = await server.world.add(WRONG, BODY)
        await server.world.spread()
        await server.there.until(lambda: bool(news.messages))
        fault = Fault(f"PATCH /channels/{news.id}/messages/", code=code, retry_after=0.01 if code == 20022 else None)
        server.there.faults.append(fault)
        await _withdraw(server.world, saved.article_id)
        await server.there.until(lambda: not fault.times)
        await server.asks("help")
        reach = await _reach(server, saved.article_id)
        # Ten minutes are asked for where edits are too many: it waits, and has not failed.
        assert (reach.waiting, reach.failed) == (1, ()) or "প্রত্যাহার করা হয়েছে" in news.shown[0].text


# --- answers ---


async def test_a_list_that_all_see_is_struck(tmp_path: Path) -> None:
    async with a_server(tmp_path) as server:
        await server.world.add("সিলেটে বন্যা", BODY)
        saved = await server.world.add(WRONG, BODY)
        shown = await server.asks("latest")
        assert not shown.ephemeral
        await _noted(server, 1)
        await _withdraw(server.world, saved.article_id)
        await server.there.until(lambda: shown.edits == 1)
        assert STRUCK in visible(shown.text)
        await _reached(server, saved.article_id, ReachBeside(changed=1))
        # What was drawn anew can be pressed as before.
        assert "সিলেটে বন্যা" in (await server.presses(shown, "২")).text


async def test_what_one_person_sees_is_changed_by_its_own_token_alone_and_counted(tmp_path: Path) -> None:
    clock = StoppedClock()
    async with a_server(tmp_path, clock=clock) as server:
        saved = await server.world.add(WRONG, BODY)
        await server.world.add("সিলেটে বন্যা", BODY)
        listed = await server.asks("latest")
        alone = await server.presses(listed, "২")
        assert alone.ephemeral
        assert alone.id not in server.channel.messages
        folded = await server.presses(alone, "গুটিয়ে নিন")
        assert folded is alone, "by the token of the press"
        clock.go(minutes=16)
        with pytest.raises(AssertionError):
            await server.there.press(alone, "📖 পুরো খবর", server.there.user("অন্য কেউ")).answer()
        await server.presses(alone, "📖 পুরো খবর")
        await _noted(server, 2)
        before = alone.text
        await _withdraw(server.world, saved.article_id)
        await _reached(server, saved.article_id, ReachBeside(changed=1, failed=1))
        assert alone.text == before
        assert STRUCK in visible(listed.text)


async def test_a_list_in_direct_messages_is_struck(tmp_path: Path) -> None:
    async with a_server(tmp_path) as server:
        inbox = server.there.inbox(server.reader)
        await server.world.add("সিলেটে বন্যা", BODY)
        saved = await server.world.add(WRONG, BODY)
        typed, asked = server.there.message(server.reader, inbox, "সর্বশেষ"), None
        await server.there.until(lambda: len(inbox.messages) == 2)
        written = inbox.last
        asked = await server.asks("latest", at=inbox)
        assert typed is not written
        await _noted(server, 2)
        await _withdraw(server.world, saved.article_id)
        await server.there.until(lambda: written.edits == asked.edits == 1)
        assert STRUCK in visible(written.text)
        assert STRUCK in visible(asked.text)
