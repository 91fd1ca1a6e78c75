"""What whoever sends has to know of a channel.

The gateway tells it of the servers that are heard here; of all others, which another process hears, the platform is
asked, and only where an answer shows that it matters.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.bangla.normalise import key
from handlers.platforms.discord.incoming import ANNOUNCEMENT, FORUMS
from handlers.platforms.discord.rest import RestRoute

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence

    import discord

    from handlers.platforms.discord.known import Known
    from handlers.platforms.discord.rest import Rest

FORUM_TAGS = 5
KEPT = 20_000
"""Channels that are remembered; one that was forgotten is asked about again."""
PATIENCE = 5.0
WANTS_TAG = 1 << 4
"""The flag of a forum in which each post has to have a tag."""


@dataclass(frozen=True, slots=True)
class Forum:
    """A channel in which each message is a post of its own."""

    id: str
    guild: str
    ours: str
    """The bot's own number there."""
    tags: tuple[tuple[str, str], ...]
    """Their numbers and names."""
    wants_tag: bool

    @classmethod
    def seen(cls, forum: discord.ForumChannel) -> Forum:
        """Take a forum from the gateway."""
        tags = tuple((str(tag.id), tag.name) for tag in forum.available_tags)
        about = str(forum.id), str(forum.guild.id), str(forum.guild.me.id)
        return cls(*about, tags, forum.flags.require_tag)

    @classmethod
    def told(cls, raw: Mapping[str, Any], ours: str) -> Forum:
        """Take a forum as the API tells of it."""
        tags = tuple((str(tag["id"]), str(tag["name"])) for tag in raw.get("available_tags") or ())
        about = str(raw["id"]), str(raw.get("guild_id") or ""), ours
        return cls(*about, tags, bool(int(raw.get("flags") or 0) & WANTS_TAG))


class ChannelFacts:
    """Knows forums, announcements and outages."""

    def __init__(self, known: Known, rest: Rest, unheard: Callable[[], Awaitable[bool]]) -> None:
        """Go by ``known``, and for what it does not know by ``rest``.

        ``unheard`` tells whether a server that other processes hear may be away.
        """
        self._known = known
        self._rest = rest
        self._unheard = unheard
        self._told: OrderedDict[str, Mapping[str, Any]] = OrderedDict()

    def forum(self, number: str) -> Forum | None:
        """Return a channel if it is known to be a forum."""
        if (found := self._known.forum(number)) is not None:
            return Forum.seen(found)
        return self._forum(self._told.get(number))

    async def ask_forum(self, number: str) -> Forum | None:
        """Return a channel that takes no messages, if it is a forum.

        It is asked anew: the channel may have changed since.
        """
        self._told.pop(number, None)
        return self._forum(await self._ask(number))

    async def is_announcement(self, number: str) -> bool:
        """Tell whether what is said there can be published."""
        if self._known.channel(number) is not None or self._known.is_announcement(number):
            return self._known.is_announcement(number)
        return (await self._ask(number)).get("type") == ANNOUNCEMENT

    async def outage(self, number: str) -> bool:
        """Return whether a channel's server may be away just now."""
        if self._known.outage(number):
            return True
        return self._known.channel(number) is None and await self._unheard()

    def _forum(self, raw: Mapping[str, Any] | None) -> Forum | None:
        return Forum.told(raw, self._known.ours) if raw and raw.get("type") in FORUMS else None

    async def _ask(self, number: str) -> Mapping[str, Any]:
        if number not in self._told:
            self._told[number] = await self._rest.call(RestRoute("GET", "/channels/{}", (number,)), patience=PATIENCE)
            if len(self._told) > KEPT:
                self._told.popitem(last=False)
        return self._told[number]


def forum_tags(forum: Forum, labels: Sequence[str]) -> list[str]:
    """Return the tags of a forum by these labels.

    If the forum demands a tag and none fits, return its first.
    """
    wanted = set(map(key, labels))
    found = [number for number, name in forum.tags if key(name) in wanted][:FORUM_TAGS]
    return found or [number for number, _ in forum.tags[:1] if forum.wants_tag]
