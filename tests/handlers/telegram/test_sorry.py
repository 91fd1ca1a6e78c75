"""Who lost its archive says sorry, keeps the rest, and makes way."""

from __future__ import annotations

from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, cast

import anyio
import pytest
from telegram.error import Conflict

from bot.values.errors import StorageError
from handlers.platforms.telegram.polling import Progress
from handlers.platforms.telegram.running import connected
from handlers.platforms.telegram.settings import TelegramSettings
from handlers.platforms.telegram.sorry import Apologies
from tests.fakes.telegram import FakeTelegram

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.ports.store import Store
    from handlers.platforms.telegram.polling import PolledBot

pytestmark = pytest.mark.anyio
SORRY = "একটু সমস্যা হচ্ছে।"


class AwayStore:
    """Cannot be asked until it is back."""

    is_back = False

    async def changed(self) -> int:
        """Answer, or not."""
        if not self.is_back:
            raise StorageError("away")
        return 7


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handlers.platforms.telegram.sorry.STAND_BY", 0.001)


@asynccontextmanager
async def _a_bot(telegram: FakeTelegram) -> AsyncIterator[PolledBot]:
    settings = TelegramSettings(telegram_bot_token=telegram.token, telegram_api_base=telegram.base, _env_file=None)
    async with connected(settings) as bot:
        yield bot


async def test_questions_hear_sorry_and_what_happened_is_kept_for_later() -> None:
    store, progress = AwayStore(), Progress()
    async with FakeTelegram() as telegram, _a_bot(telegram) as bot:
        apologies = Apologies(bot, cast("Store", store), progress)
        reader, group = telegram.private(7), telegram.group(-5)
        async with apologies.beside():
            await telegram.joins(group)
            await telegram.says(group, "আজ কী খবর", by=7)
            await telegram.says(group, "@khobor_bot ইরান", by=7)
            await telegram.types("ইরান")
            await telegram.says(reader, "/latest")
            apologies.begin()
            await telegram.until(lambda: bool(reader.messages and group.messages))
            # Two lines of one reader that came together are answered once.
            await telegram.says(reader, "ইরান")
            await telegram.until(lambda: len(reader.messages) == 2)
            store.is_back = True
            assert await apologies.meanwhile(store.changed) == 7
    said = [*reader.messages.values(), *group.messages.values()]
    assert len(said) == 3
    assert all(SORRY in one.text for one in said)
    assert [one.effective_chat.id for one in progress.kept if one.effective_chat] == [-5, -5]
    assert not progress.is_bereft


async def test_who_meets_another_that_receives_makes_way() -> None:
    progress = Progress()
    async with FakeTelegram() as telegram, _a_bot(telegram) as bot, _a_bot(telegram) as other:
        apologies = Apologies(bot, cast("Store", AwayStore()), progress)
        reader = telegram.private(7)
        async with apologies.beside():
            apologies.begin()
            await telegram.says(reader, "/latest")
            await telegram.until(lambda: len(reader.messages) == 1)
            came: list[object] = []

            async def receive() -> None:
                while not came:
                    with suppress(Conflict):
                        came.extend(await other.fetch(progress.begun, 25))

            async with anyio.create_task_group() as group:
                group.start_soon(receive)
                while progress.is_bereft:
                    await anyio.lowlevel.checkpoint()
                await telegram.says(reader, "/latest")
    assert len(came) == 1
    assert len(reader.messages) == 1


async def test_an_archive_that_answers_is_asked_and_nobody_hears_of_it() -> None:
    store, progress = AwayStore(), Progress()
    async with FakeTelegram() as telegram, _a_bot(telegram) as bot:
        apologies = Apologies(bot, cast("Store", store), progress)
        with pytest.raises(StorageError):
            await apologies.meanwhile(store.changed)
        assert not progress.is_bereft
