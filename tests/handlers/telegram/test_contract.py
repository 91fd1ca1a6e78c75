from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from bot.values.chats import Target
from handlers.buttons import Buttons
from handlers.platforms.telegram.account import TelegramAccount
from handlers.platforms.telegram.keyboard import DATA
from handlers.platforms.telegram.running import connected
from handlers.platforms.telegram.settings import TelegramSettings
from tests.fakes.telegram import FakeTelegram, Fault
from tests.fakes.world import a_world
from tests.handlers.contract import PROMISES, Trouble

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from tests.handlers.contract import Place

pytestmark = pytest.mark.anyio
NUMBER = 7
MET = {
    Trouble.BLOCKED: Fault(status=403, description="Forbidden: bot was blocked by the user"),
    Trouble.MUTED: Fault(status=400, description="Bad Request: not enough rights to send text messages to the chat"),
    Trouble.HASTE: Fault(status=429, description="Too Many Requests: retry after 3", retry_after=3),
    Trouble.REFUSED: Fault(status=400, description="Bad Request: MESSAGE_ODD"),
    Trouble.NO_ANSWER: Fault(cut="before"),
    Trouble.STRANGER: Fault(status=401, description="Unauthorized"),
}


@dataclass
class _Private:
    telegram: FakeTelegram
    platform: TelegramAccount
    target: Target

    def texts(self) -> list[str]:
        return self.telegram.private(NUMBER).texts

    def meet(self, trouble: Trouble) -> None:
        met = MET[trouble]
        self.telegram.faults.append(
            Fault(status=met.status, description=met.description, retry_after=met.retry_after, cut=met.cut)
        )

    def delete(self) -> None:
        self.telegram.private(NUMBER).messages.popitem()


@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise.__name__)
async def test_telegram_keeps_the_promise(promise: Callable[[Place], Awaitable[None]], tmp_path: Path) -> None:
    async with FakeTelegram() as telegram, a_world(tmp_path) as world:
        telegram.private(NUMBER)
        settings = TelegramSettings(telegram_bot_token=telegram.token, telegram_api_base=telegram.base, _env_file=None)
        async with connected(settings) as bot:
            account = TelegramAccount(
                bot, Buttons(world.core.store, DATA), world.clock, TelegramSettings(_env_file=None).pace
            )
            await promise(_Private(telegram, account, Target("telegram", str(NUMBER))))
