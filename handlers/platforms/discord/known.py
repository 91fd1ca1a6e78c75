"""Knows servers and channels from the gateway.

It knows which is a forum, which is away, and what we may do there.
"""

from __future__ import annotations

from dataclasses import dataclass

import discord

NEEDED = ("view_channel", "send_messages", "embed_links")
IN_THREADS = ("view_channel", "send_messages_in_threads", "embed_links")
"""What the link in the README asks for: the rights above, and to answer what was written before."""


@dataclass(slots=True)
class Known:
    """Looks things up with the gateway's newest session.

    It knows nothing before there was one.
    """

    client: discord.Client | None = None

    @property
    def ours(self) -> str:
        """The bot's own number."""
        user = self.client.user if self.client is not None else None
        return str(user.id) if user is not None else ""

    def is_any_away(self) -> bool:
        """Tell whether any server that is heard here may be away."""
        client = self.client
        return client is None or not client.is_ready() or any(guild.unavailable for guild in client.guilds)

    def channel(self, number: str) -> discord.abc.GuildChannel | discord.Thread | None:
        """Return a channel or thread of a server."""
        found = self.client.get_channel(int(number)) if self.client is not None and number.isdecimal() else None
        return found if isinstance(found, discord.abc.GuildChannel | discord.Thread) else None

    def is_in(self, number: str, guild: str) -> bool:
        """Tell whether a channel or thread belongs to this server."""
        found = self.channel(number)
        return found is not None and str(found.guild.id) == guild

    def forum(self, number: str) -> discord.ForumChannel | None:
        """Return a channel if it is a forum.

        A message in a forum has to be a post of its own.
        """
        found = self.channel(number)
        return found if isinstance(found, discord.ForumChannel) else None

    def is_announcement(self, number: str) -> bool:
        """Tell whether what is said there can be published."""
        found = self.channel(number)
        return isinstance(found, discord.TextChannel) and found.is_news()

    def outage(self, number: str) -> bool:
        """Return whether a channel's server is away just now.

        For a channel that we never saw, return whether any server is.
        """
        found = self.channel(number) if self.client is not None and self.client.is_ready() else None
        return bool(found.guild.unavailable) if found is not None else self.is_any_away()

    def missing(self, number: str) -> tuple[str, ...] | None:
        """Return the rights that we lack in a channel.

        Return None if we know of no such channel.
        """
        found = self.channel(number)
        if found is None:
            return None
        try:
            have = found.permissions_for(found.guild.me)
        except discord.ClientException:
            # A thread whose channel we do not see.
            return None
        needed = IN_THREADS if isinstance(found, discord.Thread) else NEEDED
        return tuple(name for name in needed if not getattr(have, name))
