"""Files that people hand in reach a command that takes them.

Bounded in kind and size, on each platform.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr

from bot.values.calls import call
from bot.values.messages import Asks, Reply, plain
from bot.values.wording import Wording
from handlers.attached import LARGEST, NO_FILES, NOT_TEXT, UNREAD
from handlers.command import Command, Request
from handlers.context import Services
from handlers.discovery import discover
from handlers.params import TextParam
from handlers.platforms.console.chat import Conversation
from handlers.platforms.discord import gateway
from handlers.platforms.discord import running as discord
from handlers.platforms.discord.settings import DiscordSettings
from handlers.platforms.telegram import running as telegram_running
from handlers.platforms.telegram.polling import Progress
from handlers.platforms.telegram.settings import TelegramSettings
from handlers.router import Router
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram.chats import Document
from tests.fakes.world import a_world
from tests.handlers.discord.gateway import ScriptedGateway
from tests.handlers.discord.reading import texts, visible

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Coroutine
    from pathlib import Path
    from typing import Any

    from tests.fakes.telegram.chats import Chat
    from tests.fakes.world import World

pytestmark = pytest.mark.anyio
COUNTED = Wording("{n} বাইট", "{n:byte|bytes}")
FILE = TextParam(name="file", any_words=True)


async def _count(request: Request) -> Reply:
    file = await request.file()
    if request.attached is None:
        return Reply(plain("ফাইলটি পাঠান।"), asks=Asks(call("count"), FILE.name))
    return request.reply(UNREAD) if file is None else request.reply(COUNTED, n=len(file.data))


COUNT = Command(name="count", summary=Wording("x", "x"), run=_count, takes=("text/plain", ".opml"), params=(FILE,))
ROUTER = Router({**discover(), "count": COUNT})
MESSAGE = {
    "type": 0,
    "embeds": [],
    "components": [],
    "mentions": [],
    "mention_roles": [],
    "mention_everyone": False,
    "pinned": False,
    "tts": False,
    "edited_timestamp": None,
    "timestamp": "2026-04-14T06:00:00+00:00",
    "flags": 0,
}
NOTES = Document("notes.txt", b"12345", "text/plain")


@asynccontextmanager
async def _running(work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait({task})


async def _hands(telegram: FakeTelegram, chat: Chat, document: Document, caption: str = "") -> str:
    before = len(chat.messages)
    await telegram.hands(chat, document, caption)
    await telegram.until(lambda: len(chat.messages) > before)
    return chat.last.text


async def test_on_telegram_a_document_that_was_asked_for_is_taken_and_no_other(tmp_path: Path) -> None:
    async with FakeTelegram() as telegram, a_world(tmp_path) as world:
        settings = TelegramSettings(telegram_bot_token=telegram.token, telegram_api_base=telegram.base, _env_file=None)
        reader = telegram.private(5)
        async with _running(telegram_running.serve(world.core, ROUTER, Services.of(world.core), settings, Progress())):
            assert await _hands(telegram, reader, NOTES) == NO_FILES.bn
            assert await _hands(telegram, reader, NOTES, "/count") == "৫ বাইট"
            await telegram.says(reader, "/count")
            await telegram.until(lambda: reader.last.text == "ফাইলটি পাঠান।")
            assert await _hands(telegram, reader, Document("feeds.opml", b"123", "application/octet-stream")) == "৩ বাইট"
            assert telegram.fetched == ["notes.txt", "feeds.opml"]
            for document in (
                Document("film.mp4", b"1", "video/mp4"),
                Document("long.txt", b"1" * (LARGEST + 1), "text/plain"),
                Document("empty.txt", b"", "text/plain"),
            ):
                assert await _hands(telegram, reader, document, "/count") == UNREAD.bn
            assert telegram.fetched == ["notes.txt", "feeds.opml"], "not a byte of these was fetched"


async def test_on_discord_an_attachment_is_taken_and_one_without_words_is_answered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"FIRST_WAIT": 0.01, "LONGEST_WAIT": 0.05, "READY_WITHIN": 0.0}.items():
        monkeypatch.setattr(gateway, name, value)
    async with ScriptedGateway() as there, a_world(tmp_path) as world:
        settings = DiscordSettings(discord_bot_token=SecretStr("x"), discord_api_base=there.base, _env_file=None)
        async with _running(discord.serve(world.core, ROUTER, Services.of(world.core), settings)):
            await there.until(lambda: bool(there.identified))

            async def hands(text: str, *files: dict[str, Any]) -> str:
                lying = len(there.posted.get("600", {}))
                author = {"id": "8", "username": "x", "discriminator": "0", "avatar": None}
                about = {"id": str(lying), "channel_id": "600", "author": author, "content": text}
                await there.tell("MESSAGE_CREATE", {**MESSAGE, **about, "attachments": list(files)})
                await there.until(lambda: len(there.posted.get("600", {})) > lying)
                return visible("".join(texts(list(there.posted["600"].values())[-1]["components"])))

            notes = there.attached("notes.txt", b"12345", "text/plain; charset=utf-8")
            assert await hands("", notes) == NO_FILES.bn
            assert await hands("", there.attached("a.png", b"1", "image/png")) == NOT_TEXT.bn
            assert await hands("/count", notes) == "৫ বাইট"
            assert there.fetched == ["notes.txt"]
            assert await hands("/count", there.attached("a.mp4", b"1", "video/mp4")) == UNREAD.bn
            assert await hands("/count", {**notes, "size": LARGEST + 1}) == UNREAD.bn
            # It is larger than it says, or lies somewhere else.
            longer = there.attached("b.txt", b"1" * (LARGEST + 1), "text/plain", size=5)
            assert await hands("/count", longer) == UNREAD.bn
            assert await hands("/count", {**notes, "url": "http://169.254.169.254/latest"}) == UNREAD.bn
            assert there.fetched == ["notes.txt", "b.txt"]


async def _rest() -> None:
    await asyncio.Event().wait()


async def _types(world: World, *lines: str) -> list[str]:
    """Type lines into a pipe; return what is shown."""
    shown: list[str] = []

    async def typed() -> AsyncIterator[str]:
        for line in lines:
            yield line

    terminal = SimpleNamespace(
        interactive=False, columns=80, texts=typed, forget=lambda: None,
        show=lambda drawn: shown.extend(line.text for line in drawn),
    )  # fmt: skip
    conversation = Conversation(world.core, terminal, "local", ROUTER, Services.of(world.core))
    await conversation.run(_rest)
    return [line.strip() for line in shown if line.strip()]


async def test_on_the_console_a_path_is_the_file_that_lies_there(tmp_path: Path) -> None:
    async with a_world(tmp_path / "archive") as world:
        await world.add("পদ্মায় নৌকাডুবি", "নৌকাটি ডুবেছে।")
        path = tmp_path / "my notes.txt"
        path.write_bytes(b"12345")
        assert "বাইট" not in " ".join(await _types(world, str(path))), "nobody asked for it"
        assert await _types(world, f"/count {path}") == ["৫ বাইট"]
        assert (await _types(world, "/count", str(path)))[-1] == "৫ বাইট"
        assert await _types(world, f"/count {tmp_path}/none.txt") == ["ফাইলটি পাঠান।"]
