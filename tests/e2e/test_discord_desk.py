"""What editors write to the bot on Discord, and what changes."""

from __future__ import annotations

import dataclasses
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from bot.editing import stories
from bot.values.articles import SourceState
from handlers import service
from handlers.platforms.discord import gateway, inboxes
from tests.e2e import discord_server
from tests.fakes.discord import FakeDiscord
from tests.fakes.world import World, a_world

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from tests.fakes.discord.messages import Shown
    from tests.fakes.discord.people import User
    from tests.fakes.discord.places import Channel

pytestmark = pytest.mark.anyio
BODY = "নৌকাটি সকালে ঘাট ছেড়েছিল। মাঝনদীতে সেটি উল্টে যায়। উদ্ধারে নেমেছে ফায়ার সার্ভিস।"


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gateway, "READY_WITHIN", 0.0)
    monkeypatch.setattr(inboxes, "GAP", 0.0)
    monkeypatch.setattr(service, "LOOK", 0.02)


@dataclass
class Desk:
    """An editor's inbox, and a reader's that has the story."""

    world: World
    there: FakeDiscord
    editor: User
    reader: User
    number: int

    @property
    def inbox(self) -> Channel:
        return self.there.inbox(self.editor)

    async def says(self, text: str, by: User | None = None) -> Shown:
        inbox = self.there.inbox(by or self.editor)
        before = len(inbox.shown)
        self.there.message(by or self.editor, inbox, text)
        await self.there.until(lambda: len(inbox.shown) > before + 1, 10)
        return inbox.last

    async def becomes(self, shown: Shown, text: str) -> None:
        await self.until(lambda: text in shown.text)

    async def until(self, true: Callable[[], bool]) -> None:
        """Let time go on until something holds.

        A chat that was just answered is not written to at once.
        """
        for _ in range(60):
            self.world.clock.go(seconds=10)
            await self.world.spread()
            with suppress(TimeoutError):
                await self.there.until(true, 1)
                return
        raise AssertionError(f"it never came: {[one.text[-300:] for one in self.inbox.shown[-2:]]}")


@asynccontextmanager
async def a_desk(folder: Path) -> AsyncIterator[Desk]:
    async with FakeDiscord() as there, a_world(folder) as world:
        editor, reader, guild = there.user("সম্পাদক"), there.user("পাঠক"), there.guild()
        channel = there.channel(guild)
        for one in (editor, reader):
            there.joins(one, guild)
        chosen = world.core.settings.model_copy(update={"admins": (f"discord:{editor.id}",)})
        world.core = dataclasses.replace(world.core, settings=chosen)
        async with discord_server.running(world, there):
            await there.slash(reader, channel, "follow", {"topic": "পদ্মা", "where": "inbox"}).answer()
            inbox = there.inbox(reader)
            there.message(reader, inbox, "/settings time এলেই")
            await there.until(lambda: inbox.shown and "কখন পাঠাব: এলেই।" in inbox.last.text, 10)
            saved = await world.add("পদ্মায় নৌকাডুবি", BODY, tags=("পদ্মা",))
            desk = Desk(world, there, editor, reader, saved.article_id)
            await desk.until(lambda: "পদ্মায় নৌকাডুবি" in inbox.last.text)
            subject = await world.core.store.subjects.of_article(saved.article_id)
            assert subject is not None
            # What was sent is noted with the next round.
            while not await world.core.store.subjects.shown_in(subject.id):
                world.clock.go(seconds=10)
                await world.spread()
            yield desk


async def test_a_correction_is_written_step_by_step(tmp_path: Path) -> None:
    async with a_desk(tmp_path) as desk:
        card = desk.there.inbox(desk.reader).last
        assert (await desk.says(f"/correct #{desk.number}")).labels == ["শিরোনাম", "সারসংক্ষেপ", "বিষয়", "সূত্র", "‹ থাক"]
        assert "এখন আছে: পদ্মায় নৌকাডুবি" in (await desk.says("শিরোনাম")).text
        assert "কারণটি এক বাক্যে লিখুন" in (await desk.says("পদ্মায় নৌকাডুবি, নিখোঁজ ৩")).text
        confirm = await desk.says("সংখ্যা যোগ হলো")
        assert "১টি চ্যাটে পাঠানো হয়েছিল।" in confirm.text
        done = await desk.says("নীরব বার্তা")
        assert done.text.startswith("বদলানো হলো।")
        await desk.becomes(card, "### ✏️ [পদ্মায় নৌকাডুবি, নিখোঁজ ৩]")
        await desk.becomes(done, "শেষ: ১টির মধ্যে ১টি বদলেছে")
        assert done.text.startswith("বদলানো হলো।")
        inbox = desk.there.inbox(desk.reader)
        await desk.until(lambda: inbox.last.text == "✏️ ওপরের খবরে একটি সংশোধনী আছে: সংখ্যা যোগ হলো")


async def test_topics_that_are_to_stand_on_the_card_are_shown_first(tmp_path: Path) -> None:
    async with a_desk(tmp_path) as desk:
        await desk.says(f"/correct #{desk.number} topic নদী, পদ্মা")
        confirm = await desk.says("বিষয় বাদ পড়েছিল")
        assert "বিষয়: নদী, পদ্মা" in confirm.text
        await desk.becomes(await desk.says("শুধু কার্ড"), "বদলানো হলো।")
        article = await desk.world.core.store.articles.get(desk.number)
        assert article is not None
        assert set(article.tags) == {"নদী", "পদ্মা"}


