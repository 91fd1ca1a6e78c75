"""Scenes of a Telegram chat."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.editing import stories
from tests.fakes.telegram.entities import units
from tests.screens import page
from tests.screens.stories import STORIES, bring

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.fakes.telegram import FakeTelegram
    from tests.fakes.telegram.chats import Chat
    from tests.fakes.world import World


PORT = {
    "headline": "চট্টগ্রাম বন্দরে নতুন টার্মিনাল চালু",
    "outlet": "শিমুল বার্তা",
    "section": "বাংলাদেশ",
    "tags": ["চট্টগ্রাম বন্দর"],
    "body": "বন্দরের নতুন টার্মিনালে প্রথম জাহাজ ভিড়েছে। কর্তৃপক্ষ জানায়, এতে খালাসের সময় অর্ধেকে নামবে। কাজটি শেষ হতে লেগেছে চার বছর।",
}


class Scene:
    """One reader's chat, and what is to be seen of it."""

    def __init__(self, world: World, telegram: FakeTelegram, number: int) -> None:
        """Begin an empty chat."""
        self.world = world
        self.telegram = telegram
        self.chat: Chat = telegram.private(number)
        self.rows: list[str | int] = []
        self._seen: set[int] = set()

    async def write(self, text: str) -> None:
        """Let the reader write, and see the answer."""
        before = len(self.chat.messages)
        self.rows.append(page.said(text))
        await self.telegram.says(self.chat, text)
        await self.telegram.until(lambda: len(self.chat.messages) > before)
        await self.look()

    async def press(self, label: str, on: int | None = None) -> None:
        """Let the reader press a button, and see what comes of it."""
        shown = self.chat.messages[on] if on is not None else self.chat.last
        before, edits, toasts = len(self.chat.messages), shown.edits, len(self.telegram.toasts)
        await self.telegram.presses(self.chat, label, on=shown)
        await self.telegram.until(
            lambda: (
                len(self.telegram.toasts) > toasts
                and (shown.edits > edits or len(self.chat.messages) > before or bool(self.telegram.toasts[-1][0]))
            )
        )
        await self.look()

    async def push(self, text: str) -> None:
        """Wait for a push that holds this, and see it."""
        await self.telegram.until(lambda: any(text in one.text for one in self.chat.messages.values()))
        await self.look()

    async def look(self) -> None:
        """See what came since."""
        await asyncio.sleep(0.2)  # what follows right behind an answer
        for number in sorted(self.chat.messages.keys() - self._seen):
            self._seen.add(number)
            self.rows.append(number)

    def drawn(self, last: int = 4) -> str:
        """Draw the end of the chat as it stands now."""
        rows = [
            row if isinstance(row, str) else page.answered(self.chat.messages[row])
            for row in self.rows
            if isinstance(row, str) or (row in self.chat.messages and units(self.chat.messages[row].text))
        ]
        held = [one for _, one in sorted(self.chat.messages.items()) if one.keys and "keyboard" in one.keys]
        return page.page([*rows[-last:], *([page.keys(held[-1])] if held else [])])


async def _start(scene: Scene) -> str:
    await scene.write("/start")
    return scene.drawn()


async def _chosen(scene: Scene) -> str:
    await scene.write("/start")
    for label in ("🇧🇩 বাংলাদেশ", "ঠিক আছে ›", "⚡ এলেই", "🔔 না, সব সময় পাঠান"):
        await scene.press(label)
    return scene.drawn()


async def _latest(scene: Scene) -> str:
    await scene.write("সর্বশেষ")
    return scene.drawn()


async def _whole(scene: Scene) -> str:
    await scene.write("/latest 1")
    await scene.press("📖 পুরো খবর")
    return scene.drawn()


async def _unfolded(scene: Scene) -> str:
    await scene.write("/latest 1")
    await scene.press("⋯")
    return scene.drawn()


async def _followed(scene: Scene) -> str:
    await scene.write("ফলো ইরান")
    await scene.write("ফলো ক্রিকেট এলেই")
    await scene.write("আমার তালিকা")
    return scene.drawn(6)


async def _settings(scene: Scene) -> str:
    await scene.write("সেটিংস")
    return scene.drawn()


async def _stopped(scene: Scene) -> str:
    await scene.write("ফলো ইরান")
    await scene.write("বন্ধ")
    await scene.write("সেটিংস")
    return scene.drawn()


async def _topics(scene: Scene) -> str:
    await scene.write("/topics")
    return scene.drawn()


