"""Sessions of the gateway.

A session has what it may hear, and all it was told, so that it can be told again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntFlag
from typing import TYPE_CHECKING, Any

from tests.fakes.discord.snowflakes import shard_of

if TYPE_CHECKING:
    from tests.fakes.discord.connection import Connection
    from tests.fakes.discord.places import Guild


class Intent(IntFlag):
    """What a session asks to hear of."""

    GUILDS = 1 << 0
    MEMBERS = 1 << 1
    PRESENCES = 1 << 8
    GUILD_MESSAGES = 1 << 9
    DIRECT_MESSAGES = 1 << 12
    CONTENT = 1 << 15


ALWAYS = Intent(0)
PRIVILEGED = Intent.MEMBERS | Intent.PRESENCES | Intent.CONTENT
KNOWN = (1 << 26) - 1


@dataclass(eq=False)
class Session:
    """One bot's, on one shard."""

    id: str
    shard: int
    shards: int
    intents: int
    connection: Connection | None = None
    events: list[dict[str, Any]] = field(default_factory=list)

    def hears(self, needs: Intent, guild: Guild | None) -> bool:
        """Tell whether an event is for this session."""
        here = self.shard == (shard_of(guild.id, self.shards) if guild is not None else 0)
        return here and self.intents & needs == needs

    def tell(self, name: str, data: object) -> None:
        """Add an event, and send it if somebody is there."""
        event = {"t": name, "s": len(self.events) + 1, "op": 0, "d": data}
        self.events.append(event)
        if self.connection is not None:
            self.connection.tell(event)

    def replay(self, after: int) -> None:
        """Send all events behind a number once more."""
        assert self.connection is not None
        for event in self.events[after:]:
            self.connection.tell(event)
