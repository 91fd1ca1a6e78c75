from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest

from bot.values.chats import Target
from handlers.buttons import Buttons
from handlers.platforms.discord.account import DiscordAccount
from handlers.platforms.discord.custom_ids import ROOM
from handlers.platforms.discord.known import Known
from handlers.platforms.discord.rest import Rest
from tests.fakes.discord import FakeDiscord, Fault
from tests.fakes.world import a_world
from tests.handlers.contract import PROMISES, Trouble
from tests.handlers.discord.api import facts_of
from tests.handlers.discord.reading import texts, visible

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from tests.fakes.discord.places import Channel
    from tests.handlers.contract import Place

pytestmark = pytest.mark.anyio
MET = {
    Trouble.BLOCKED: Fault(code=50007),
    Trouble.MUTED: Fault(code=50013),
    Trouble.HASTE: Fault(retry_after=0.0),
    Trouble.REFUSED: Fault(status=400, code=50035),
    Trouble.NO_ANSWER: Fault(cut="before"),
    Trouble.STRANGER: Fault(status=401),
}


class _There(Known):
    """A server that is there."""

    def outage(self, number: str) -> bool:
        del number
        return False


@dataclass
class _Channel:
    there: FakeDiscord
    channel: Channel
    platform: DiscordAccount
    target: Target

    def texts(self) -> list[str]:
        return [visible("\n\n".join(texts(shown.components)) or shown.content) for shown in self.channel.shown]

    def meet(self, trouble: Trouble) -> None:
        self.there.faults.append(replace(MET[trouble]))

    def delete(self) -> None:
        self.there.state.take_away(self.channel.last)


@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise.__name__)
async def test_discord_keeps_the_promise(promise: Callable[[Place], Awaitable[None]], tmp_path: Path) -> None:
    async with FakeDiscord() as there, a_world(tmp_path) as world:
        channel = there.channel(there.guild(), "খবর")
        rest = Rest(there.api_base, there.token)
        await rest.open()
        try:
            account = DiscordAccount(
                rest, facts_of(_There(), rest), Buttons(world.core.store, ROOM), world.clock, publish=False
            )
            await promise(_Channel(there, channel, account, Target("discord", channel.id)))
        finally:
            await rest.close()
