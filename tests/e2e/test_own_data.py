"""/export gives a file on each platform.

It holds what is kept about a person, and nothing of anybody else.
"""

from __future__ import annotations

import io
import json
import os
from typing import TYPE_CHECKING

import anyio
import pytest

from handlers.context import Services
from handlers.platforms.console.chat import Conversation
from handlers.platforms.console.terminal import Pipe
from handlers.platforms.discord import gateway, inboxes
from tests.e2e import telegram_bot
from tests.e2e.discord_server import a_server
from tests.fakes.world import a_world

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fakes.telegram import FakeTelegram
    from tests.fakes.telegram.chats import Chat

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"FIRST_WAIT": 0.01, "LONGEST_WAIT": 0.05, "READY_WITHIN": 0.0}.items():
        monkeypatch.setattr(gateway, name, value)
    monkeypatch.setattr(inboxes, "GAP", 0.0)


async def _says(telegram: FakeTelegram, chat: Chat, text: str) -> str:
    before = len(chat.messages)
    await telegram.says(chat, text)
    await telegram.until(lambda: len(chat.messages) > before)
    return chat.last.text


async def test_on_telegram_it_is_a_document_once_a_day(tmp_path: Path) -> None:
    async with telegram_bot.a_bot(tmp_path) as (world, telegram):
        await world.add("পদ্মায় নৌকাডুবি", "নৌকাটি ডুবেছে।")
        reader, other = telegram.private(5), telegram.private(6)
        assert "আপনার কোনো তথ্য জমা নেই" in await _says(telegram, reader, "/export")
        await _says(telegram, other, "/follow পদ্মা")
        for said in ("/follow ইরান", "/mute খেলা", "/settings time 7", "/report #1 নাম ভুল"):
            await _says(telegram, reader, said)
        assert "আপনার সব তথ্য এই ফাইলে" in await _says(telegram, reader, "আমার তথ্য দিন")
        document = reader.last.document
        assert document is not None
        assert (document.name, document.kind) == ("khobor-amar-tothyo-2026-04-14.json", "application/json")
        data = json.loads(document.content)
        assert [one["name"] for one in data["follows"]] == ["ইরান"]
        assert [one["name"] for one in data["left_out"]] == ["খেলা"]
        assert [one["text"] for one in data["mistakes_reported"]] == ["নাম ভুল"]
        assert "পদ্মা" not in document.content.decode()
        assert "আবার নেওয়া যাবে" in await _says(telegram, reader, "/export")
        world.clock.go(days=1)
        await _says(telegram, reader, "/export")
        assert reader.last.document is not None


async def test_in_a_group_nobody_gets_it(tmp_path: Path) -> None:
    async with telegram_bot.a_bot(tmp_path) as (_, telegram):
        group = telegram.group(-100200, admins=(8,))
        await telegram.says(group, "/export", by=8)
        await telegram.until(lambda: bool(group.messages))
        assert group.last.text == "এটি শুধু বটের ইনবক্সে দেওয়া যায়।"
        assert group.last.labels == [["ইনবক্সে যান"]]


async def test_on_discord_it_is_an_attachment(tmp_path: Path) -> None:
    async with a_server(tmp_path) as server:
        await server.asks("follow", topic="ইরান")
        shown = await server.asks("export", at=server.there.inbox(server.reader))
        assert shown.text.startswith("আপনার সব তথ্য এই ফাইলে")
        (attached,) = shown.attachments
        (file,) = server.there.calls[-1].files
        assert attached["filename"] == file["filename"] == "khobor-amar-tothyo-2026-04-14.json"
        assert [one["name"] for one in json.loads(file["content"])["follows"]] == ["ইরান"]


async def test_on_the_console_it_lies_beside_the_archive_for_its_owner_alone(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        reading, writing = os.pipe()
        os.write(writing, "ফলো ইরান\n/export\n".encode())
        os.close(writing)
        shown = io.StringIO()
        pipe = Pipe(os.fdopen(reading, encoding="utf-8"), shown)
        await Conversation(world.core, pipe, "local", telegram_bot.ROUTER, Services.of(world.core)).run(_rest)
    (file,) = tmp_path.rglob("khobor-amar-tothyo-2026-04-14.json")
    assert file.name in shown.getvalue()
    assert file.stat().st_mode & 0o077 == 0
    assert [one["name"] for one in json.loads(file.read_text(encoding="utf-8"))["follows"]] == ["ইরান"]


async def _rest() -> None:
    await anyio.sleep_forever()