@pytest.mark.parametrize("yes", ["হ্যাঁ", "yes", "প্রত্যাহার করুন", "🚫 প্রত্যাহার করুন"])
async def test_a_withdrawal_is_written_and_confirmed(tmp_path: Path, yes: str) -> None:
    async with a_desk(tmp_path) as desk:
        card = desk.there.inbox(desk.reader).last
        await desk.says("/latest")
        assert "কারণটি এক বাক্যে লিখুন" in (await desk.says("/withdraw 1")).text
        assert "খবরটি ১টি চ্যাট থেকে প্রত্যাহার হবে।" in (await desk.says("যাচাই করা যায়নি")).text
        assert "ঠিক আছে, কিছু বদলানো হয়নি।" in (await desk.says("না")).text
        await desk.says(f"/withdraw #{desk.number} যাচাই করা যায়নি")
        done = await desk.says(yes)
        assert done.text.startswith("খবরটি প্রত্যাহার করা হলো।")
        await desk.becomes(card, "### 🚫 খবরটি প্রত্যাহার করা হয়েছে")
        await desk.becomes(done, "শেষ: ১টির মধ্যে ১টি বদলেছে")
        assert done.text.startswith("খবরটি প্রত্যাহার করা হলো।")
        assert "শেষ: ১টির মধ্যে ১টি বদলেছে" in (await desk.says(f"/reach #{desk.number}")).text


async def test_breaking_news_is_written_and_confirmed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The count ends when nothing more arrives for so many looks; a slow machine must not end it before.
    monkeypatch.setattr(stories, "STILL", 10_000)
    async with a_desk(tmp_path) as desk:
        saved = await desk.world.add("সেতু ভেঙে পড়েছে", BODY, push=False)
        confirm = await desk.says(f"/breaking #{saved.article_id}")
        assert "১টি চ্যাটে যাবে।\n" in confirm.text
        assert "০টি" not in confirm.text
        sent = await desk.says("হ্যাঁ")
        inbox = desk.there.inbox(desk.reader)
        await desk.until(lambda: "### 🔴 [ব্রেকিং: সেতু ভেঙে পড়েছে]" in inbox.last.text)
        await desk.becomes(sent, "শেষ: ১টি চ্যাটে পাঠানো হয়েছে।")
        assert "আগেই ব্রেকিং হিসেবে পাঠানো হয়েছে" in (await desk.says(f"/breaking #{saved.article_id}")).text


async def test_what_editors_were_shown_first_is_not_counted_as_not_reached(tmp_path: Path) -> None:
    async with a_desk(tmp_path) as desk:
        await desk.says(f"/correct #{desk.number} headline অন্য শিরোনাম")
        await desk.says("কারণ আছে")
        done = await desk.says("শুধু কার্ড")
        await desk.becomes(done, "শেষ: ১টির মধ্যে ১টি বদলেছে")
        assert "শেয়ার করা কার্ড" not in done.text


async def test_topics_are_renamed_joined_hidden_and_shown(tmp_path: Path) -> None:
    async with a_desk(tmp_path) as desk:
        await desk.world.add("মেঘনায় ঝড়", BODY, tags=("মেঘনা",))
        assert "‘মেঘনা’ এখন থেকে ‘নদী’" in (await desk.says("/renametag মেঘনা = নদী")).text
        assert "ফেরানো যাবে না" in (await desk.says("/mergetag নদী = পদ্মা")).text
        assert "‘পদ্মা’" in (await desk.says("হ্যাঁ")).text
        assert await desk.world.core.store.tags.named("নদী") == await desk.world.core.store.tags.named("পদ্মা")
        assert "এখন লুকানো" in (await desk.says("/hidetag পদ্মা")).text
        assert (await desk.says("/showtag")).labels == ["পদ্মা"]
        assert "আবার দেখানো হবে" in (await desk.says("/showtag পদ্মা")).text


@pytest.mark.parametrize(
    ("command", "state", "said"),
    [
        ("pausesource", SourceState.PAUSED, "থেকে খবর আনা থামল।"),
        ("resumesource", SourceState.ACTIVE, "থেকে খবর"),
    ],
)
async def test_the_feed_that_is_asked_for_is_written_next(
    tmp_path: Path, command: str, state: SourceState, said: str
) -> None:
    async with a_desk(tmp_path) as desk:
        asked = await desk.says(f"/{command}")
        assert asked.text.startswith("কোন ফিড?")
        assert asked.labels == ["‹ থাক"]
        assert said in (await desk.says("১")).text
        source = await desk.world.core.store.sources.get(1)
        assert source is not None
        assert source.state is state


@pytest.mark.parametrize(
    "command",
    [
        *("breaking #1", "correct #1", "withdraw #1 ভুল", "reach #1", "addsource https://x.example", "pollnow"),
        *("pausesource নদী", "resumesource নদী", "removesource নদী", "renametag পদ্মা = নদী", "mergetag পদ্মা = নদী"),
        *("hidetag পদ্মা", "showtag পদ্মা"),
    ],
)
async def test_a_reader_is_told_that_these_are_not_for_them(tmp_path: Path, command: str) -> None:
    async with a_desk(tmp_path) as desk:
        told = await desk.says(f"/{command}", by=desk.reader)
        assert told.text == "এটি শুধু অ্যাডমিনরা করতে পারেন।"