async def _english(scene: Scene) -> str:
    await scene.write("English")
    await scene.write("latest")
    await scene.write("settings")
    return scene.drawn(6)


async def _english_start(scene: Scene) -> str:
    await scene.write("/start")
    for label in ("🌐 English", "🇧🇩 Bangladesh", "OK ›", "☀️🌙 Twice a day, together"):
        await scene.press(label)
    return scene.drawn()


async def _today(scene: Scene) -> str:
    await scene.write("আজকের খবর")
    return scene.drawn()


async def _corrected(scene: Scene) -> str:
    await scene.write("ফলো সব এলেই")
    saved = await bring(scene.world, PORT)
    await scene.world.spread()
    await scene.push("টার্মিনাল")
    story = await stories.find(scene.world.core.store, saved.article_id)
    change = stories.change(stories.StoryField.HEADLINE, "চট্টগ্রাম বন্দরে নতুন জেটি চালু", "টার্মিনাল নয়, জেটি")
    if story is None or change is None:
        raise AssertionError(saved)
    await stories.correct(scene.world.core.store, story, change, "desk", scene.world.clock(), tell=True)
    await scene.world.spread()
    await scene.push("✏️")
    return scene.drawn()


async def _why(scene: Scene) -> str:
    await scene.write("ফলো ইরান এলেই")
    await bring(scene.world, STORIES[1], headline="তেহরানে স্কুল খুলছে", tags=("ইরান",))
    await scene.world.spread()
    await scene.push("খুলছে")
    await scene.write("কেন পেলাম")
    await scene.write("অবস্থা")
    return scene.drawn(6)


async def _broken(scene: Scene) -> str:
    await scene.write("সেটিংস নীরব সময় না")
    await scene.write("ফলো ক্রিকেট")
    saved = await bring(scene.world, PORT, headline="ভূমিকম্পে কাঁপল ঢাকা, কেন্দ্র নরসিংদী")
    story = await stories.find(scene.world.core.store, saved.article_id)
    if story is None:
        raise AssertionError(saved)
    await stories.announce(scene.world.core.store, story, "desk", scene.world.clock(), loud=True)
    await scene.world.spread()
    await scene.push("ব্রেকিং")
    await stories.withdraw(scene.world.core.store, story, "কেন্দ্র ঢাকায়", "desk", scene.world.clock())
    return scene.drawn(2)


async def _withdrawn(scene: Scene) -> str:
    await scene.write("ফলো সব এলেই")
    saved = await bring(scene.world, PORT, headline="মিরপুরে খেলা পরিত্যক্ত")
    await scene.world.spread()
    await scene.push("পরিত্যক্ত")
    story = await stories.find(scene.world.core.store, saved.article_id)
    if story is None:
        raise AssertionError(saved)
    await stories.withdraw(scene.world.core.store, story, "খেলা পরে শুরু হয়েছে", "desk", scene.world.clock())
    await scene.world.spread()
    await scene.push("🚫 ওপরের")
    return scene.drawn(3)


async def _tag(scene: Scene) -> str:
    for number in ("এক", "দুই", "তিন"):
        await bring(scene.world, STORIES[1], headline=f"ইরানে ত্রাণ পৌঁছেছে, পর্ব {number}", tags=("ইরান",))
    await bring(scene.world, STORIES[1], headline="তেহরানে সভা", tags=("তেহরান",), body="ইরান সরকার জানিয়েছে, কাজ চলবে।")
    await scene.write("/tag ইরান")
    return scene.drawn()


async def _erasing(scene: Scene) -> str:
    await scene.write("আমার সব তথ্য মুছুন")
    await scene.write("না")
    await scene.write("/export")
    return scene.drawn(6)


async def _help(scene: Scene) -> str:
    await scene.write("সাহায্য")
    return scene.drawn()


SCENES: dict[str, Callable[[Scene], Awaitable[str]]] = {
    "start": _start,
    "chosen": _chosen,
    "latest": _latest,
    "whole": _whole,
    "unfolded": _unfolded,
    "following": _followed,
    "settings": _settings,
    "stopped": _stopped,
    "topics": _topics,
    "english": _english,
    "english-start": _english_start,
    "today": _today,
    "corrected": _corrected,
    "why": _why,
    "breaking": _broken,
    "withdrawn": _withdrawn,
    "tag": _tag,
    "erasing": _erasing,
    "help": _help,
}
