"""The contract of platforms, run on the line protocol.

It runs in a copy of the project, where its folder stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from bot.values.chats import Target
from handlers.platforms import platforms
from tests.handlers.contract import PROMISES, Trouble
from tests.one_folder.hub import FakeHub, a_hub

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.ports.platform import Platform
    from tests.handlers.contract import Place

pytestmark = pytest.mark.anyio
MET: dict[Trouble, dict[str, Any]] = {
    Trouble.BLOCKED: {"error": "gone"},
    Trouble.MUTED: {"error": "closed"},
    Trouble.HASTE: {"error": "haste", "wait": 3},
    Trouble.REFUSED: {"error": "refused"},
    Trouble.NO_ANSWER: {},
    Trouble.STRANGER: {"error": "barred"},
}


@dataclass
class _Private:
    hub: FakeHub
    platform: Platform
    target: Target

    def texts(self) -> list[str]:
        return list(self.hub.lies.get("7", {}).values())

    def meet(self, trouble: Trouble) -> None:
        self.hub.troubles.append(MET[trouble])

    def delete(self) -> None:
        self.hub.lies["7"].popitem()


@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise.__name__)
async def test_it_promises_what_every_platform_does(promise: Callable[[Place], Awaitable[None]]) -> None:
    from handlers.platforms.lines.account import LinesAccount  # type: ignore[import-not-found] # noqa: PLC0415
    from handlers.platforms.lines.hub import Hub  # type: ignore[import-not-found] # noqa: PLC0415

    async with a_hub() as hub, Hub.connected(hub.port) as connection:
        account = LinesAccount(connection, platforms()["lines"].pace())
        await promise(_Private(hub, account, Target("lines", "7")))
