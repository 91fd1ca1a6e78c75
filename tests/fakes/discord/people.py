"""Users, and what they are within a guild."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.fakes.discord.rights import NONE, Right

JOINED = "2024-02-21T00:00:00.000000+00:00"


@dataclass(eq=False)
class User:
    """Somebody, or a bot."""

    id: str
    name: str
    bot: bool = False
    accepts_messages: bool = True
    """Whether they let people of their guilds write to them."""

    def as_json(self) -> dict[str, Any]:
        """Return them as the platform does."""
        return {
            "id": self.id,
            "username": self.name,
            "global_name": None if self.bot else self.name,
            "discriminator": "0",
            "avatar": None,
            "bot": self.bot,
            "public_flags": 0,
        }


@dataclass(eq=False)
class Role:
    """A role of a guild.

    The one that has the guild's own number is everybody's.
    """

    id: str
    name: str
    rights: Right = NONE
    position: int = 0
    mentionable: bool = False
    bot: str | None = None
    """The bot whose own role it is."""

    def as_json(self) -> dict[str, Any]:
        """Return it as the platform does."""
        return {
            "id": self.id,
            "name": self.name,
            "permissions": str(int(self.rights)),
            "position": self.position,
            "color": 0,
            "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
            "hoist": False,
            "icon": None,
            "unicode_emoji": None,
            "managed": self.bot is not None,
            "mentionable": self.mentionable,
            "flags": 0,
            **({"tags": {"bot_id": self.bot}} if self.bot else {}),
        }


@dataclass(eq=False)
class Member:
    """Somebody within a guild."""

    user: User
    roles: list[Role] = field(default_factory=list)
    nick: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Return them as the platform does."""
        return {
            "user": self.user.as_json(),
            "roles": [role.id for role in self.roles],
            "nick": self.nick,
            "avatar": None,
            "banner": None,
            "joined_at": JOINED,
            "premium_since": None,
            "communication_disabled_until": None,
            "deaf": False,
            "mute": False,
            "pending": False,
            "flags": 0,
        }
